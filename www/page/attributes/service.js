// The module that finds attributes, in its worker. It is started when it is first needed, and again after a failure.

import { Attributes } from '../../attributes.js';
import { unlessAborted } from '../../client/abort.js';
import { keyOf } from '../entities/order.js';
import { confinedWorker } from '../model/confined-worker.js';
import { VocabularyStore } from '../storage/vocabulary-store.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../entities/attributes.js').Wanted} Wanted
 */

const WORKER = new URL('../../attributes/worker.js', import.meta.url);

export class AttributesService {
  /** The reader's vocabularies, as files, on this device. */
  store = new VocabularyStore();
  /** @type {Promise<Attributes> | undefined} */
  #attributes;
  /** @type {Promise<void> | undefined} */
  #vocabularies;
  #restoring = new AbortController();
  /** Adds a vocabulary that an earlier visit has stored; does not reject. @type {(file: Blob, name: string) => Promise<unknown>} */
  onStored = (file, name) => this.add(file, name).catch(() => {});

  /**
   * The attributes of entities, by the key of each, and the sections of the text.
   *
   * @param {string} text
   * @param {Entity[]} entities
   * @param {Wanted} wanted
   */
  async annotate(text, entities, wanted) {
    const attributes = await this.#open();
    if (wanted.link) await this.#addStored();
    const { entities: annotated, sections } = await attributes.annotate(text, entities, wanted);
    const byKey = annotated.map((entity) => {
      const { assertion, temporality, experiencer, section, id } = entity;
      const candidates = wanted.link ? (entity.candidates ?? []) : undefined;
      const all = { assertion, temporality, experiencer, section, id, candidates };
      const known = Object.entries(all).filter(([, value]) => value !== undefined);
      return /** @type {const} */ ([keyOf(entity), Object.fromEntries(known)]);
    });
    return { attributes: new Map(byKey), sections };
  }

  /**
   * Adds a vocabulary of the reader's, which is asked before the built-in one. One of the same name is replaced.
   *
   * @param {Blob} file
   * @param {string} name
   * @param {import('../../attributes.d.ts').AddOptions} [options]
   */
  async add(file, name, options) {
    const attributes = await unlessAborted(this.#open(), options?.signal);
    return attributes.addVocabulary(file, name, options);
  }

  /** @param {string} name */
  async remove(name) {
    await this.store.remove(name);
    await (await this.#attributes)?.removeVocabulary(name);
  }

  /** Adds no more of the vocabularies that earlier visits have stored. */
  stopRestoring() {
    this.#restoring.abort();
  }

  /** Where the built-in vocabulary comes from, with the licences. */
  async sources() {
    return (await this.#open()).sources();
  }

  /** Takes all of the reader's vocabularies out of use, when none is stored any longer. */
  async forget() {
    const attributes = await this.#attributes;
    this.#attributes = undefined;
    this.#vocabularies = Promise.resolve();
    attributes?.close();
  }

  #open() {
    this.#attributes ??= Attributes.load({
      createWorker: () => confinedWorker('bioner-attributes', [WORKER]),
    }).catch((error) => {
      this.#attributes = undefined;
      throw error;
    });
    return this.#attributes;
  }

  /** Adds the vocabularies of earlier visits, once. One that can no longer be read is left out. */
  #addStored() {
    const { signal } = this.#restoring;
    this.#vocabularies ??= (async () => {
      for (const { name, file } of await this.store.all())
        if (!signal.aborted) await this.onStored(file, name);
    })();
    return this.#vocabularies;
  }
}
