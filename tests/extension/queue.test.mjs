// Whose turn it is, and what becomes of a tab's texts when it goes: no browser needed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FairQueue } from '../../extension/model/queue.js';
import { ModelServer } from '../../extension/model/server.js';
import { documents } from '../../www/shared/documents.js';
import { until } from '../common/until.mjs';

const job = (id) => ({ id, text: `text ${id}`, types: ['Disease'] });
const drain = (queue) => {
  const order = [];
  for (let turn = queue.next(); turn; turn = queue.next())
    order.push(`${turn.owner.name}${turn.job.id}`);
  return order.join(' ');
};
const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ name }));

test('tabs take turns; within a tab the order is that of asking', () => {
  const queue = new FairQueue();
  for (const id of [1, 2, 3, 4]) queue.add(a, job(id));
  queue.add(b, job(1));
  queue.add(c, job(1));
  queue.add(c, job(2));
  assert.equal(drain(queue), 'a1 b1 c1 a2 c2 a3 a4');
});

test('a job that is taken back, a tab that goes', () => {
  const queue = new FairQueue();
  for (const id of [1, 2, 3]) queue.add(a, job(id));
  for (const id of [1, 2]) queue.add(b, job(id));
  assert.ok(queue.remove(a, 2));
  assert.ok(!queue.remove(a, 2), 'only once');
  assert.ok(!queue.remove(c, 1));
  queue.drop(b);
  assert.equal(drain(queue), 'a1 a3');
});

/** An event of the extension API, and a port with a record of what it was sent. */
function makePort() {
  const event = () => {
    const listeners = [];
    const fire = (...values) => {
      for (const listener of listeners) listener(...values);
    };
    return { addListener: (listener) => listeners.push(listener), fire };
  };
  const sent = [];
  return {
    sent,
    postMessage: (message) => sent.push(message),
    onMessage: event(),
    onDisconnect: event(),
  };
}

/** Stands in for the client where only the order of things matters: a step at a time, by hand. */
function makeModel() {
  const log = [];
  /** @type {(() => void)[]} */
  const steps = [];
  return {
    log,
    step: async () => {
      steps.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close: () => log.push('closed'),
    async *extract(text, { signal }) {
      log.push(text);
      await new Promise((resolve, reject) => {
        steps.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason));
      });
      yield { entities: [], done: 1, total: 1 };
    },
  };
}

const ask = (port, id) =>
  port.onMessage.fire({ kind: 'extract', id, text: `${id}`, types: ['Disease'], keepMinutes: 1 });
const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

test('the model is loaded once for all tabs, which are served in turn', async () => {
  const model = makeModel();
  let loads = 0;
  const load = () => {
    loads++;
    return Promise.resolve(model);
  };
  const server = new ModelServer({ load, onIdle: () => {} });
  const [one, two] = [makePort(), makePort()];
  server.attach(one);
  server.attach(two);
  for (const id of ['a1', 'a2']) ask(one, id);
  ask(two, 'b1');
  await soon();
  for (let i = 0; i < 3; i++) await model.step();
  assert.deepEqual(model.log, ['a1', 'b1', 'a2']);
  assert.equal(loads, 1);
  assert.deepEqual(
    two.sent.map(({ kind }) => kind),
    ['part', 'done'],
  );
  server.close();
});

test('a tab that goes away takes its texts with it, also the one being read', async () => {
  const model = makeModel();
  const server = new ModelServer({ load: async () => model, onIdle: () => {} });
  const [one, two] = [makePort(), makePort()];
  server.attach(one);
  server.attach(two);
  for (const id of ['a1', 'a2', 'a3']) ask(one, id);
  ask(two, 'b1');
  await soon();
  one.onDisconnect.fire();
  await soon();
  await model.step(); // of a1, which is over
  await model.step();
  assert.deepEqual(model.log, ['a1', 'b1']);
  assert.deepEqual(
    two.sent.map(({ kind }) => kind),
    ['part', 'done'],
  );
  server.close();
});

test('an error is the asker’s alone, and a model that could not be loaded is tried again', async () => {
  const model = makeModel();
  let loads = 0;
  const load = async () => {
    if (loads++ === 0) throw Object.assign(new Error('gone'), { code: 'network' });
    return model;
  };
  const server = new ModelServer({ load, onIdle: () => {} });
  const [one, two] = [makePort(), makePort()];
  server.attach(one);
  server.attach(two);
  ask(one, 'a1');
  ask(two, 'b1');
  await soon();
  await model.step();
  assert.deepEqual(one.sent, [{ kind: 'error', id: 'a1', code: 'network', message: 'gone' }]);
  assert.deepEqual(
    two.sent.map(({ kind }) => kind),
    ['part', 'done'],
  );
  server.close();
});

test('at rest the model is let go, and only then', async () => {
  const model = makeModel();
  let idle = 0;
  const server = new ModelServer({ load: async () => model, onIdle: () => idle++ });
  const port = makePort();
  server.attach(port);
  port.onMessage.fire({
    kind: 'extract',
    id: 'a1',
    text: 'a1',
    types: ['Disease'],
    keepMinutes: 0.0005,
  }); // 30 ms
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(idle, 0, 'not while it works');
  await model.step();
  await until(() => idle === 1, 'the end of the model');
  assert.deepEqual(model.log, ['a1', 'closed']);
  server.close();
});

test('files are written at once, also while the model works, by the program itself', async () => {
  const model = makeModel();
  const server = new ModelServer({
    load: async () => model,
    documents: async () => documents(),
    onIdle: () => {},
  });
  const port = makePort();
  server.attach(port);
  ask(port, 'a1');
  await soon();
  const text = 'Gout\nColchicine helps.';
  const document = {
    id: '5',
    url: 'https://example.org/',
    text,
    titleEnd: 4,
    entities: [{ start: 0, end: 4, type: 'Disease', text: 'Gout', score: 0.5 }],
  };
  port.onMessage.fire({ kind: 'formats', id: 1 });
  port.onMessage.fire({ kind: 'write', id: 2, format: 'pubtator', documents: [document] });
  port.onMessage.fire({ kind: 'write', id: 3, format: 'nonsense', documents: [document] });
  await soon();
  const [formats, written, refused] = port.sent;
  assert.ok(formats.formats.some(({ name }) => name === 'bioc-xml'));
  assert.match(
    written.files[0].content,
    /^5\|t\|Gout\n5\|a\|Colchicine helps\.\n5\t0\t4\tGout\tDisease\t-\n/,
  );
  assert.deepEqual([refused.kind, refused.id, refused.code], ['error', 3, 'format']);
  await model.step();
  assert.equal(port.sent.at(-1).kind, 'done');
  server.close();
});
