// bioner for JavaScript: biomedical entities out of text, on this device.
//
//   const ner = await Bioner.load({ model: './models/default/' });
//   for await (const part of ner.extract(text, { types: ['Chemical', 'Disease'] })) show(part.entities);
//   ner.close();
//
// Types and documentation: client.d.ts.

import { abortError, BionerError } from './client/errors.js';
import { Pool } from './client/pool.js';
import { checkSupport } from './client/support.js';

export { BionerError };

/** @typedef {import('./client.d.ts').LoadOptions} LoadOptions */
/** @typedef {import('./client.d.ts').ExtractOptions} ExtractOptions */
/** @typedef {import('./client.d.ts').ModelInfo} ModelInfo */
/** @typedef {import('./client.d.ts').Part} Part */

/** The longest text `extract` takes, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 1_000_000;

/** A model loaded into workers. Made by `Bioner.load`. */
export class Bioner {
  #pool;
  /** @type {ModelInfo | undefined} */
  #info;

  /** @param {Pool} pool */
  constructor(pool) {
    this.#pool = pool;
  }

  /**
   * @param {LoadOptions} [options]
   * @returns {Promise<Bioner>}
   */
  static async load({
    model,
    module,
    workers,
    createWorker = moduleWorker,
    onProgress,
    onWarning,
    signal,
  } = {}) {
    if (signal?.aborted) throw abortError(signal);
    checkSupport();
    checkWorkers(workers);
    const options = {
      model: model instanceof Blob ? model : manifestUrl(model),
      module: absolute(module ?? new URL('./pkg/bioner.js', import.meta.url)),
      createWorker,
      onProgress,
      onWarning,
    };
    const ner = new Bioner(new Pool(options, workers));
    try {
      await unlessAborted(ner.#ready(), signal);
      return ner;
    } catch (error) {
      ner.close();
      throw error;
    }
  }

  /** What was loaded: the model, the formats it can be asked for, the versions. */
  get info() {
    return { .../** @type {ModelInfo} */ (this.#info), workers: this.#pool.size };
  }

  /** Resolves when the workers that load in the background have joined, and nothing is fetched any more. */
  get settled() {
    return this.#pool.settled;
  }

  /**
   * @param {string} text
   * @param {ExtractOptions} [options]
   * @returns {AsyncGenerator<Part, void, undefined>}
   */
  async *extract(text, { types, preset, format, together = false, raw = false, signal } = {}) {
    checkInput(text, types, preset);
    if (signal?.aborted) throw abortError(signal);
    await unlessAborted(this.#ready(), signal);
    const asked = { types, preset, format, together, raw };
    const { parts, cancel } = this.#pool.extract(text, asked);
    const onAbort = () => parts.fail(abortError(/** @type {AbortSignal} */ (signal)));
    signal?.addEventListener('abort', onAbort);
    try {
      for (let part = await parts.next(); part; part = await parts.next())
        yield asGiven(part, text);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      cancel();
    }
  }

  /** Stops the workers and frees the model. What is still running rejects. */
  close() {
    this.#pool.close();
  }

  async #ready() {
    this.#info = await this.#pool.ready();
  }
}

/**
 * What can be refused without asking the model.
 *
 * @param {unknown} text
 * @param {unknown} types
 * @param {unknown} preset
 */
function checkInput(text, types, preset) {
  if (typeof text !== 'string') throw new BionerError('input', 'The text must be a string.');
  if (text.length > MAX_TEXT_LENGTH) {
    throw new BionerError(
      'text-too-large',
      `The text has ${text.length} characters; ${MAX_TEXT_LENGTH} can be worked on at once. Split it, or use the command line: bioner extract FILE.`,
    );
  }
  // Which names can be asked for, and which presets there are, the module says.
  if (typeof preset === 'string' && types === undefined) return;
  if (preset !== undefined) {
    throw new BionerError(
      'input',
      "Name either types or a preset, for instance { preset: 'literature' }.",
    );
  }
  if (!Array.isArray(types) || !types.length || types.some((type) => typeof type !== 'string')) {
    const message =
      "Name at least one entity type, for instance { types: ['Chemical', 'Disease'] }.";
    throw new BionerError('types', message, { problem: { reason: 'none' } });
  }
}

/** @param {unknown} workers */
function checkWorkers(workers) {
  if (workers === undefined || (Number.isInteger(workers) && /** @type {number} */ (workers) >= 1))
    return;
  throw new BionerError('input', 'workers must be a whole number from 1 on.');
}

/**
 * The part with texts cut from the very string that was given. Lone surrogates do not survive the
 * way into the module (each becomes U+FFFD, as long as itself), so the offsets hold and only the
 * text has to be taken from here.
 *
 * @param {Part} part
 * @param {string} text
 * @returns {Part}
 */
function asGiven({ entities, raw, done, total }, text) {
  for (const entity of entities) entity.text = text.slice(entity.start, entity.end);
  return { entities, raw, done, total };
}

/**
 * Rejects as soon as the signal is aborted, whatever becomes of `promise`.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
async function unlessAborted(promise, signal) {
  if (!signal) return promise;
  /** @type {() => void} */
  let onAbort = () => {};
  const aborted = new Promise((_, reject) => {
    onAbort = () => reject(abortError(signal));
    signal.addEventListener('abort', onAbort);
  });
  try {
    return /** @type {T} */ (await Promise.race([promise, aborted]));
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** @param {string | URL} [model]  A folder with a manifest.json in it, or the manifest. */
function manifestUrl(model) {
  const url = absolute(model ?? new URL('./models/default/', import.meta.url));
  return url.endsWith('.json')
    ? url
    : new URL('manifest.json', url.endsWith('/') ? url : `${url}/`).href;
}

/** @param {string | URL} url  Relative ones refer to the page, as everywhere else. */
function absolute(url) {
  return new URL(url, globalThis.document?.baseURI ?? import.meta.url).href;
}

function moduleWorker() {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'bioner' });
}
