// bioner for JavaScript: biomedical entities out of text, on this device.
//
//   const ner = await Bioner.load({ model: './models/default/' });
//   for await (const part of ner.extract(text, { types: ['Chemical', 'Disease'] })) show(part.entities);
//   ner.close();
//
// Types and documentation: client.d.ts.

import { abortError, unlessAborted } from './client/abort.js';
import { BionerError } from './client/errors.js';
import { absolute, checkText, MAX_TEXT_LENGTH } from './client/input.js';
import { Pool } from './client/pool.js';
import { isLocalFile } from './client/runtime.js';
import { checkSupport } from './client/support.js';

export { BionerError, MAX_TEXT_LENGTH };

/** @typedef {import('./client.d.ts').LoadOptions} LoadOptions */
/** @typedef {import('./client.d.ts').ExtractOptions} ExtractOptions */
/** @typedef {import('./client.d.ts').ModelInfo} ModelInfo */
/** @typedef {import('./client.d.ts').Part} Part */
/** @typedef {import('./client.d.ts').Entity} Entity */
/** @typedef {import('./client.d.ts').WorkerLike} WorkerLike */
/** @typedef {import('./attributes.js').Attributes} Attributes */
/** @typedef {import('./attributes.d.ts').AttributesOptions} AttributesOptions */

/** The preset whose texts deny and doubt what they name. */
const NOTES = 'note';

/** A model loaded into workers. Made by `Bioner.load`. */
export class Bioner {
  #pool;
  /** @type {ModelInfo | undefined} */
  #info;
  #attributesOptions;
  /** @type {Promise<Attributes> | undefined} fetched when they are first asked for */
  #attributes;
  #closed = false;

  /**
   * @param {Pool} pool
   * @param {AttributesOptions} attributesOptions
   */
  constructor(pool, attributesOptions) {
    this.#pool = pool;
    this.#attributesOptions = attributesOptions;
  }

  /**
   * @param {LoadOptions} [options]
   * @returns {Promise<Bioner>}
   */
  static async load({
    model,
    module,
    workers,
    createWorker,
    onProgress,
    onWarning,
    attributes,
    signal,
  } = {}) {
    if (signal?.aborted) throw abortError(signal);
    checkSupport(createWorker);
    checkWorkers(workers);
    const options = {
      model: model instanceof Blob ? model : modelUrl(model),
      module: absolute(module ?? new URL('./pkg/bioner.js', import.meta.url)),
      createWorker: createWorker ?? (await moduleWorker()),
      onProgress,
      onWarning,
    };
    // The two modules lie side by side.
    const beside = new URL('bioner_attributes.js', options.module);
    const ner = new Bioner(new Pool(options, workers), { module: beside, ...attributes });
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
  async *extract(text, options = {}) {
    const { types, preset, format, together = false, raw = false, signal } = options;
    const { assertion = preset === NOTES, sections = false, link = false } = options;
    checkInput(text, types, preset);
    if ([assertion, sections, link].some((option) => typeof option !== 'boolean'))
      throw new BionerError('input', 'assertion, sections and link must be true or false.');
    if (signal?.aborted) throw abortError(signal);
    const annotates = assertion || sections || link;
    // On its way while the model works. That it failed is told at the end, when it is needed.
    if (annotates) this.attributes().catch(() => {});
    await unlessAborted(this.#ready(), signal);
    const asked = { types, preset, format, together, raw };
    const { parts, cancel } = this.#pool.extract(text, asked);
    const onAbort = () => parts.fail(abortError(/** @type {AbortSignal} */ (signal)));
    signal?.addEventListener('abort', onAbort);
    /** @type {Entity[]} */
    const found = [];
    let total = 0;
    try {
      for (let part = await parts.next(); part; part = await parts.next()) {
        total = part.total;
        const given = asGiven(part, text);
        if (annotates) found.push(...given.entities.map((entity) => ({ ...entity })));
        yield given;
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
      cancel();
    }
    if (!annotates) return;
    const result = await this.annotate(text, found, { assertion, sections, link, signal });
    yield { entities: [], raw: [], done: total, total, result };
  }

  /**
   * @template {{ start: number, end: number, type?: string }} E
   * @param {string} text
   * @param {readonly E[]} entities
   * @param {import('./attributes.d.ts').AnnotateOptions} [options]
   */
  async annotate(text, entities, options = {}) {
    const { signal } = options;
    if (signal?.aborted) throw abortError(signal);
    const attributes = await unlessAborted(this.attributes(), signal);
    return attributes.annotate(text, entities, options);
  }

  /**
   * What gives entities their fields, loaded when it is first asked for.
   *
   * @returns {Promise<Attributes>}
   */
  attributes() {
    this.#attributes ??= this.#loadAttributes().catch((error) => {
      this.#attributes = undefined; // the next call tries again
      throw error;
    });
    return this.#attributes;
  }

  /** Stops the workers and frees the model. What is still running rejects. */
  close() {
    this.#closed = true;
    this.#pool.close();
    this.#attributes?.then((attributes) => attributes.close()).catch(() => {});
  }

  async #loadAttributes() {
    if (this.#closed) throw new BionerError('closed', 'The model has been closed.');
    const { Attributes } = await import('./attributes.js').catch((cause) => {
      const message = 'The program for assertion, sections and identifiers could not be loaded.';
      throw new BionerError('attributes-module', message, { cause });
    });
    return Attributes.load(this.#attributesOptions);
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
  checkText(text);
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
 * @param {string | URL} [model]  A folder with a manifest.json in it, or the manifest; or, without a page, the path of
 *   a GGUF file.
 */
function modelUrl(model) {
  const url = absolute(model ?? new URL('./models/default/', import.meta.url));
  return url.endsWith('.json') || isLocalFile(url)
    ? url
    : new URL('manifest.json', url.endsWith('/') ? url : `${url}/`).href;
}

/**
 * What starts the worker.
 *
 * @returns {Promise<() => WorkerLike>}
 */
async function moduleWorker() {
  if (typeof Worker !== 'function') return (await import('./node/start.js')).threads('worker.js');
  return () =>
    new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'bioner' });
}
