// Makes the browser extensions:
//   node scripts/extension.mjs [--no-zip]
// dist/chrome/ and dist/firefox/ are unpacked extensions; beside them lie the archives for the stores.
// Everything keeps its path in the repository, so that relative imports hold; manifest, locales and
// the joined content script are at the root, where browsers look for them.
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { main, root } from './common.mjs';
import { joinModules } from './join-modules.mjs';
import { checkModel } from './model-files.mjs';
import { zip } from './zip.mjs';

export const BROWSERS = ['chrome', 'firefox'];
const MODEL = 'models/default';
const COPIED = [
  'extension/background',
  'extension/icons',
  'extension/model',
  'extension/options',
  'extension/shared',
  'www/client.js',
  'www/client',
  'www/worker.js',
  'www/worker',
  'www/shared',
  'pkg/bioner_documents.js',
  'pkg/bioner_documents_bg.wasm',
  'pkg/bioner.js',
  'pkg/bioner_bg.wasm',
  'pkg/bioner_relaxed_bg.wasm',
  MODEL,
  'LICENSE',
  'NOTICE',
  'THIRD-PARTY.txt',
];

/** What only one of the browsers runs. A store's checks complain of what another browser is for. */
const ONLY_IN = {
  chrome: [
    'extension/background/chrome.js',
    'extension/background/offscreen.js',
    'extension/model/host.html',
  ],
  firefox: ['extension/background/firefox.js'],
};

/**
 * Files with another in their place. The site's module is where its address says; the extension's is in its own
 * package, and is imported by name: no code comes from an address that is made while the program runs.
 *
 * @type {Record<string, string>}
 */
const REPLACED = { 'www/worker/module.js': 'extension/model/module.js' };

/**
 * A browser's manifest: the common one, the browser's own keys over it, lists put together.
 *
 * @param {string} browser
 */
export function manifestFor(browser) {
  /** @param {string} name */
  const read = (name) => JSON.parse(readFileSync(join(root, 'extension', name), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = { ...read('manifest.json'), version };
  for (const [key, value] of Object.entries(read(`manifest.${browser}.json`))) {
    manifest[key] = Array.isArray(value) ? [...(manifest[key] ?? []), ...value] : value;
  }
  return manifest;
}

/**
 * Writes the unpacked extension.
 *
 * @param {string} browser
 * @param {string} folder
 * @param {string} content  The joined content script.
 */
function gather(browser, folder, content) {
  rmSync(folder, { recursive: true, force: true });
  const others = Object.entries(ONLY_IN).flatMap(([name, paths]) =>
    name === browser ? [] : paths,
  );
  const left = new Set(others.map((path) => join(root, path)));
  for (const path of COPIED) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (file) => !file.endsWith('.d.ts') && !left.has(file),
    });
  }
  for (const [path, by] of Object.entries(REPLACED))
    renameSync(join(folder, by), join(folder, path));
  cpSync(join(root, 'extension/_locales'), join(folder, '_locales'), { recursive: true });
  writeFileSync(join(folder, 'content.js'), content);
  writeFileSync(
    join(folder, 'manifest.json'),
    `${JSON.stringify(manifestFor(browser), null, 2)}\n`,
  );
}

/**
 * Every file below `folder`: name with slashes -> path.
 *
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function filesIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) =>
    join(entry.parentPath ?? /** @type {any} */ (entry).path, entry.name),
  );
  return Object.fromEntries(
    paths.map((path) => [relative(folder, path).replaceAll('\\', '/'), path]),
  );
}

/**
 * Writes the archive of a folder.
 *
 * @param {string} folder
 * @param {string} archive
 * @returns {number} its size in bytes
 */
function pack(folder, archive) {
  const file = openSync(archive, 'w');
  let size = 0;
  for (const piece of zip(filesIn(folder))) {
    writeFileSync(file, piece);
    size += piece.length;
  }
  closeSync(file);
  return size;
}

/** Makes the extensions in `dist`. */
export function makeExtensions({
  dist = join(root, 'dist'),
  browsers = BROWSERS,
  zipped = true,
} = {}) {
  checkModel(join(root, MODEL));
  const content = joinModules(join(root, 'extension/content/main.js'), root);
  for (const browser of browsers) {
    const folder = join(dist, browser);
    gather(browser, folder, content);
    console.log(`${folder}: load it unpacked`);
    if (!zipped) continue;
    const archive = join(dist, `bioner-${browser}-${manifestFor(browser).version}.zip`);
    console.log(`${archive}: ${(pack(folder, archive) / 1e6).toFixed(1)} MB`);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === join(root, 'scripts/extension.mjs')) {
  await main(() => makeExtensions({ zipped: !process.argv.includes('--no-zip') }));
}
