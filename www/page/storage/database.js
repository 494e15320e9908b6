// What is stored between visits, in IndexedDB. A browser may have none (in private windows) or no room left. So
// everything here may fail; a failure is reported and affects nothing else on the page.

const NAME = 'bioner';
const VERSION = 2;

/** The stores, with the field of a value that is its key. */
const KEYS = { documents: 'key', vocabularies: 'name' };

/** The database, for one of its stores. */
export class Database {
  #store;
  #onFailure;
  /** @type {Promise<IDBDatabase> | undefined} */
  #open;

  /**
   * @param {keyof typeof KEYS} store
   * @param {() => void} onFailure  Called whenever something could not be stored or read.
   */
  constructor(store, onFailure) {
    this.#store = store;
    this.#onFailure = onFailure;
  }

  /**
   * Runs one transaction. Resolves with the result of the request that `work` returns, when all of it is done, or
   * with undefined if it failed.
   *
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T> | undefined} work
   * @returns {Promise<T | undefined>}
   */
  async transact(mode, work) {
    try {
      const database = await (this.#open ??= open(() => (this.#open = undefined)));
      const transaction = database.transaction(this.#store, mode);
      const request = work(transaction.objectStore(this.#store));
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

  /** Deletes the database with all its stores. */
  async destroy() {
    const opened = this.#open;
    this.#open = undefined;
    try {
      (await opened)?.close();
    } catch {
      // It could not be opened.
    }
    await resultOf(indexedDB.deleteDatabase(NAME)).catch(this.#onFailure);
  }
}

/**
 * @param {() => void} onClose  Called when the connection is closed from outside.
 * @returns {Promise<IDBDatabase>}
 */
function open(onClose) {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const database = request.result;
    for (const [name, keyPath] of Object.entries(KEYS))
      if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, { keyPath });
  };
  return resultOf(request).then((database) => {
    // Another tab deletes the database or upgrades it: an open connection would block that.
    database.onversionchange = () => {
      database.close();
      onClose();
    };
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
