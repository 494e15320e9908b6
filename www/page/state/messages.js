// What the page says to the reader: in the status line, or in the line for answers while that one is needed for
// progress or an error.

import { text as words } from '../../text.js';
import { explained } from '../common/explained.js';

/** @typedef {() => string} Message  In the language at the time. */

export class Messages {
  #state;
  #ready;
  /** Why the box is empty although the reader put in a text. @type {Message | undefined} */
  #rejection;

  /**
   * @param {import('./state.js').State} state
   * @param {() => Message | undefined} ready  What is said when the model is loaded; undefined until it is.
   */
  constructor(state, ready) {
    this.#state = state;
    this.#ready = ready;
  }

  /**
   * Says why something the reader asked for is not done.
   *
   * @param {Message} message
   * @param {boolean} [repeat]  Whether to say it again when the reader extracts from the empty box.
   */
  showError(message, repeat = false) {
    if (repeat) this.#rejection = message;
    if (this.#state.values.phase === 'working') this.answer(message, true);
    else this.setError(message);
  }

  /** Says that there is no text in the box, or why. */
  showEmpty() {
    this.showError(this.#rejection ?? (() => words.errors.empty()));
  }

  /** Reports an error outside of extraction. @param {unknown} error */
  reportError(error) {
    this.showError(explained(error));
  }

  /** Takes back an error message, unless the model could not be loaded. */
  clearError() {
    this.#rejection = undefined;
    const { phase, mayRetry, answer } = this.#state.values;
    if (answer?.isRefusal) this.#state.set({ answer: undefined });
    if (phase !== 'error' || mayRetry) return;
    const ready = this.#ready();
    if (ready) this.#state.set({ phase: 'ready', message: ready });
    else this.#state.set({ phase: 'loading', message: () => words.status.loading() });
  }

  /** Says that all stored data has been deleted. The page itself goes on working. */
  showDeleted() {
    const message = () => words.status.deleted();
    const { phase } = this.#state.values;
    if (phase === 'working' || phase === 'loading') this.answer(message, false);
    else this.#state.set({ phase: 'ready', message, answer: undefined });
  }

  /**
   * Says what has been done for the reader.
   *
   * @param {Message} message
   */
  showMessage(message) {
    const { phase } = this.#state.values;
    if (phase === 'ready' || phase === 'done') this.#state.set({ message, answer: undefined });
    else this.answer(message, false);
  }

  /**
   * Says an error in the status line.
   *
   * @param {Message} message
   */
  setError(message) {
    this.#state.set({ phase: 'error', message, answer: undefined });
  }

  /**
   * Says something beside the status line.
   *
   * @param {Message} says
   * @param {boolean} isRefusal
   */
  answer(says, isRefusal) {
    this.#state.set({ answer: { says, isRefusal } });
  }

  /** Takes an answer back, if it is still there. @param {Message} says */
  takeBack(says) {
    if (this.#state.values.answer?.says === says) this.#state.set({ answer: undefined });
  }
}
