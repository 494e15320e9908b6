// Calls, cancels, crashes: the library's promises, on the real model.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import { until } from '../common/until.mjs';
import {
  assertEntities,
  DONE_MS,
  hooks,
  inLibrary,
  LOADED_MS,
  open,
  openBlank,
  sentences,
  serve,
  settled,
} from './helper.mjs';

const site = await serve();
let page, tab;

before(
  async () => {
    tab = await openBlank(site.url);
    ({ page } = tab);
    page.setDefaultTimeout(DONE_MS);
    await inLibrary(page, async ({ Bioner }) => {
      globalThis.ner = await Bioner.load();
      /** Everything a call gives, or how it fails. */
      globalThis.collect = async (text, options) => {
        const parts = [];
        globalThis.received = parts;
        try {
          for await (const part of ner.extract(text, {
            types: ['Chemical', 'Disease'],
            ...options,
          }))
            parts.push(part);
        } catch ({ name, code, message }) {
          return { parts, name, code, message };
        }
        return { parts };
      };
    });
  },
  { timeout: LOADED_MS },
);

const collect = (text, options) =>
  page.evaluate(([text, options]) => globalThis.collect(text, options), [text, options]);

test('what was loaded can be asked', async () => {
  const info = await page.evaluate(() => globalThis.ner.info);
  assert.equal(info.formats.length, 13);
  assert.ok(info.formats.includes(info.model.format));
  assert.ok(info.model.size > 1e6);
  assert.match(info.version, /^\d+\.\d+/);
});

test('parts come in order and add up', async () => {
  const text = sentences(12);
  const { parts } = await collect(text, { raw: true });
  const entities = parts.flatMap(({ entities }) => entities);
  assertEntities(entities, text, ['Chemical', 'Disease']);
  assert.ok(entities.some((entity) => entity.text === 'Aspirin'));
  const done = parts.map((part) => part.done);
  assert.deepEqual(
    done,
    done.toSorted((a, b) => a - b),
  );
  assert.equal(done.at(-1), parts[0].total);
  assert.equal(parts.flatMap(({ raw }) => raw).length, parts[0].total);
  const { parts: again } = await collect(text);
  assert.deepEqual(
    again.flatMap(({ entities }) => entities),
    entities,
    'the same text gives the same entities',
  );
  assert.deepEqual(
    again.flatMap(({ raw }) => raw),
    [],
    'raw only when asked for',
  );
});

test('the browser finds exactly what the command line finds', {
  timeout: 3 * DONE_MS,
}, async () => {
  const read = (file) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
  for (const { file, types, format, entities } of JSON.parse(
    await read('tests/golden/entities.json'),
  )) {
    const text = await read(file);
    const points = Array.from(text);
    const { parts } = await collect(text, { types, format });
    const found = parts.flatMap(({ entities }) => entities);
    assertEntities(found, text, types);
    const at = (offset) => Array.from(text.slice(0, offset)).length;
    assert.deepEqual(
      found.map(({ start, end, type, text }) => ({ end: at(end), start: at(start), text, type })),
      entities,
      file,
    );
    for (const { start, end, text: mention } of entities)
      assert.equal(points.slice(start, end).join(''), mention);
  }
});

test('calls are worked on one after the other', async () => {
  const order = await page.evaluate(
    async ([long, short]) => {
      const order = [];
      const call = async (name, text) => {
        for await (const part of ner.extract(text, { types: ['Disease'] }))
          order.push(`${name}${part.done}/${part.total}`);
      };
      await Promise.all([call('a', long), call('b', short), call('c', long)]);
      return order.map((entry) => entry[0]).join('');
    },
    [sentences(3), sentences(1)],
  );
  assert.match(order, /^a+b+c+$/);
});

test('an abort rejects within 100 ms, at any time, and leaves the model usable', {
  timeout: 2 * DONE_MS,
}, async () => {
  for (const wait of [0, 5, 40, 150, 400, 1000]) {
    const { name, late, parts } = await page.evaluate(
      async ([text, wait]) => {
        const controller = new AbortController();
        let at = 0;
        setTimeout(() => {
          at = performance.now();
          controller.abort();
        }, wait);
        const result = await globalThis.collect(text, { signal: controller.signal });
        return { ...result, late: performance.now() - at, parts: result.parts.length };
      },
      [sentences(400), wait],
    );
    assert.equal(name, 'AbortError', `after ${wait} ms, with ${parts} parts`);
    assert.ok(late < 100, `${late} ms after ${wait} ms`);
    const { parts: next } = await collect('Aspirin for headache.');
    assert.equal(next.at(-1).done, next.at(-1).total);
  }
});

test('aborting before the call, while it waits in line, or with a reason of one’s own', async () => {
  const result = await page.evaluate(async (text) => {
    const early = new AbortController();
    early.abort(new Error('no reason'));
    const first = new AbortController();
    const second = new AbortController();
    const running = globalThis.collect(text, { signal: first.signal });
    const waiting = globalThis.collect(text, { signal: second.signal });
    setTimeout(() => second.abort(), 50);
    const names = [
      (await globalThis.collect('x', { signal: early.signal })).name,
      (await waiting).name,
    ];
    first.abort('enough');
    return [...names, (await running).name];
  }, sentences(200));
  assert.deepEqual(result, ['AbortError', 'AbortError', 'AbortError']);
  assert.ok((await collect('Aspirin for headache.')).parts.length);
});

test('leaving the loop early cancels', async () => {
  const seconds = await page.evaluate(async (text) => {
    for await (const _ of ner.extract(text, { types: ['Disease'] })) break;
    const start = performance.now();
    await globalThis.collect('Aspirin for headache.');
    return (performance.now() - start) / 1000;
  }, sentences(500));
  assert.ok(seconds < 20, `the rest of the long text was not worked on (${seconds} s)`);
});

test('the types of a preset are asked for', async () => {
  const text = 'Aspirin for headache.';
  const asked = { types: undefined, preset: 'safety', format: 'lines-grouped', together: true };
  const { parts } = await collect(text, { ...asked, raw: true });
  const [{ text: answer }] = parts.flatMap(({ raw }) => raw);
  assert.deepEqual(
    answer.split('\n').map((line) => line.split(':')[0]),
    ['Drug', 'Disease', 'AdverseEffect'],
  );
});

test('what cannot be asked is said with a code', async () => {
  const codes = {
    types: [
      ['x', { types: [] }],
      ['x', { types: undefined }],
      ['x', { types: 'Disease' }],
      ['x', { types: [' '] }],
      ['x', { types: ['A|B'] }],
      ['x', { types: Array.from({ length: 25 }, (_, i) => `Type ${i}`) }],
    ],
    preset: [['x', { types: undefined, preset: 'recipe' }]],
    input: [
      [7, {}],
      [null, {}],
      ['x', { preset: 'note' }],
      ['x', { types: undefined, preset: 7 }],
    ],
    'text-too-large': [['x'.repeat(1_000_001), {}]],
    format: [['Aspirin.', { format: 'haiku' }]],
  };
  for (const [code, calls] of Object.entries(codes)) {
    for (const [text, options] of calls) {
      const failed = await collect(text, options);
      assert.equal(failed.code, code, `${String(text).slice(0, 10)} ${JSON.stringify(options)}`);
      assert.equal(failed.name, 'BionerError');
    }
  }
  assert.ok((await collect('Aspirin for headache.')).parts.length);
});

test('a trap in the module ends its worker, and another one does what was pending', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const text = sentences(3);
  const expected = await collect(text);
  site.weights();
  const worker = page.workers()[0];
  await worker.evaluate(async () => {
    // (func (export "t") unreachable)
    // biome-ignore format: the bytes of a file
    const trap = Uint8Array.of(
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11,
    );
    const { instance } = await WebAssembly.instantiate(trap);
    const { Job } = await import('/pkg/bioner.js');
    Job.prototype.step = () => instance.exports.t();
  });
  const both = await page.evaluate(
    (text) => Promise.all([globalThis.collect(text), globalThis.collect(text)]),
    text,
  );
  const entitiesOf = ({ parts }) => parts.flatMap(({ entities }) => entities);
  for (const found of both) assert.deepEqual(entitiesOf(found), entitiesOf(expected));
  assert.ok(entitiesOf(expected).length > 0);
  await until(() => !page.workers().includes(worker), 'the end of the worker', DONE_MS);
  assert.deepEqual(site.weights(), [], 'the weights were kept');
});

test('closing rejects what runs and what comes after', async () => {
  const [running, after] = await page.evaluate(async (text) => {
    const running = globalThis.collect(text);
    setTimeout(() => ner.close(), 100);
    return [await running, await globalThis.collect('x')];
  }, sentences(300));
  assert.equal(running.code, 'closed');
  assert.equal(after.code, 'closed');
  // A busy machine takes its time to end a worker in the middle of a step.
  await until(() => page.workers().length === 0, 'the end of the workers', DONE_MS);
});

test('the page: cancel within 100 ms, what was found is kept, and the next text works', {
  timeout: 3 * DONE_MS,
}, async () => {
  const tab = await open(site.url, { cores: 2 });
  await tab.ready();
  await tab.choose('Chemical', 'Disease');
  await tab.input.fill(sentences(300));
  await tab.extract.click();
  await tab.marks.first().waitFor({ timeout: DONE_MS });
  assert.equal(await tab.extract.isDisabled(), true);
  const late = await tab.page.evaluate(
    () =>
      new Promise((resolve) => {
        const status = document.querySelector('[data-testid=status]');
        const start = performance.now();
        new MutationObserver(() => resolve(performance.now() - start)).observe(status, {
          attributeFilter: ['data-state'],
        });
        document.querySelector('[data-testid=cancel]').click();
      }),
  );
  assert.ok(late < 100, `${late} ms`);
  assert.equal(await tab.status.getAttribute('data-state'), 'ready');
  assert.match((await tab.status.textContent()) ?? '', /Cancelled after \d+ of \d+ sentences/);
  const kept = await tab.marks.count();
  assert.ok(kept > 0);
  await settled(tab.page);
  assert.equal(await tab.marks.count(), kept, 'nothing comes after');
  // What the worker still sent would come before what it sends of the next text.
  const next = 'Aspirin for headache.';
  await tab.run(next);
  for (const { start, end, text } of await hooks(tab.marks))
    assert.equal(text, next.slice(start, end));
  assert.ok((await tab.marks.count()) >= 1);
  assert.deepEqual(tab.trouble, []);
});
