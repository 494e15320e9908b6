// The worker that owns the model. It loads the module and the weights, then works on one request after
// the other, in small steps, looking at its messages in between. The page's side of the conversation is
// client/link.js.

import { toPlain } from './client/errors.js';
import { isLocalFile } from './client/runtime.js';
import { describeFile, readFile } from './worker/file.js';
import { isLocal, openLocal } from './worker/local.js';
import { keepAlone, readManifest } from './worker/manifest.js';
import { importModule } from './worker/module.js';
import { Store } from './worker/store.js';
import { readWeights } from './worker/weights.js';
import { Work } from './worker/work.js';

/** @typedef {import('./client/link.js').Request} Request */

const scope = /** @type {{ postMessage(message: object): void, onmessage: unknown }} */ (
  /** @type {unknown} */ (self)
);
const PROGRESS_EVERY_MS = 100;
const PUSH_BYTES = 1 << 20; // the module copies what it is given: keep the copy small

/** How much is asked for to see whether the browser still gives memory: 128 MiB, in WebAssembly's pages. */
const PROBE_PAGES = 2048;

/** @type {any} the module's engine, once loaded */
let engine;
/** @type {WebAssembly.Memory | undefined} the module's */
let memory;
/** @type {Work[]} */
const queue = [];
/** @type {Work | undefined} */
let current;

scope.onmessage = (/** @type {MessageEvent<Request>} */ { data }) => {
  if (data.kind === 'load') return load(data);
  if (data.kind === 'ask') return scope.postMessage({ kind: 'here' });
  if (data.kind === 'extract' || data.kind === 'help') {
    queue.push(new Work(data, (message) => scope.postMessage(message)));
    return work();
  }
  const asked = current?.id === data.id ? current : queue.find(({ id }) => id === data.id);
  if (data.kind === 'cancel') cancel(data.id);
  else if (data.kind === 'supply') asked?.supply(data.answers);
  else asked?.take(data.share);
};

/** @param {Extract<Request, { kind: 'load' }>} request */
async function load({ model: source, module: moduleUrl, keptOnly, manifest }) {
  try {
    const progress = throttled((/** @type {object} */ state) =>
      scope.postMessage({ kind: 'progress', ...state }),
    );
    const [module, opened] = await Promise.all([
      importModule(moduleUrl),
      source instanceof Blob || isLocalFile(source)
        ? openFile(source, progress)
        : openFolder(source, progress, keptOnly, manifest),
    ]);
    const { model, weights } = opened;
    ({ memory } = await module.default()); // it is there by now
    const loader = new module.Loader();
    for await (const bytes of weights) {
      for (let at = 0; at < bytes.length; at += PUSH_BYTES)
        loader.push(bytes.subarray(at, at + PUSH_BYTES));
    }
    engine = loader.finish();
    await opened.keep?.();
    scope.postMessage({
      kind: 'loaded',
      manifest: opened.manifest,
      info: {
        formats: module.formats(),
        defaultFormat: module.defaultFormat(),
        version: module.version(),
        model: { ...model, format: engine.format },
        description: engine.description,
      },
    });
  } catch (error) {
    scope.postMessage({ kind: 'failed', error: explained(error) });
  }
}

/**
 * What a model's manifest says, and its bytes on their way. `keep` is called when they have become a model.
 *
 * @typedef {import('./worker/manifest.js').Manifest} Manifest
 * @typedef {{ manifest?: Manifest, model: object, weights: AsyncIterable<Uint8Array>, keep?: () => Promise<void> }} Opened
 * @typedef {(progress: import('./worker/weights.js').WeightsProgress) => void} Progress
 *
 * @param {string} manifestUrl
 * @param {Progress} progress
 * @param {boolean} [keptOnly]  Whether to fail rather than download.
 * @param {Manifest} [known]  What to load, whatever the site has by now.
 * @returns {Promise<Opened>}
 */
async function openFolder(manifestUrl, progress, keptOnly, known) {
  const store = new Store((reason) =>
    scope.postMessage({ kind: 'warning', error: unkept(reason) }),
  );
  const local = isLocal(manifestUrl); // a second copy would be waste
  if (!local) await store.open();
  const onlyKept = keptOnly && !local;
  const start = { loaded: 0, total: 0, cached: 0 };
  const onRetry = (/** @type {number} */ attempt) => progress({ ...start, attempt });
  // Of a model that is known by now, the site may have a newer one: what is kept of that stays.
  const read = known ? undefined : await readManifest(manifestUrl, store, onRetry);
  const manifest = known ?? /** @type {Manifest} */ (read?.manifest);
  const { shards, url, ...model } = manifest;
  const weights = readWeights(manifest, store, progress, { keptOnly: onlyKept });
  return { manifest, model, weights, keep: read && (() => keepAlone(read, store)) };
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
  if (current?.id === id) current.cancel();
  const at = queue.findIndex((work) => work.id === id);
  if (at < 0) return;
  queue.splice(at, 1);
  scope.postMessage({ kind: 'done', id });
}

async function work() {
  if (current) return;
  while ((current = queue.shift())) {
    const { id } = current;
    try {
      await current.run(engine);
      scope.postMessage({ kind: 'done', id });
    } catch (reason) {
      scope.postMessage({ kind: 'error', id, error: explained(reason) });
    }
  }
}

/**
 * An error for the page. The module traps when the browser refuses it memory, and does not say so: then the reason is
 * asked for.
 *
 * @param {unknown} error
 */
function explained(error) {
  const plain = toPlain(error);
  if (!(error instanceof WebAssembly.RuntimeError)) return plain;
  try {
    memory?.grow(PROBE_PAGES); // after a trap nothing else is done with it
    return plain;
  } catch {
    return { ...plain, code: 'memory' };
  }
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
