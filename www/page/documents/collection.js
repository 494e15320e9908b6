// The documents the reader has opened. This is their only owner: whoever changes one does it here,
// and here it is kept on the device and told to the page.

import { noEdits } from '../entities/edits.js';
import { entitiesOf } from '../entities/visible.js';
import { newResults } from '../state/results.js';
import { DocumentStore } from '../storage/document-store.js';
import { ready } from '../../shared/documents.js';

/**
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('../storage/document-store.js').Kept} Kept
 *
 * @typedef {object} Document
 * @property {number} key
 * @property {string} name     As in its file, or the file's name.
 * @property {string} text
 * @property {'waiting' | 'working' | 'done' | 'failed'} state
 * @property {string} [error]  A code, where it failed.
 * @property {Results} [results]
 * @property {number} [titleEnd]  These three as in documents/read.js.
 * @property {import('./read.js').Annotation[]} [given]
 * @property {string[]} [givenTypes]
 */

/**
 * What of a document comes from its file.
 *
 * @param {import('./read.js').Fresh} document
 * @returns {import('./read.js').Fresh}
 */
export const sourceOf = ({ name, text, titleEnd, given, givenTypes }) => ({ name, text, titleEnd, given, givenTypes });

export class Documents {
  #state;
  #store;
  /** @type {Document[]} */
  #list = [];
  #lastKey = 0;

  /** @param {import('../state/state.js').State} state */
  constructor(state) {
    this.#state = state;
    this.#store = new DocumentStore(() => state.set({ kept: false }));
  }

  /** Brings back what an earlier visit has kept. */
  async restore() {
    const kept = await this.#store.all();
    // Abbreviations are marked by the module; without it the rest is still there.
    if (kept.some(({ results }) => results)) await ready().catch(() => {});
    this.#list = [...kept.map((document) => this.#revive(document)), ...this.#list];
    for (const { key } of kept) this.#lastKey = Math.max(this.#lastKey, key);
    if (kept.length) this.#tell();
  }

  get waiting() {
    return this.#list.filter(({ state }) => state === 'waiting');
  }

  /**
   * @param {import('./read.js').Fresh[]} fresh
   */
  add(fresh) {
    // Later than any key of any tab: two tabs may add at the same time.
    this.#lastKey = Math.max(this.#lastKey, Date.now() * 1000);
    const documents = fresh.map((document) => {
      return /** @type {Document} */ ({ key: ++this.#lastKey, ...sourceOf(document), state: 'waiting' });
    });
    this.#list = [...this.#list, ...documents];
    this.#keep(documents);
    this.#tell();
  }

  /**
   * @param {Document} document
   * @param {Partial<Document>} changes
   */
  change(document, changes) {
    if (!this.#list.includes(document)) return; // removed while it was worked on
    Object.assign(document, changes);
    if (document.state !== 'working') this.#keep([document]); // half a document is not kept
    this.#tell();
    if (this.#state.values.open === document) this.#state.set({ results: document.results });
  }

  /** Keeps the corrections of the document with these results, if there is one. @param {Results} results */
  corrected(results) {
    const document = this.#list.find((candidate) => candidate.results === results);
    if (!document) return;
    this.#keep([document]);
    this.#tell();
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
    this.#leave(gone);
    this.#tell();
  }

  /** All wait again. */
  reset() {
    for (const document of this.#list) Object.assign(document, { state: 'waiting', results: undefined, error: undefined });
    this.#keep(this.#list);
    this.#leave(new Set(this.#list));
    this.#tell();
  }

  /** Removes all, and the database with it. */
  async destroy() {
    this.#leave(new Set(this.#list));
    this.#list = [];
    this.#tell();
    await this.#store.destroy();
  }

  /** @param {ReadonlySet<Document>} documents  Whose results are no longer to be shown. */
  #leave(documents) {
    const { open } = this.#state.values;
    if (open && documents.has(open)) this.#state.set({ open: undefined, results: undefined, selected: undefined });
  }

  #tell() {
    this.#state.set({ documents: this.#list });
  }

  /** @param {Document[]} documents */
  #keep(documents) {
    this.#store.put(documents.map(plain));
  }

  /**
   * @param {Kept} kept
   * @returns {Document}
   */
  #revive({ results: keptResults, ...document }) {
    if (!keptResults) return document;
    const { edit, ...rest } = keptResults;
    const results = newResults({ ...sourceOf(document), ...rest });
    Object.assign(results, { edits: noEdits(edit), upTo: document.text.length, done: rest.total, running: false });
    results.entities = entitiesOf(results, this.#state.values.abbreviations);
    return { ...document, results };
  }
}

/**
 * @param {Document} document
 * @returns {Kept}
 */
function plain({ key, state, error, results, ...document }) {
  const kept = results && {
    types: results.types,
    format: results.format,
    found: results.found,
    raw: results.raw,
    total: results.total,
    edit: results.edits.now,
  };
  return { key, ...sourceOf(document), state: state === 'working' ? 'waiting' : state, error, results: kept };
}
