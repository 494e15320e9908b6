// What is stored between visits, in IndexedDB. A browser may have none (in private windows) or no room left. So
// everything here may fail; a failure is reported and affects nothing else on the page.

const NAME = 'bioner';
const VERSION = 2;
/** A database that does not open within this time is none: the page does not wait for it any longer. */
const PATIENCE_MS = 10_000;

/** The stores, with the field of a value that is its key. */
const KEYS = { documents: 'key', vocabularies: 'name' };

/** The database, for one of its stores. */
export class Database {
  #store;
  #onFailure;
  /** @type {Promise<IDBDatabase | undefined> | undefined} */
  #open;

  /**
   * @param {keyof typeof KEYS} store
   * @param {(why: unknown) => void} onFailure  Called whenever something could not be stored or read.
   */
  constructor(store, onFailure) {
    this.#store = store;
    this.#onFailure = onFailure;
  }

  /**
   * Runs one transaction. Resolves with the results of the requests that `work` returns when all of it is done, or with
   * undefined if it failed. Reading creates no database: where there is none, there are no results.
   *
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest<T>[]} work
   * @returns {Promise<T[] | undefined>}
   */
  async transact(mode, work) {
    try {
      const mayCreate = mode === 'readwrite';
      let database = await this.#opened(mayCreate);
      while (!database && mayCreate) database = await this.#opened(mayCreate); // it was opened for reading
      if (!database) return [];
      const transaction = database.transaction(this.#store, mode);
      const requests = work(transaction.objectStore(this.#store));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      return requests.map(({ result }) => result);
    } catch (error) {
      console.warn(error);
      this.#onFailure(error);
    }
  }

  /**
   * The open database, if there is one or it may be created. What has failed is tried again with the next transaction.
   *
   * @param {boolean} mayCreate
   */
  #opened(mayCreate) {
    const forget = () => {
      if (this.#open === opening) this.#open = undefined;
    };
    const opening = (this.#open ??= open(mayCreate, forget));
    opening.then((database) => database ?? forget(), forget);
    return opening;
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
 * @param {boolean} mayCreate
 * @param {() => void} onClose  Called when the connection is closed from outside.
 * @returns {Promise<IDBDatabase | undefined>}  Undefined if there is no database, and it may not be created.
 */
async function open(mayCreate, onClose) {
  const request = indexedDB.open(NAME, VERSION);
  let isMissing = false;
  request.onupgradeneeded = ({ oldVersion }) => {
    isMissing = oldVersion === 0 && !mayCreate;
    if (isMissing) return request.transaction?.abort(); // the browser then creates none
    const database = request.result;
    for (const [name, keyPath] of Object.entries(KEYS))
      if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, { keyPath });
  };
  const database = await inTime(request).catch((error) => {
    if (!isMissing) throw error;
  });
  if (!database) return;
  // Another tab deletes the database or upgrades it: an open connection would block that.
  database.onversionchange = () => {
    database.close();
    onClose();
  };
  database.onclose = onClose; // the browser has deleted it
  return database;
}

/**
 * The database, if it opens in time. A tab of an old version that holds it open may block it.
 *
 * @param {IDBOpenDBRequest} request
 * @returns {Promise<IDBDatabase>}
 */
async function inTime(request) {
  const opening = resultOf(request);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    const giveUp = () => reject(new DOMException('', 'TimeoutError'));
    timer = setTimeout(giveUp, PATIENCE_MS);
  });
  try {
    return await Promise.race([opening, late]);
  } catch (error) {
    opening.then((database) => database.close()).catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
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
