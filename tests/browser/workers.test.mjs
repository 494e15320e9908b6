// What makes extraction fast changes nothing of what is found: several workers, relaxed SIMD, guesses,
// longer and shorter passes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import {
  assertEntities,
  DONE_MS,
  inLibrary,
  LOADED_MS,
  openBlank,
  sentences,
  serve,
} from './helper.mjs';

const site = await serve();
// Two questions.
const TYPES = ['Chemical', 'Disease', 'Species'];
// In the last sentence the model would not know the abbreviation, which a sentence for another worker
// has introduced.
const REMEMBERED = 'Hollow bone crest syndrome (HBCS) is rare. The HBCS group was older.';
const text = `${sentences(30)}\n\n${REMEMBERED}\n\n${await readFile(new URL('../../www/examples/abstract.txt', import.meta.url), 'utf8')}`;
let page, expected;

/** The entities of a text by one worker, or as many as asked for. */
const extract = (workers) =>
  inLibrary(
    page,
    async ({ Bioner }, { workers, text, types }) => {
      const ner = await Bioner.load({ workers });
      const parts = [];
      for await (const part of ner.extract(text, { types, raw: true })) parts.push(part);
      const { info } = ner;
      ner.close();
      return { info, parts };
    },
    { workers, text, types: TYPES },
  );

const entitiesOf = ({ parts }) => parts.flatMap(({ entities }) => entities);

before(
  async () => {
    ({ page } = await openBlank(site.url));
    page.setDefaultTimeout(DONE_MS);
    expected = await extract(1);
  },
  { timeout: LOADED_MS + DONE_MS },
);

test('one worker is one worker', () => {
  assert.equal(expected.info.workers, 1);
  assertEntities(entitiesOf(expected), text, TYPES);
  assert.ok(entitiesOf(expected).length > 30);
  assert.equal(entitiesOf(expected).filter(({ text }) => text === 'HBCS').length, 2);
});

test('several workers find what one finds, in the same order', {
  timeout: 2 * DONE_MS,
}, async () => {
  site.requests.length = 0;
  const found = await extract(3);
  assert.equal(found.info.workers, 3);
  const asked = site.requests.filter((url) => url.includes('/models/'));
  assert.deepEqual(
    asked,
    ['/models/default/manifest.json'],
    'once, to see whether there is a newer model',
  );
  assert.deepEqual(entitiesOf(found), entitiesOf(expected));
  const raw = ({ parts }) => parts.flatMap((part) => part.raw);
  assert.deepEqual(raw(found), raw(expected));
  const { total } = expected.parts[0];
  assert.ok(found.parts.every((part) => part.total === total));
  const done = found.parts.map((part) => part.done);
  assert.deepEqual(
    done,
    done.toSorted((a, b) => a - b),
  );
  assert.equal(done.at(-1), total);
});

test('more workers than sentences are no harm', { timeout: DONE_MS }, async () => {
  const found = await inLibrary(
    page,
    async ({ Bioner }, types) => {
      const ner = await Bioner.load({ workers: 2 });
      const collect = async (text) => {
        const parts = [];
        for await (const part of ner.extract(text, { types })) parts.push(part);
        return parts;
      };
      const found = { none: await collect(''), one: await collect('Aspirin helped.') };
      ner.close();
      return found;
    },
    TYPES,
  );
  assert.equal(found.none.at(-1).total, 0);
  const { entities, done, total } = found.one.at(-1);
  assert.deepEqual([done, total], [1, 1]);
  assert.deepEqual(
    entities.map(({ text }) => text),
    ['Aspirin'],
  );
});

test('a wrong number of workers is refused', async () => {
  for (const workers of [0, -1, 1.5, '2']) {
    const code = await inLibrary(
      page,
      ({ Bioner }, workers) => Bioner.load({ workers }).catch(({ code }) => code),
      workers,
    );
    assert.equal(code, 'input');
  }
});

test('both modules, with and without guesses, in long and short passes, find the same', {
  timeout: 4 * DONE_MS,
}, async () => {
  const { plain, differently } = await page.evaluate(
    async ({ text, types }) => {
      const module = await import('/pkg/bioner.js');
      await module.default({ module_or_path: '/pkg/bioner_bg.wasm' });
      const loader = new module.Loader();
      const { shards } = await (await fetch('/models/default/manifest.json')).json();
      for (const { path } of shards) {
        loader.push(new Uint8Array(await (await fetch(`/models/default/${path}`)).arrayBuffer()));
      }
      const engine = loader.finish();
      const run = (limits) => {
        const job = engine.start(text, { types, limits });
        const entities = [];
        while (!job.finished) entities.push(...(job.step()?.entities ?? []));
        job.free();
        return entities;
      };
      return {
        plain: run(),
        differently: [
          run({ sentences: 1, tokens: 5, guesses: 0 }),
          run({ sentences: 64, tokens: 256, guesses: 256 }),
        ],
      };
    },
    { text, types: TYPES },
  );
  // The library cuts the words out of the text; the module gives places alone.
  const withText = plain.map((entity) => ({
    ...entity,
    text: text.slice(entity.start, entity.end),
  }));
  assert.deepEqual(withText, entitiesOf(expected));
  for (const entities of differently) assert.deepEqual(entities, plain);
});
