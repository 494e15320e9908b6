// The same text, the same entities: in every engine, with the scores to the bit, and as the golden files have
// them, which are those of the native engine.

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

/** The golden sentences that every engine works on: all formats, and some of the rest. */
const SENTENCES = read('tests/golden/sentences.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter(({ format }, index) => format || index % 8 === 6);

/** Code points of a text before an offset, which the golden files count. */
const points = (text, offset) => Array.from(text.slice(0, offset)).length;

/** What each engine has found, by its name. */
const found = {};

inEveryEngine((tab, name) => {
  test('the golden entities', { timeout: LOADED_MS + DONE_MS }, async () => {
    await tab.open(`${site.url}engines/golden.html`);
    await tab.loaded('the library', () => 'ready' in document.body.dataset);
    found[name] = [];
    for (const { file, text, types, format, entities } of CASES) {
      const given = await tab.evaluate((...asked) => window.entitiesOf(...asked), text, {
        types,
        format,
      });
      assertEntities(given, text, types);
      const at = (offset) => points(text, offset);
      assert.deepEqual(
        given.map(({ start, end, type, text }) => ({ start: at(start), end: at(end), type, text })),
        entities,
        file,
      );
      found[name].push(given);
    }
  });

  test('the golden sentences, with their scores', { timeout: DONE_MS }, async () => {
    for (const { id, text, types, preset, format, entities } of SENTENCES) {
      const given = await tab.evaluate((...asked) => window.entitiesOf(...asked), text, {
        types,
        preset,
        format,
      });
      for (const { start, end, text: mention } of given)
        assert.equal(text.slice(start, end), mention);
      const at = (offset) => points(text, offset);
      // The engine has 32 bits, the file the fewest digits that tell them apart.
      assert.deepEqual(
        given.map(({ start, end, type, text, score }) => ({
          start: at(start),
          end: at(end),
          type,
          text,
          score,
        })),
        entities.map((entity) => ({ ...entity, score: Math.fround(entity.score) })),
        id,
      );
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
