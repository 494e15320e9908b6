// Workers that end in the middle of a text, with the real model: what they leave undone others do, what is finished is
// not done again, and the entities are those of an undisturbed run.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { until } from '../common/until.mjs';
import {
  DONE_MS,
  inLibrary,
  LOADED_MS,
  open,
  openBlank,
  sentences,
  serve,
  whileFrozen,
} from './helper.mjs';

const site = await serve();
const TEXT = sentences(20);
const TYPES = ['Chemical', 'Disease'];
let page, expected;

/** Runs in the page: notes what is sent to workers. While `impatient`, they are asked quickly whether they are there. */
function prepare() {
  globalThis.sent = [];
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.kind === 'extract') globalThis.sent.push(message);
    if (message.kind === 'load') globalThis.impatient = false;
    return postMessage.call(this, message, ...rest);
  };
  const { setInterval } = window;
  window.setInterval = (work, every, ...values) => {
    if (every !== 5000) return setInterval(work, every, ...values);
    let ticks = 0;
    const tick = () => {
      if (globalThis.impatient || ++ticks % 50 === 0) work();
    };
    return setInterval(tick, 100);
  };
}

/** Loads a model with so many workers. */
const load = (workers) =>
  inLibrary(
    page,
    async ({ Bioner }, workers) => {
      globalThis.ner?.close();
      globalThis.ner = await Bioner.load({ workers });
      globalThis.read = async (text, types) => {
        const parts = (globalThis.parts = []);
        globalThis.sent.length = 0;
        try {
          for await (const part of ner.extract(text, { types, raw: true })) parts.push(part);
        } catch ({ code, message }) {
          return { parts, code, message };
        }
        return { parts, workers: ner.info.workers, sent: globalThis.sent };
      };
    },
    workers,
  );
const read = () => page.evaluate(([text, types]) => globalThis.read(text, types), [TEXT, TYPES]);
const entitiesOf = ({ parts }) => parts.flatMap(({ entities }) => entities);

/** Waits until so many sentences are finished. */
const finished = (count) =>
  page.waitForFunction((count) => globalThis.parts?.at(-1)?.done >= count, count, {
    timeout: DONE_MS,
    polling: 20,
  });
/** The workers, in the order in which they were started, when there are so many. */
const workers = async (count) => {
  await until(() => page.workers().length === count, `${count} workers`, DONE_MS);
  return page.workers();
};
const kill = (worker) =>
  worker.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error('killed');
      }),
  );

/** What was found is what an undisturbed run finds, and nothing came twice. */
function assertWhole(found) {
  assert.equal(found.code, undefined, found.message);
  assert.deepEqual(entitiesOf(found), entitiesOf(expected));
  const raw = ({ parts }) => parts.flatMap((part) => part.raw);
  assert.deepEqual(raw(found), raw(expected), 'each sentence once');
}

before(
  async () => {
    const tab = await openBlank(site.url);
    await tab.context.addInitScript(prepare);
    ({ page } = tab);
    await page.reload();
    page.setDefaultTimeout(DONE_MS);
    await load(2);
    expected = await read();
    assert.ok(entitiesOf(expected).length > 15, JSON.stringify(expected).slice(0, 300));
  },
  { timeout: LOADED_MS + DONE_MS },
);

test('one of two dies: the other one does the rest', { timeout: DONE_MS }, async () => {
  const reading = read();
  await finished(4);
  await kill((await workers(2))[1]);
  const found = await reading;
  assertWhole(found);
  assert.equal(found.workers, 1);
  assert.equal(found.sent.length, 1, 'the leader goes on');
});

test('the only one ends without a word: a new one goes on where it stopped', {
  timeout: DONE_MS,
}, async () => {
  site.weights();
  const reading = read();
  await finished(5);
  await (await workers(1))[0].evaluate(() => self.close());
  await page.evaluate(() => (globalThis.impatient = true));
  const found = await reading;
  assertWhole(found);
  const [first, second, ...more] = found.sent;
  assert.deepEqual([first.done, first.known.length], [0, 0]);
  assert.ok(second.done >= 5 && second.known.length >= second.done);
  const answered = second.known.map(([sentence]) => sentence);
  assert.deepEqual(
    second.shares,
    [{ number: 0, of: 1, answered }],
    'what is answered is not asked again',
  );
  assert.deepEqual(more, []);
  assert.deepEqual(site.weights(), [], 'the weights were kept');
});

test('the leader dies, and then all that are left', { timeout: 2 * DONE_MS }, async () => {
  await load(2);
  const reading = read();
  await finished(4);
  await kill((await workers(2))[0]);
  await page.waitForFunction(() => globalThis.sent.length === 2, null, { polling: 20 });
  await finished(9);
  await kill((await workers(1))[0]);
  const found = await reading;
  assertWhole(found);
  const [, second, third] = found.sent;
  assert.equal(second.shares.length, 2, 'its own share, and that of the leader before it');
  assert.ok(third.done >= 9);
});

test('a text that kills every worker is given up, and the next one is read', {
  timeout: 3 * LOADED_MS,
}, async () => {
  site.poisonWorkers();
  await load(1);
  const first = await page.evaluate(() => globalThis.read('POISON.', ['Disease']));
  site.mend();
  assert.equal(first.code, 'crashed');
  assert.match(first.message, /stopped unexpectedly.*starts again with the next text/);
  assert.deepEqual(first.parts, []);
  const next = await page.evaluate(() => globalThis.read('Aspirin.', ['Chemical']));
  assert.deepEqual(
    entitiesOf(next).map(({ text }) => text),
    ['Aspirin'],
  );
  await page.evaluate(() => ner.close());
});

test('on the page: killed in the middle of a queue, and frozen, and all documents are whole', {
  timeout: 3 * LOADED_MS,
}, async () => {
  const tab = await open(site.url, { cores: 2 });
  await tab.ready();
  await tab.choose(...TYPES);
  const file = (name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(sentences(12)) });
  await tab.page.setInputFiles('#file', [file('a.txt'), file('b.txt'), file('c.txt')]);
  await tab.extract.click();
  await tab.page.waitForSelector('#documents-body [data-state=done]', { timeout: DONE_MS });
  for (const worker of tab.page.workers()) await kill(worker).catch(() => {});
  await whileFrozen(tab.page, () => {});
  await tab.state('done', DONE_MS);
  assert.match(await tab.status.textContent(), /^3 documents done/);
  // The list is drawn a moment later than the status.
  await tab.page.waitForFunction(
    () => document.querySelectorAll('#documents-body [data-state=done]').length === 3,
  );
  const counts = await tab.page
    .locator('#documents-body tr')
    .evaluateAll((rows) =>
      rows.map(({ dataset, cells }) => `${dataset.state} ${cells[1].textContent}`),
    );
  assert.equal(new Set(counts).size, 1, `the same text three times: ${counts}`);
  assert.match(counts[0], /^done .*\d/);
  await tab.context.close();
});
