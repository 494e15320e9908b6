// The same text, the same entities: in every engine, with its scores to the bit, and as the golden file has them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/common.mjs';
import { PROJECT_FOLDERS } from '../../scripts/serve.mjs';
import { assertEntities, DONE_MS, LOADED_MS, serve } from '../browser/helper.mjs';
import { inEveryEngine } from './helper.mjs';

const site = await serve({
  folders: { ...PROJECT_FOLDERS, '/engines/': join(root, 'tests/engines/pages') },
});
const read = (path) => readFileSync(join(root, path), 'utf8');
const CASES = JSON.parse(read('tests/golden/entities.json')).map((golden) => ({
  ...golden,
  text: read(golden.file),
}));

/** What each engine has found, by its name. */
const found = {};

inEveryEngine((tab, name) => {
  test('the golden entities', { timeout: LOADED_MS + DONE_MS }, async () => {
    await tab.open(`${site.url}engines/golden.html`);
    await tab.loaded('the library', () => 'ready' in document.body.dataset);
    found[name] = [];
    for (const { file, text, types, format, entities } of CASES) {
      const given = await tab.evaluate(
        (...asked) => window.entitiesOf(...asked),
        text,
        types,
        format,
      );
      assertEntities(given, text, types);
      const at = (offset) => Array.from(text.slice(0, offset)).length; // the golden file counts code points
      assert.deepEqual(
        given.map(({ start, end, type, text }) => ({ start: at(start), end: at(end), type, text })),
        entities,
        file,
      );
      found[name].push(given);
    }
  });

  test('relaxed SIMD where the engine has it', async () => {
    const binary = await tab.evaluate(() => window.binary);
    assert.equal(binary, name === 'webkit' ? 'bioner_bg.wasm' : 'bioner_relaxed_bg.wasm');
  });
});

test('to the bit', () => {
  const [first, ...others] = Object.keys(found);
  assert.ok(first);
  for (const name of others) assert.deepEqual(found[name], found[first], `${name} and ${first}`);
});
