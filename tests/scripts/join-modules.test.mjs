// Modules joined into one classic script: what comes out, and what is refused.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { joinModules } from '../../scripts/join-modules.mjs';

let folder;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bioner-join-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Joins files, the first of which is the entry. */
function joined(files) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return joinModules(join(folder, Object.keys(files)[0]), folder);
}

test('modules come in the order in which they need each other, each once', () => {
  const script = joined({
    'main.js':
      "import { double } from './math.js';\nimport {\n  ONE,\n} from './one.js';\nimport './effect.js';\n\nresult.value = double(ONE);\n",
    'math.js':
      "import { ONE } from './one.js';\n\n/** @param {import('./main.js').T} n */\nexport function double(n) {\n  return (n + n) * ONE;\n}\n",
    'one.js': '// The one.\nexport const ONE = 1;\n',
    'effect.js': "import { ONE } from './one.js';\nresult.effect = ONE;\n",
  });
  const result = {};
  runInNewContext(script, { result });
  assert.deepEqual(result, { effect: 1, value: 2 });
  assert.equal(script.match(/const ONE/g).length, 1);
  assert.match(script, /\/\/ ---- one\.js\n\n\/\/ The one\./, 'as it was written');
});

test('what is declared stays inside', () => {
  const scope = {};
  runInNewContext(
    joined({ 'main.js': 'export const secret = 1;\nexport class Hidden {}\n' }),
    scope,
  );
  assert.deepEqual(scope, {});
});

for (const [what, files, message] of [
  [
    'a name of two modules',
    {
      'a.js': "import { x } from './b.js';\nconst y = x;\n",
      'b.js': 'export const x = 1;\nconst y = 2;\n',
    },
    /y is declared in b\.js and in a\.js/,
  ],
  [
    'an export that is not there',
    { 'a.js': "import { x } from './b.js';\n", 'b.js': 'const x = 1;\n' },
    /does not export x/,
  ],
  [
    'modules that import each other',
    {
      'a.js': "import { x } from './b.js';\nexport const y = 1;\n",
      'b.js': "import { y } from './a.js';\nexport const x = 1;\n",
    },
    /import each other/,
  ],
  ['a package', { 'a.js': "import { x } from 'package';\n" }, /which is no file/],
  ['a default export', { 'a.js': 'export default 1;\n' }, /cannot be joined: export default/],
  [
    'renaming',
    { 'a.js': "import { x as y } from './b.js';\n", 'b.js': 'export const x = 1;\n' },
    /does not export x as y/,
  ],
  ['a list of exports', { 'a.js': 'const x = 1;\nexport { x };\n' }, /cannot be joined: export/],
  ['import.meta', { 'a.js': 'const x = import.meta.url;\n' }, /cannot be joined: import\.meta/],
]) {
  test(`${what} is refused`, () => assert.throws(() => joined(files), message));
}
