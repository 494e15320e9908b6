// Lays out the npm package's code: dist/lib/, in the layout of the gathered site, so that client and
// element find worker and module beside them without being told. `npm pack` runs this first (prepack);
// package.json's `exports` point into it.
//
// The weights are not inside: 80 MB, for everyone who installs, in every copy of node_modules, and
// more than the CDNs that serve npm packages take. assets.mjs brings them where they are
// wanted; see docs/API.md.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { main, root } from './common.mjs';
import { copyVocabulary } from './model-files.mjs';

const FILES = {
  'www/client.js': 'client.js',
  'www/client.d.ts': 'client.d.ts',
  'www/client': 'client',
  'www/worker.js': 'worker.js',
  'www/worker': 'worker',
  'www/node': 'node',
  'www/attributes.js': 'attributes.js',
  'www/attributes.d.ts': 'attributes.d.ts',
  'www/attributes': 'attributes',
  'www/element.js': 'element.js',
  'www/element.d.ts': 'element.d.ts',
  'www/element': 'element',
  'www/shared/dom.js': 'shared/dom.js',
  'www/shared/looks.js': 'shared/looks.js',
  'www/shared/numbers.js': 'shared/numbers.js',
  'www/shared/presets.js': 'shared/presets.js',
  'www/shared/type-problems.js': 'shared/type-problems.js',
  'pkg/bioner.js': 'pkg/bioner.js',
  'pkg/bioner.d.ts': 'pkg/bioner.d.ts',
  'pkg/bioner_bg.wasm': 'pkg/bioner_bg.wasm',
  'pkg/bioner_relaxed_bg.wasm': 'pkg/bioner_relaxed_bg.wasm',
  'pkg/bioner_attributes.js': 'pkg/bioner_attributes.js',
  'pkg/bioner_attributes_bg.wasm': 'pkg/bioner_attributes_bg.wasm',
  'scripts/assets.mjs': 'assets.mjs',
  'scripts/assets.d.mts': 'assets.d.mts',
  NOTICE: 'NOTICE',
  'THIRD-PARTY.txt': 'THIRD-PARTY.txt',
};

/** @param {string} folder */
export function layOut(folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const [from, to] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(root, from), join(folder, to), { recursive: true });
  }
  copyVocabulary(join(root, 'vocabulary'), join(folder, 'vocabulary'));
}

if (process.argv[1] && resolve(process.argv[1]) === join(root, 'scripts/library.mjs')) {
  await main(() => layOut(join(root, 'dist/lib')));
}
