// Stores documents between visits.

import { Database } from './database.js';

/**
 * A document as it is stored: plain values only.
 *
 * @typedef {object} StoredDocument
 * @property {number} key
 * @property {string} name
 * @property {string} text
 * @property {'waiting' | 'done' | 'failed'} state
 * @property {string} [error]  A code.
 * @property {StoredResults} [results]
 * @property {Partial<import('../entities/edits.js').Edit>} [edit]  The reader's decisions, while it has no results.
 * @property {number} [titleEnd]  The last three fields are those of documents/read.js.
 * @property {import('../documents/read.js').Annotation[]} [given]
 * @property {string[]} [givenTypes]
 *
 * @typedef {Pick<import('../state/state.js').Results, 'types' | 'format' | 'found' | 'raw' | 'total' | 'annotation'>
 *   & { edit: Partial<import('../entities/edits.js').Edit>, wanted?: import('../entities/attributes.js').Wanted }} StoredResults
 */

export class DocumentStore {
  #database;

  /** @param {() => void} onFailure  Called whenever something could not be stored or read. */
  constructor(onFailure) {
    this.#database = new Database('documents', onFailure);
  }

  /**
   * All documents, in the order in which they were added.
   *
   * @returns {Promise<StoredDocument[]>}
   */
  async all() {
    return (await this.#database.transact('readonly', (store) => store.getAll())) ?? [];
  }

  /** Adds documents, or replaces those with the same key. @param {StoredDocument[]} documents */
  async put(documents) {
    await this.#database.transact('readwrite', (store) =>
      documents.map((document) => store.put(document)).at(-1),
    );
  }

  /** @param {number[]} keys */
  async remove(keys) {
    await this.#database.transact('readwrite', (store) =>
      keys.map((key) => store.delete(key)).at(-1),
    );
  }

  /** Deletes the database, with all that is stored in it. */
  async destroy() {
    await this.#database.destroy();
  }
}
