// The documents that the reader has opened. Every change of a document is made here, so that it is stored on the
// device and the page is updated.

import { ready } from '../../shared/documents.js';
import { NO_ATTRIBUTES } from '../entities/attributes.js';
import { noEdits } from '../entities/edits.js';
import { entitiesOf } from '../entities/visible.js';
import { newResults, sourceOf } from '../state/results.js';
import { DocumentStore } from '../storage/document-store.js';

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

  /** @param {import('../state/state.js').State} state */
  constructor(state) {
    this.#state = state;
    this.#store = new DocumentStore(() => state.set({ stored: false }));
  }

  /** Restores the documents that an earlier visit has stored. */
  async restore() {
    const stored = await this.#store.all();
    // The documents module marks abbreviations. If it cannot be loaded, only they are missing.
    if (stored.some(({ results }) => results)) await ready().catch(() => {});
    this.#list = [...stored.map((document) => this.#fromStored(document)), ...this.#list];
    for (const { key } of stored) this.#lastKey = Math.max(this.#lastKey, key);
    if (stored.length) this.#publish();
  }

  /** The documents that wait for extraction, in order. */
  get waiting() {
    return this.#list.filter(({ state }) => state === 'waiting');
  }

  /** @param {import('./read.js').NewDocument[]} added */
  add(added) {
    // Keys grow with time, so that keys of two tabs are unlikely to be the same.
    this.#lastKey = Math.max(this.#lastKey, Date.now() * 1000);
    const documents = added.map((document) => {
      return /** @type {Document} */ ({
        key: ++this.#lastKey,
        ...sourceOf(document),
        state: 'waiting',
      });
    });
    this.#list = [...this.#list, ...documents];
    this.#save(documents);
    this.#publish();
  }

  /**
   * @param {Document} document
   * @param {Partial<Document>} changes
   */
  change(document, changes) {
    if (!this.#list.includes(document)) return; // removed while it was worked on
    Object.assign(document, changes);
    if (document.state !== 'working') this.#save([document]); // unfinished results are not stored
    this.#publish();
    if (this.#state.values.open === document) this.#state.set({ results: document.results });
  }

  /** Stores the corrections of the document that has these results, if there is one. @param {Results} results */
  storeCorrections(results) {
    const document = this.#list.find((candidate) => candidate.results === results);
    if (!document) return;
    this.#save([document]);
    this.#publish();
  }

  /** Shows a document's results. @param {Document} document */
  open(document) {
    this.#state.set({ open: document, results: document.results, selected: undefined });
  }

  /** @param {Document[]} documents */
  remove(documents) {
    const gone = new Set(documents);
    this.#list = this.#list.filter((document) => !gone.has(document));
    this.#store.remove(documents.map(({ key }) => key));
    this.#close(gone);
    this.#publish();
  }

  /** Makes all documents wait again, without results. */
  reset() {
    for (const document of this.#list)
      Object.assign(document, { state: 'waiting', results: undefined, error: undefined });
    this.#save(this.#list);
    this.#close(new Set(this.#list));
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
    if (open && documents.has(open))
      this.#state.set({ open: undefined, results: undefined, selected: undefined });
  }

  #publish() {
    this.#state.set({ documents: this.#list });
  }

  /** @param {Document[]} documents */
  #save(documents) {
    this.#store.put(documents.map(toStored));
  }

  /**
   * @param {StoredDocument} stored
   * @returns {Document}
   */
  #fromStored({ results: storedResults, ...document }) {
    if (!storedResults) return document;
    const { edit, wanted = NO_ATTRIBUTES, ...rest } = storedResults;
    const results = newResults({ ...sourceOf(document), ...rest, wanted });
    Object.assign(results, {
      edits: noEdits(edit),
      upTo: document.text.length,
      done: rest.total,
      running: false,
    });
    results.entities = entitiesOf(results, this.#state.values.abbreviations);
    return { ...document, results };
  }
}

/**
 * @param {Document} document
 * @returns {StoredDocument}
 */
function toStored({ key, state, error, results, ...document }) {
  const stored = results && {
    types: results.types,
    format: results.format,
    found: results.found,
    raw: results.raw,
    total: results.total,
    wanted: results.wanted,
    annotation: results.annotation,
    edit: results.edits.now,
  };
  return {
    key,
    ...sourceOf(document),
    state: state === 'working' ? 'waiting' : state,
    error,
    results: stored,
  };
}
