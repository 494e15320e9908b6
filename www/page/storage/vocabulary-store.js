// Stores the reader's vocabularies between visits, as the files that they are.

import { Database } from './database.js';

/** @typedef {{ name: string, file: Blob }} StoredVocabulary */

export class VocabularyStore {
  /** Whether everything so far could be stored. */
  works = true;
  #database = new Database('vocabularies', () => (this.works = false));

  /** @returns {Promise<StoredVocabulary[]>} */
  async all() {
    const results = await this.#database.transact('readonly', (store) => [store.getAll()]);
    return results?.[0] ?? [];
  }

  /** Adds a vocabulary, or replaces the one of the same name. @param {StoredVocabulary} vocabulary */
  async put(vocabulary) {
    await this.#database.transact('readwrite', (store) => [store.put(vocabulary)]);
  }

  /** @param {string} name */
  async remove(name) {
    await this.#database.transact('readwrite', (store) => [store.delete(name)]);
  }
}
