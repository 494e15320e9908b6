// Stores documents between visits, in IndexedDB. A browser may have none (in private windows) or no room left.
// So everything here may fail; a failure is reported and affects nothing else on the page.

const NAME = 'bioner';
const DOCUMENTS = 'documents';

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
 * @typedef {Pick<import('../state/state.js').Results, 'types' | 'format' | 'found' | 'raw' | 'total'>
 *   & { edit: Partial<import('../entities/edits.js').Edit> }} StoredResults
 */

export class DocumentStore {
  /** @type {Promise<IDBDatabase> | undefined} */
  #database;
  #onFailure;

  /** @param {() => void} onFailure  Called whenever something could not be stored or read. */
  constructor(onFailure) {
    this.#onFailure = onFailure;
  }

  /**
   * All documents, in the order in which they were added.
   *
   * @returns {Promise<StoredDocument[]>}
   */
  async all() {
    return (await this.#transact('readonly', (store) => store.getAll())) ?? [];
  }

  /** Adds documents, or replaces those with the same key. @param {StoredDocument[]} documents */
  async put(documents) {
    await this.#transact('readwrite', (store) =>
      documents.map((document) => store.put(document)).at(-1),
    );
  }

  /** @param {number[]} keys */
  async remove(keys) {
    await this.#transact('readwrite', (store) => keys.map((key) => store.delete(key)).at(-1));
  }

  /** Deletes the database itself. */
  async destroy() {
    const open = this.#database;
    this.#database = undefined;
    try {
      (await open)?.close();
    } catch {
      // It could not be opened.
    }
    await resultOf(indexedDB.deleteDatabase(NAME)).catch(this.#onFailure);
  }

  /**
   * Runs one transaction. Resolves with the result of the request that `work` returns, when all of it is done.
   *
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T> | undefined} work
   * @returns {Promise<T | undefined>}
   */
  async #transact(mode, work) {
    try {
      const database = await (this.#database ??= open());
      const transaction = database.transaction(DOCUMENTS, mode);
      const request = work(transaction.objectStore(DOCUMENTS));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return request?.result;
    } catch (error) {
      console.warn(error);
      this.#onFailure();
    }
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(DOCUMENTS, { keyPath: 'key' });
  return resultOf(request).then((database) => {
    // Another tab deletes the database or upgrades it: an open connection would block that.
    database.onversionchange = () => database.close();
    return database;
  });
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
