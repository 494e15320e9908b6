// The worker that owns the model. It loads the module and the weights, then answers one extraction
// after the other, in small steps, looking at its messages in between. The page's side of the
// conversation is client/link.js.

import { toPlain } from './client/errors.js';
import { describeFile, readFile } from './worker/file.js';
import { readManifest } from './worker/manifest.js';
import { importModule } from './worker/module.js';
import { Store } from './worker/store.js';
import { readWeights } from './worker/weights.js';

/** @typedef {import('./client/link.js').Request} Request */

const scope = /** @type {{ postMessage(message: object): void, onmessage: unknown }} */ (/** @type {unknown} */ (self));
const PROGRESS_EVERY_MS = 100;
const PUSH_BYTES = 1 << 20; // the module copies what it is given: keep the copy small

/** @type {any} the module's engine, once loaded */
let engine;
/** @type {Extract<Request, { kind: 'extract' }>[]} */
const queue = [];
/** @type {{ id: number, cancelled: boolean } | undefined} */
let current;

scope.onmessage = (/** @type {MessageEvent<Request>} */ { data }) => {
  if (data.kind === 'load') load(data);
  else if (data.kind === 'cancel') cancel(data.id);
  else {
    queue.push(data);
    work();
  }
};

/** @param {Extract<Request, { kind: 'load' }>} request */
async function load({ model: source, module: moduleUrl, keptOnly }) {
  try {
    const progress = throttled((/** @type {object} */ state) => scope.postMessage({ kind: 'progress', ...state }));
    const [module, { model, weights }] = await Promise.all([
      importModule(moduleUrl),
      source instanceof Blob ? openFile(source, progress) : openFolder(source, progress, keptOnly),
    ]);
    const loader = new module.Loader();
    for await (const bytes of weights) {
      for (let at = 0; at < bytes.length; at += PUSH_BYTES) loader.push(bytes.subarray(at, at + PUSH_BYTES));
    }
    engine = loader.finish();
    scope.postMessage({
      kind: 'loaded',
      info: { formats: module.formats(), version: module.version(), model, description: engine.description },
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
  const store = new Store((reason) => scope.postMessage({ kind: 'warning', error: unkept(reason) }));
  await store.open();
  const start = { loaded: 0, total: 0, cached: 0 };
  const manifest = await readManifest(manifestUrl, store, (attempt) => progress({ ...start, attempt }), keptOnly);
  const { shards, url, ...model } = manifest;
  return { model, weights: readWeights(manifest, store, progress, keptOnly) };
}

/**
 * @param {Blob} file
 * @param {Progress} progress
 * @returns {Promise<Opened>}
 */
async function openFile(file, progress) {
  return { model: describeFile(file), weights: readFile(file, progress) };
}

/** @param {number} id */
function cancel(id) {
  if (current?.id === id) current.cancelled = true;
  const at = queue.findIndex((request) => request.id === id);
  if (at < 0) return;
  queue.splice(at, 1);
  scope.postMessage({ kind: 'done', id });
}

async function work() {
  if (current) return;
  for (let request = queue.shift(); request; request = queue.shift()) await extract(request);
}

/** @param {Extract<Request, { kind: 'extract' }>} request */
async function extract({ id, text, options }) {
  const running = (current = { id, cancelled: false });
  let job, error;
  try {
    job = engine.start(text, options);
    const nothingYet = { done: 0, total: job.total, entities: [], raw: [], ends: [] };
    scope.postMessage({ kind: 'part', id, part: nothingYet }); // so that the length of the way is known
    while (!job.finished && !running.cancelled) {
      const part = job.step();
      if (part) scope.postMessage({ kind: 'part', id, part });
      await nextTurn();
    }
  } catch (reason) {
    error = toPlain(reason);
  }
  // After a trap nothing may touch the module again; the page drops this worker as a whole.
  if (error?.code !== 'crashed') job?.free();
  current = undefined;
  scope.postMessage(error ? { kind: 'error', id, error } : { kind: 'done', id });
}

const turns = new MessageChannel();

/** Lets waiting messages in. A message of our own, because timers are held back to 4 ms. */
function nextTurn() {
  return new Promise((resolve) => {
    turns.port1.onmessage = resolve;
    turns.port2.postMessage(null);
  });
}

/** @param {unknown} reason */
function unkept(reason) {
  return { code: 'storage', message: `The model cannot be kept for the next visit: ${toPlain(reason).message}` };
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
