// The optional fields of entities, on this device and without a model: what the text says of each mention
// (assertion), the section it stands in, and its identifier in a vocabulary.
//
//   const attributes = await Attributes.load();
//   const { entities, sections } = await attributes.annotate(text, given, { assertion: true, link: true });
//   attributes.close();
//
// Types and documentation: attributes.d.ts.

import { Link } from './attributes/link.js';
import { abortError, unlessAborted } from './client/abort.js';
import { BionerError } from './client/errors.js';
import { absolute, checkText } from './client/input.js';
import { checkWorkers } from './client/support.js';

/** @typedef {import('./attributes.d.ts').AttributesOptions} AttributesOptions */
/** @typedef {import('./attributes.d.ts').AnnotateOptions} AnnotateOptions */
/** @typedef {import('./attributes.d.ts').AddOptions} AddOptions */
/** @typedef {import('./attributes.d.ts').AddedVocabulary} AddedVocabulary */
/** @typedef {import('./attributes.d.ts').VocabularySource} VocabularySource */
/** @typedef {import('./attributes/link.js').Asked} Asked */
/** @typedef {import('./client.d.ts').WorkerLike} WorkerLike */

/** What each option of `annotate` asks for: the fields that it sets. */
const FIELDS = {
  assertion: ['assertion', 'temporality', 'experiencer'],
  sections: ['section'],
  link: ['id', 'candidates'],
};

/** What gives entities their fields. Made by `Attributes.load`. */
export class Attributes {
  #options;
  /** @type {Promise<Link> | undefined} */
  #link;
  /** The user's vocabularies, in the order in which they are asked. @type {Map<string, Blob>} */
  #own = new Map();
  #closed = false;

  /** @param {{ module: string, vocabulary: string | null, createWorker: () => WorkerLike, onProgress?: AttributesOptions['onProgress'] }} options */
  constructor(options) {
    this.#options = options;
  }

  /**
   * @param {AttributesOptions} [options]
   * @returns {Promise<Attributes>}
   */
  static async load({ module, vocabulary, createWorker, onProgress, signal } = {}) {
    if (signal?.aborted) throw abortError(signal);
    checkWorkers(createWorker);
    const script = absolute(module ?? new URL('./pkg/bioner_attributes.js', import.meta.url));
    const attributes = new Attributes({
      module: script,
      vocabulary: vocabulary === null ? null : manifestUrl(vocabulary, script),
      createWorker: createWorker ?? (await attributesWorker()),
      onProgress,
    });
    try {
      await unlessAborted(attributes.#ready(), signal);
      return attributes;
    } catch (error) {
      attributes.close();
      throw error;
    }
  }

  /**
   * @template {{ start: number, end: number, type?: string }} E
   * @param {string} text
   * @param {readonly E[]} entities
   * @param {AnnotateOptions} [options]
   * @returns {Promise<import('./attributes.d.ts').Annotated<E>>}
   */
  async annotate(text, entities, { signal, ...options } = {}) {
    checkText(text);
    const mentions = mentionsOf(entities);
    const asked = askedFor(options);
    if (signal?.aborted) throw abortError(signal);
    const request = /** @type {const} */ ({ kind: 'annotate', text, entities: mentions, asked });
    const { fields, sections } = await this.#ask(request, signal);
    const annotated = entities.map((entity, at) => {
      const copy = /** @type {any} */ ({ ...entity });
      for (const [option, names] of Object.entries(FIELDS))
        if (asked[/** @type {keyof Asked} */ (option)]) for (const name of names) delete copy[name];
      return Object.assign(copy, fields[at]);
    });
    return { entities: annotated, sections };
  }

  /**
   * @param {Blob} file
   * @param {string} name
   * @param {AddOptions} [options]
   * @returns {Promise<AddedVocabulary>}
   */
  async addVocabulary(file, name, { onProgress, signal } = {}) {
    if (!(file instanceof Blob)) throw new BionerError('input', 'The vocabulary must be a file.');
    if (typeof name !== 'string' || !name)
      throw new BionerError('input', 'The vocabulary needs a name.');
    if (signal?.aborted) throw abortError(signal);
    try {
      const added = await this.#ask({ kind: 'add', name, file }, signal, onProgress);
      this.#own.set(name, file);
      return added;
    } catch (error) {
      // Aborted too late for the worker to stop: it is there by now.
      if (signal?.aborted && !this.#own.has(name)) this.removeVocabulary(name).catch(() => {});
      throw error;
    }
  }

  /**
   * @param {string} name
   * @returns {Promise<boolean>}
   */
  async removeVocabulary(name) {
    this.#own.delete(name);
    return this.#ask({ kind: 'remove', name: String(name) });
  }

  /** @returns {Promise<VocabularySource[]>} */
  async sources() {
    return this.#ask({ kind: 'sources' });
  }

  /** Stops the worker and frees the vocabularies. What is still running rejects. */
  close() {
    this.#closed = true;
    this.#link?.then((link) => link.end(closed())).catch(() => {});
  }

  /**
   * @param {import('./attributes/link.js').Request} request
   * @param {AbortSignal} [signal]
   * @param {(progress: any) => void} [onProgress]
   * @returns {Promise<any>}
   */
  async #ask(request, signal, onProgress) {
    const link = await unlessAborted(this.#ready(), signal);
    const { answer, cancel } = link.ask(request, onProgress);
    try {
      return await unlessAborted(answer, signal);
    } finally {
      cancel(); // nothing to do where the answer has come
    }
  }

  /**
   * The worker; it is started if there is none, or it has died.
   *
   * @returns {Promise<Link>}
   */
  async #ready() {
    if (this.#closed) throw closed();
    this.#link ??= this.#start();
    const starting = this.#link;
    const forget = () => {
      if (this.#link === starting) this.#link = undefined;
    };
    const link = await starting.catch((error) => {
      forget(); // the next call tries again
      throw error;
    });
    if (this.#closed) throw closed();
    if (!link.dead) return link;
    forget();
    return this.#ready();
  }

  async #start() {
    const { module, vocabulary, createWorker, onProgress } = this.#options;
    const link = new Link(createWorker, onProgress);
    try {
      await link.ask({ kind: 'load', module, vocabulary }).answer;
      for (const [name, file] of this.#own) await link.ask({ kind: 'add', name, file }).answer;
      return link;
    } catch (error) {
      link.end(/** @type {Error} */ (error));
      throw error;
    }
  }
}

/**
 * What the worker has to know of the entities.
 *
 * @param {unknown} entities
 */
function mentionsOf(entities) {
  if (!Array.isArray(entities)) throw new BionerError('input', 'The entities must be an array.');
  return entities.map((entity, at) => {
    const { start, end, type } = entity ?? {};
    if (Number.isInteger(start) && Number.isInteger(end) && typeof (type ?? '') === 'string')
      return { start, end, type };
    throw new BionerError(
      'input',
      `Entity ${at + 1} needs whole numbers start and end, and its type must be a string.`,
    );
  });
}

/**
 * @param {Record<string, unknown>} options
 * @returns {Asked}
 */
function askedFor(options) {
  for (const [name, value] of Object.entries(options)) {
    if (!(name in FIELDS)) {
      throw new BionerError(
        'input',
        `There is no option ${name}; there are ${Object.keys(FIELDS).join(', ')} and signal.`,
      );
    }
    if (value !== undefined && typeof value !== 'boolean')
      throw new BionerError('input', `The option ${name} must be true or false.`);
  }
  const {
    assertion = false,
    sections = false,
    link = false,
  } = /** @type {Partial<Asked>} */ (options);
  return { assertion, sections, link };
}

/**
 * @param {string | URL | undefined} folder  By default the one beside the module's.
 * @param {string} module
 */
function manifestUrl(folder, module) {
  const url = folder === undefined ? new URL('../vocabulary/', module).href : absolute(folder);
  return url.endsWith('.json')
    ? url
    : new URL('manifest.json', url.endsWith('/') ? url : `${url}/`).href;
}

function closed() {
  return new BionerError('closed', 'The attributes have been closed.');
}

/**
 * What starts the worker.
 *
 * @returns {Promise<() => WorkerLike>}
 */
async function attributesWorker() {
  if (typeof Worker !== 'function')
    return (await import('./node/start.js')).threads('attributes/worker.js');
  return () =>
    new Worker(new URL('./attributes/worker.js', import.meta.url), {
      type: 'module',
      name: 'bioner attributes',
    });
}
