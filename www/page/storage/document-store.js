// Stores documents between visits, and tells the other tabs of the page what has changed.

import { Database } from './database.js';

const CHANNEL = 'bioner-documents';

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

/**
 * What another tab has changed. After `all`, anything may be different.
 *
 * @typedef {{ put?: number[], removed?: number[], all?: boolean }} Change  Lists of keys.
 */

export class DocumentStore {
  #database;
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /**
   * @param {(why: unknown) => void} onFailure  Called whenever something could not be stored or read.
   * @param {(change: Change) => void} onChange  Called when another tab has stored or removed documents.
   */
  constructor(onFailure, onChange) {
    this.#database = new Database('documents', onFailure);
    if (typeof BroadcastChannel !== 'function') return;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.onmessage = ({ data }) => onChange(data);
    // While the browser kept the page aside, nothing was heard.
    addEventListener('pageshow', ({ persisted }) => persisted && onChange({ all: true }));
  }

  /**
   * All documents, in the order in which they were added; undefined if they cannot be read.
   *
   * @returns {Promise<StoredDocument[] | undefined>}
   */
  async all() {
    const results = await this.#database.transact('readonly', (store) => [store.getAll()]);
    return results && (results[0] ?? []);
  }

  /**
   * Those of the documents that are there.
   *
   * @param {number[]} keys
   * @returns {Promise<StoredDocument[]>}
   */
  async some(keys) {
    const results = await this.#database.transact('readonly', (store) =>
      keys.map((key) => store.get(key)),
    );
    return (results ?? []).filter(Boolean);
  }

  /** Adds documents, or replaces those with the same key. @param {StoredDocument[]} documents */
  async put(documents) {
    const put = await this.#database.transact('readwrite', (store) =>
      documents.map((document) => store.put(document)),
    );
    if (put) this.#tell({ put: documents.map(({ key }) => key) });
  }

  /** @param {number[]} keys */
  async remove(keys) {
    await this.#database.transact('readwrite', (store) => keys.map((key) => store.delete(key)));
    this.#tell({ removed: keys });
  }

  /** Deletes the database, with all that is stored in it. */
  async destroy() {
    await this.#database.destroy();
    this.#tell({ all: true });
  }

  /** @param {Change} change */
  #tell(change) {
    this.#channel?.postMessage(change);
  }
}
