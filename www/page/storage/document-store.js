// Documents kept between visits, in IndexedDB. A browser may have none (private windows) or no room
// left: everything here may fail, and says so once, without harm to what is on the page.

const NAME = 'bioner';
const DOCUMENTS = 'documents';

/**
 * A document as it is kept: plain values only.
 *
 * @typedef {object} Kept
 * @property {number} key
 * @property {string} name
 * @property {string} text
 * @property {'waiting' | 'done' | 'failed'} state
 * @property {string} [error]  A code.
 * @property {KeptResults} [results]
 * @property {number} [titleEnd]  These three as in documents/read.js.
 * @property {import('../documents/read.js').Annotation[]} [given]
 * @property {string[]} [givenTypes]
 *
 * @typedef {Pick<import('../state/state.js').Results, 'types' | 'format' | 'found' | 'raw' | 'total'>
 *   & { edit: import('../entities/edits.js').Edit }} KeptResults
 */

export class DocumentStore {
  /** @type {Promise<IDBDatabase> | undefined} */
  #database;
  #onFailure;

  /** @param {() => void} onFailure  Called when something could not be kept. */
  constructor(onFailure) {
    this.#onFailure = onFailure;
  }

  /**
   * All that is kept, in the order it came.
   *
   * @returns {Promise<Kept[]>}
   */
  async all() {
    return (await this.#do('readonly', (store) => store.getAll())) ?? [];
  }

  /** @param {Kept[]} documents  New ones, or new states of known ones. */
  async put(documents) {
    await this.#do('readwrite', (store) => documents.map((document) => store.put(document)).at(-1));
  }

  /** @param {number[]} keys */
  async remove(keys) {
    await this.#do('readwrite', (store) => keys.map((key) => store.delete(key)).at(-1));
  }

  /** Deletes the database itself. */
  async destroy() {
    const open = this.#database;
    this.#database = undefined;
    try {
      (await open)?.close();
    } catch {
      // It was never there.
    }
    await settled(indexedDB.deleteDatabase(NAME)).catch(this.#onFailure);
  }

  /**
   * One transaction; resolves with the result of the last request when all of it is on the disk.
   *
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T> | undefined} work
   * @returns {Promise<T | undefined>}
   */
  async #do(mode, work) {
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
  return settled(request).then((database) => {
    // Another tab deletes everything, or brings a newer version: do not stand in its way.
    database.onversionchange = () => database.close();
    return database;
  });
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
