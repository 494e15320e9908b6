// Corrects the result that is shown, with undo and redo.

import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';
import { edit, redo, undo } from '../entities/make-edit.js';
import { applyEdits } from './apply-edits.js';

/**
 * @typedef {import('./state.js').Entity} Entity
 * @typedef {import('./state.js').Results} Results
 * @typedef {import('../entities/edits.js').Edits} Edits
 */

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
