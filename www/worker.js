// The worker that owns the model. It loads the module and the weights, then works on one request after
// the other, in small steps, looking at its messages in between. The page's side of the conversation is
// client/link.js.

import { toPlain } from './client/errors.js';
import { isLocalFile } from './client/runtime.js';
import { describeFile, readFile } from './worker/file.js';
import { isLocal, openLocal } from './worker/local.js';
import { readManifest } from './worker/manifest.js';
import { importModule } from './worker/module.js';
import { Store } from './worker/store.js';
import { readWeights } from './worker/weights.js';

/** @typedef {import('./client/link.js').Request} Request */

const scope = /** @type {{ postMessage(message: object): void, onmessage: unknown }} */ (
  /** @type {unknown} */ (self)
);
const PROGRESS_EVERY_MS = 100;
const PUSH_BYTES = 1 << 20; // the module copies what it is given: keep the copy small

/** @type {any} the module's engine, once loaded */
let engine;
/**
 * A request to work on a text, and the answers of others that have come for it and are not yet used.
 *
 * @typedef {Extract<Request, { kind: 'extract' | 'help' }> & { supplied: unknown[][], cancelled: boolean }} Work
 */
/** @type {Work[]} */
const queue = [];
/** @type {Work | undefined} */
let current;

scope.onmessage = (/** @type {MessageEvent<Request>} */ { data }) => {
  if (data.kind === 'load') load(data);
  else if (data.kind === 'cancel') cancel(data.id);
  else if (data.kind === 'supply') supply(data);
  else {
    queue.push({ ...data, supplied: [], cancelled: false });
    work();
  }
};

/** @param {Extract<Request, { kind: 'load' }>} request */
async function load({ model: source, module: moduleUrl, keptOnly }) {
  try {
    const progress = throttled((/** @type {object} */ state) =>
      scope.postMessage({ kind: 'progress', ...state }),
    );
    const [module, { model, weights }] = await Promise.all([
      importModule(moduleUrl),
      source instanceof Blob || isLocalFile(source)
        ? openFile(source, progress)
        : openFolder(source, progress, keptOnly),
    ]);
    const loader = new module.Loader();
    for await (const bytes of weights) {
      for (let at = 0; at < bytes.length; at += PUSH_BYTES)
        loader.push(bytes.subarray(at, at + PUSH_BYTES));
    }
    engine = loader.finish();
    scope.postMessage({
      kind: 'loaded',
      info: {
        formats: module.formats(),
        defaultFormat: module.defaultFormat(),
        version: module.version(),
        model: { ...model, format: engine.format },
        description: engine.description,
      },
    });
  } catch (error) {
    scope.postMessage({ kind: 'failed', error: toPlain(error) });
  }
}

/**
 * What a model's manifest says, and its bytes on their way.
 *
 * @typedef {{ model: object, weights: AsyncIterable<Uint8Array> }} Opened
 * @typedef {(progress: import('./worker/weights.js').WeightsProgress) => void} Progress
 *
 * @param {string} manifestUrl
 * @param {Progress} progress
 * @param {boolean} [keptOnly]  Whether to fail rather than download.
 * @returns {Promise<Opened>}
 */
async function openFolder(manifestUrl, progress, keptOnly) {
  const store = new Store((reason) =>
    scope.postMessage({ kind: 'warning', error: unkept(reason) }),
  );
  const local = isLocal(manifestUrl); // a second copy would be waste
  if (!local) await store.open();
  const onlyKept = keptOnly && !local;
  const start = { loaded: 0, total: 0, cached: 0 };
  const manifest = await readManifest(
    manifestUrl,
    store,
    (attempt) => progress({ ...start, attempt }),
    onlyKept,
  );
  const { shards, url, ...model } = manifest;
  return { model, weights: readWeights(manifest, store, progress, onlyKept) };
}

/**
 * @param {string | Blob} source
 * @param {Progress} progress
 * @returns {Promise<Opened>}
 */
async function openFile(source, progress) {
  const file = source instanceof Blob ? source : await openLocal(source);
  return { model: describeFile(file), weights: readFile(file, progress) };
}

/** @param {number} id */
function cancel(id) {
  if (current?.id === id) {
    current.cancelled = true;
    wake();
  }
  const at = queue.findIndex((work) => work.id === id);
  if (at < 0) return;
  queue.splice(at, 1);
  scope.postMessage({ kind: 'done', id });
}

/** @param {Extract<Request, { kind: 'supply' }>} request */
function supply({ id, answers }) {
  const work = current?.id === id ? current : queue.find((work) => work.id === id);
  work?.supplied.push(answers);
  wake();
}

async function work() {
  if (current) return;
  while ((current = queue.shift())) await answer(current);
}

/** @param {Work} work */
async function answer(work) {
  const { kind, id, text, options, supplied } = work;
  let job, error;
  try {
    job = kind === 'help' ? engine.help(text, options) : engine.start(text, options);
    if (kind === 'extract') {
      // So that the length of the way is known.
      scope.postMessage({
        kind: 'part',
        id,
        part: { done: 0, total: job.total, entities: [], raw: [] },
      });
    }
    while (!job.finished && !work.cancelled) {
      for (const answers of supplied.splice(0)) job.supply(answers);
      const part = job.step();
      if (part) scope.postMessage({ kind: 'part', id, part });
      await (job.waiting && !job.finished ? news() : nextTurn());
    }
  } catch (reason) {
    error = toPlain(reason);
  }
  // After a trap nothing may touch the module again; the page drops this worker as a whole.
  if (error?.code !== 'crashed') job?.free();
  scope.postMessage(error ? { kind: 'error', id, error } : { kind: 'done', id });
}

let wake = () => {};

/** Waits for an answer of another worker, or for the end. */
function news() {
  return new Promise((resolve) => {
    wake = () => resolve(undefined);
  });
}

const turns = new MessageChannel();

/**
 * Lets waiting messages in. A message of our own, because timers are held back to 4 ms. Node and Bun go on
 * with the messages of one port before they look at another, but have something better.
 */
function nextTurn() {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') return setImmediate(resolve);
    turns.port1.onmessage = resolve;
    turns.port2.postMessage(null);
  });
}

/** @param {unknown} reason */
function unkept(reason) {
  return {
    code: 'storage',
    message: `The model cannot be kept for the next visit: ${toPlain(reason).message}`,
  };
}

/**
 * @template {{ loaded: number, total: number, attempt: number }} T
 * @param {(state: T) => void} send
 * @returns {(state: T) => void}
 */
function throttled(send) {
  let last = -Infinity;
  return (state) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS && state.loaded < state.total && state.attempt === 1) return;
    last = now;
    send(state);
  };
}
