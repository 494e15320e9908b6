// Corrects results, with undo and redo, and stores the corrections with their documents.

import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';
import { edit, redo, undo } from '../entities/edits.js';
import { entitiesOf } from '../entities/visible.js';

/**
 * @typedef {import('./state.js').Entity} Entity
 * @typedef {import('./state.js').Results} Results
 * @typedef {import('../entities/edits.js').Edits} Edits
 */

/**
 * Gives results other corrections. All that is shown and stored follows.
 *
 * @param {Iterable<[Results, Edits]>} changes
 * @param {object} page
 * @param {import('./state.js').State} page.state
 * @param {import('../documents/collection.js').Documents} page.documents
 */
export function applyEdits(changes, { state, documents }) {
  const all = new Map(changes);
  for (const [results, edits] of all) {
    const { removed, added } = results.edits.now;
    const sameMarks = edits.now.removed === removed && edits.now.added === added;
    results.edits = edits;
    if (!sameMarks) results.entities = entitiesOf(results, state.values.abbreviations);
  }
  const { results: shown } = state.values;
  if (shown && all.has(shown)) state.set({ results: shown, selected: undefined });
  documents.storeCorrections(...all.keys());
}

/** Corrects the result that is shown. */
export class Corrections {
  #state;
  #documents;
  #session;

  /**
   * @param {import('./state.js').State} state
   * @param {import('../documents/collection.js').Documents} documents
   * @param {import('./session.js').Session} session
   */
  constructor(state, documents, session) {
    this.#state = state;
    this.#documents = documents;
    this.#session = session;
    this.#mountButtons();
  }

  /** The results that can be corrected: none while an extraction runs. */
  get results() {
    const { results } = this.#state.values;
    return results?.running ? undefined : results;
  }

  /**
   * @param {import('../entities/edits.js').Change} change
   * @param {() => string} message  Of the status line.
   */
  make(change, message) {
    const { results } = this;
    if (results) this.#apply(results, edit(results.edits, change), message);
  }

  undo() {
    const { results } = this;
    if (results?.edits.past.length)
      this.#apply(results, undo(results.edits), () => words.status.undone());
  }

  redo() {
    const { results } = this;
    if (results?.edits.future.length)
      this.#apply(results, redo(results.edits), () => words.status.redone());
  }

  /**
   * @param {Results} results
   * @param {Edits} edits
   * @param {() => string} message
   */
  #apply(results, edits, message) {
    applyEdits([[results, edits]], { state: this.#state, documents: this.#documents });
    this.#session.showMessage(message);
  }

  #mountButtons() {
    const undoButton = /** @type {HTMLButtonElement} */ (byId('undo'));
    const redoButton = /** @type {HTMLButtonElement} */ (byId('redo'));
    undoButton.addEventListener('click', () => this.undo());
    redoButton.addEventListener('click', () => this.redo());
    addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (
        /** @type {Element} */ (event.target).closest(
          'input:not([type="checkbox"], [type="range"]), textarea',
        )
      )
        return;
      const key = event.key.toLowerCase();
      if (key === 'y' || (key === 'z' && event.shiftKey)) this.redo();
      else if (key === 'z') this.undo();
      else return;
      event.preventDefault();
    });
    this.#state.watch(['results'], () => {
      const { past = [], future = [] } = this.results?.edits ?? {};
      byId('history').hidden = !past.length && !future.length;
      undoButton.disabled = !past.length;
      redoButton.disabled = !future.length;
    });
  }
}
