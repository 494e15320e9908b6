// The reader's corrections to the result that is shown: made, taken back, made again, and kept with
// the document where it is one.

import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';
import { edit, redo, undo } from '../entities/edits.js';
import { entitiesOf } from '../entities/visible.js';

/** @typedef {import('./state.js').Entity} Entity */

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

  /** What can be corrected now: nothing while the model is at it. */
  get results() {
    const { results } = this.#state.values;
    return results?.running ? undefined : results;
  }

  /**
   * @param {{ remove?: Entity[], add?: Entity[] }} change
   * @param {() => string} say
   */
  make(change, say) {
    const { results } = this;
    if (results) this.#settle(results, edit(results.edits, change), say);
  }

  undo() {
    const { results } = this;
    if (results?.edits.past.length) this.#settle(results, undo(results.edits), () => words.status.undone());
  }

  redo() {
    const { results } = this;
    if (results?.edits.future.length) this.#settle(results, redo(results.edits), () => words.status.redone());
  }

  /**
   * @param {import('./state.js').Results} results
   * @param {import('../entities/edits.js').Edits} edits
   * @param {() => string} say
   */
  #settle(results, edits, say) {
    results.edits = edits;
    results.entities = entitiesOf(results, this.#state.values.abbreviations);
    this.#state.set({ results, selected: undefined });
    this.#documents.corrected(results);
    this.#session.say(say);
  }

  #mountButtons() {
    const back = /** @type {HTMLButtonElement} */ (byId('undo'));
    const on = /** @type {HTMLButtonElement} */ (byId('redo'));
    back.addEventListener('click', () => this.undo());
    on.addEventListener('click', () => this.redo());
    addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (/** @type {Element} */ (event.target).closest('input:not([type="checkbox"], [type="range"]), textarea')) return;
      const key = event.key.toLowerCase();
      if (key === 'y' || (key === 'z' && event.shiftKey)) this.redo();
      else if (key === 'z') this.undo();
      else return;
      event.preventDefault();
    });
    this.#state.watch(['results'], () => {
      const { past = [], future = [] } = this.results?.edits ?? {};
      byId('history').hidden = !past.length && !future.length;
      back.disabled = !past.length;
      on.disabled = !future.length;
    });
  }
}
