// The documents that the reader has opened. Every change of a document is made here, so that it is stored on the
// device and the page is updated.

import { ready } from '../../shared/documents.js';
import { isEdited } from '../entities/edits.js';
import { sourceOf } from '../state/results.js';
import { DocumentStore } from '../storage/document-store.js';
import { fromStored, restored, toStored } from './stored.js';

/** So that keys stay exact numbers until the year 2106, and are above those of earlier versions. */
const KEYS_A_SECOND = 2 ** 21;

/**
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('../storage/document-store.js').StoredDocument} StoredDocument
 *
 * @typedef {object} Document
 * @property {number} key
 * @property {string} name     Its id in the file, or the name of the file.
 * @property {string} text
 * @property {'waiting' | 'working' | 'done' | 'failed'} state
 * @property {string} [error]  A code, if it has failed.
 * @property {Results} [results]
 * @property {Partial<import('../entities/edits.js').Edit>} [edit]  The reader's decisions, while it has no results.
 * @property {number} [titleEnd]  The last three fields are those of read.js.
 * @property {import('./read.js').Annotation[]} [given]
 * @property {string[]} [givenTypes]
 */

export class Documents {
  #state;
  #store;
  /** @type {Document[]} */
  #list = [];
  #lastKey = 0;
  /** What is done about the changes of other tabs: one after the other. @type {Promise<unknown>} */
  #following = Promise.resolve();

  /** @param {import('../state/state.js').State} state */
  constructor(state) {
    this.#state = state;
    const onFailure = (/** @type {any} */ why) =>
      state.set({ stored: why?.name === 'VersionError' ? 'newer' : 'no' });
    this.#store = new DocumentStore(onFailure, (change) => this.#follow(change));
  }

  /** Restores the documents that an earlier visit has stored. */
  restore() {
    return (this.#following = this.#restore());
  }

  async #restore() {
    const stored = (await this.#store.all()) ?? [];
    // The documents module marks abbreviations. If it cannot be loaded, only they are missing.
    if (stored.some(({ results }) => results)) await ready().catch(() => {});
    const { documents, unreadable } = restored(stored, this.#state.values.abbreviations);
    this.#list = [...documents, ...this.#list];
    for (const { key } of documents) this.#lastKey = Math.max(this.#lastKey, key);
    this.#state.set({ unreadable });
    if (documents.length) this.#publish();
  }

  /** The documents that wait for extraction, in order. */
  get waiting() {
    return this.#list.filter(({ state }) => state === 'waiting');
  }

  /** Adds documents. Resolves when they are stored, or cannot be. @param {import('./read.js').NewDocument[]} added */
  async add(added) {
    this.#lastKey = newKey(this.#lastKey);
    const documents = added.map((document) =>
      fromStored(
        {
          key: this.#lastKey++,
          ...sourceOf(document),
          state: document.results ? 'done' : 'waiting',
          edit: document.edit,
          results: document.results,
        },
        this.#state.values.abbreviations,
      ),
    );
    this.#list = [...this.#list, ...documents];
    this.#publish();
    await this.#save(documents);
  }

  /**
   * @param {Document} document
   * @param {Partial<Document>} changes
   */
  change(document, changes) {
    if (!this.#list.includes(document)) return; // removed while it was worked on
    if ('results' in changes) keepDecisions(document);
    Object.assign(document, changes);
    if (document.state !== 'working') this.#save([document]); // unfinished results are not stored
    this.#publish();
    if (this.#state.values.open === document) this.#showOpen();
  }

  /** Stores the corrections of the documents that have these results. @param {...Results} changed */
  storeCorrections(...changed) {
    const all = new Set(changed);
    const documents = this.#list.filter(({ results }) => results && all.has(results));
    if (!documents.length) return;
    this.#save(documents);
    this.#publish();
  }

  /** Shows a document's results. @param {Document} document */
  open(document) {
    this.#state.set({ open: document, results: document.results, selected: undefined });
  }

  /** Shows the results of the text in the box again, if there are any. */
  close() {
    const { boxResults } = this.#state.values;
    this.#state.set({ open: undefined, results: boxResults, selected: undefined });
  }

  /** Shows the open document as it is now. Without results it is closed. */
  #showOpen() {
    const { open } = this.#state.values;
    if (open?.results) this.#state.set({ results: open.results });
    else if (open) this.close();
  }

  /** @param {Document[]} documents */
  remove(documents) {
    const gone = new Set(documents);
    this.#list = this.#list.filter((document) => !gone.has(document));
    this.#store.remove(documents.map(({ key }) => key));
    this.#close(gone);
    this.#publish();
  }

  /**
   * Makes documents wait again, without results. The reader's decisions stay.
   *
   * @param {(document: Document) => boolean} [which]  All of them, if it is left out.
   */
  reset(which = () => true) {
    const again = this.#list.filter(which);
    for (const document of again) {
      keepDecisions(document);
      Object.assign(document, { state: 'waiting', results: undefined, error: undefined });
    }
    this.#save(again);
    this.#close(new Set(again));
    this.#publish();
  }

  /** Removes all documents and their database. */
  async destroy() {
    this.#close(new Set(this.#list));
    this.#list = [];
    this.#publish();
    await this.#store.destroy();
  }

  /** Stops showing results if they are of one of these documents. @param {ReadonlySet<Document>} documents */
  #close(documents) {
    const { open } = this.#state.values;
    if (open && documents.has(open)) this.close();
  }

  #publish() {
    this.#state.set({ documents: this.#list });
  }

  /** @param {Document[]} documents */
  #save(documents) {
    return this.#store.put(documents.map(toStored));
  }

  /**
   * Does what another tab has done. Otherwise this tab would show what there is no longer, and store it again with its
   * next change.
   *
   * @param {import('../storage/document-store.js').Change} change
   */
  #follow(change) {
    this.#following = this.#following.then(() => this.#take(change)).catch(console.warn);
  }

  /** @param {import('../storage/document-store.js').Change} change */
  async #take({ put = [], removed = [], all = false }) {
    const news = all ? await this.#store.all() : await this.#store.some(put);
    if (!news) return; // nothing can be read: what is here stays
    const there = new Set(news.map(({ key }) => key));
    const isGone = (/** @type {Document} */ { key }) =>
      removed.includes(key) || (all && !there.has(key));
    const gone = new Set(this.#list.filter(isGone));
    const kept = this.#list.filter((document) => !gone.has(document));
    const { documents } = restored(news, this.#state.values.abbreviations);
    this.#list = merged(kept, documents);
    this.#close(gone);
    this.#publish();
    const { open } = this.#state.values;
    if (!open || !documents.some(({ key }) => key === open.key)) return;
    this.#state.set({ selected: undefined });
    this.#showOpen();
  }
}

/**
 * The documents with those that another tab has stored. One that is worked on here stays as it is.
 *
 * @param {Document[]} here
 * @param {Document[]} news
 */
function merged(here, news) {
  const known = new Map(here.map((document) => [document.key, document]));
  for (const document of news) {
    const old = known.get(document.key);
    if (!old) known.set(document.key, document);
    else if (old.state !== 'working') Object.assign(old, EMPTY, document);
  }
  return [...known.values()].sort((a, b) => a.key - b.key);
}

/** The fields that a document may lack. */
const EMPTY = { error: undefined, results: undefined, edit: undefined };

/**
 * The first key for documents that are added: above the last one, and growing with the seconds. Two tabs that add
 * documents at the same time take different ones, as far as chance goes.
 *
 * @param {number} last
 */
function newKey(last) {
  const now = Math.floor(Date.now() / 1000) * KEYS_A_SECOND;
  return Math.max(last, now) + 1 + Math.floor(Math.random() * KEYS_A_SECOND);
}

/** Whether the reader has corrected a document or decided on its entities. @param {Document} document */
export function isReviewed({ results, edit }) {
  const now = results?.edits.now ?? edit;
  return Boolean(now && isEdited(now));
}

/** Keeps what the reader has decided on a document whose results are about to go. @param {Document} document */
function keepDecisions(document) {
  if (document.results) document.edit = document.results.edits.now;
}
