// The documents that the reader has opened. Every change of a document is made here, so that it is stored on the
// device and the page is updated.

import { ready } from '../../shared/documents.js';
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
    const documents = added.map((document) =>
      this.#fromStored({
        key: ++this.#lastKey,
        ...sourceOf(document),
        state: document.results ? 'done' : 'waiting',
        edit: document.edit,
        results: document.results,
      }),
    );
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
    if ('results' in changes) keepDecisions(document);
    Object.assign(document, changes);
    if (document.state !== 'working') this.#save([document]); // unfinished results are not stored
    this.#publish();
    if (this.#state.values.open === document) this.#state.set({ results: document.results });
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

  /** @param {Document[]} documents */
  remove(documents) {
    const gone = new Set(documents);
    this.#list = this.#list.filter((document) => !gone.has(document));
    this.#store.remove(documents.map(({ key }) => key));
    this.#close(gone);
    this.#publish();
  }

  /** Makes all documents wait again, without results. The reader's decisions stay. */
  reset() {
    for (const document of this.#list) {
      keepDecisions(document);
      Object.assign(document, { state: 'waiting', results: undefined, error: undefined });
    }
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

  /** @param {StoredDocument} stored */
  #fromStored(stored) {
    return fromStored(stored, this.#state.values.abbreviations);
  }
}

/**
 * @param {StoredDocument} stored
 * @param {boolean} abbreviations  Whether abbreviations of entities count as entities.
 * @returns {Document}
 */
export function fromStored({ results: storedResults, ...document }, abbreviations) {
  if (!storedResults) return document;
  const results = newResults({ ...sourceOf(document), ...storedResults });
  Object.assign(results, {
    upTo: document.text.length,
    done: results.total,
    running: false,
  });
  results.entities = entitiesOf(results, abbreviations);
  return { ...document, results };
}

/**
 * @param {Document} document
 * @returns {StoredDocument}
 */
export function toStored({ key, state, error, results, ...document }) {
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
    edit: stored ? undefined : document.edit,
  };
}

/** Keeps what the reader has decided on a document whose results are about to go. @param {Document} document */
function keepDecisions(document) {
  if (document.results) document.edit = document.results.edits.now;
}
