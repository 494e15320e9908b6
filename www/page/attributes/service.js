// The module that finds attributes, in its worker. It is started when it is first needed, and again after a failure.

import { Attributes } from '../../attributes.js';
import { keyOf } from '../entities/order.js';
import { confinedWorker } from '../model/confined-worker.js';
import { VocabularyStore } from '../storage/vocabulary-store.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../entities/attributes.js').Wanted} Wanted
 * @typedef {import('../../attributes.d.ts').AddedVocabulary} AddedVocabulary
 */

const WORKER = new URL('../../attributes/worker.js', import.meta.url);

export class AttributesService {
  /** The reader's vocabularies, as files, on this device. */
  store = new VocabularyStore();
  /** @type {Promise<Attributes> | undefined} */
  #attributes;
  /** @type {Promise<void> | undefined} */
  #vocabularies;
  /** Called for each vocabulary that an earlier visit has stored. @type {(name: string, report: Promise<AddedVocabulary>) => void} */
  onStored = () => {};

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
   * @param {(progress: { loaded: number, total: number }) => void} onProgress  Bytes.
   */
  async add(file, name, onProgress) {
    const attributes = await this.#open();
    return attributes.addVocabulary(file, name, { onProgress });
  }

  /** @param {string} name */
  async remove(name) {
    await this.store.remove(name);
    await (await this.#attributes)?.removeVocabulary(name);
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
    this.#vocabularies ??= (async () => {
      for (const { name, file } of await this.store.all()) {
        const added = this.add(file, name, () => {});
        this.onStored(name, added);
        await added.catch(() => {});
      }
    })();
    return this.#vocabularies;
  }
}
