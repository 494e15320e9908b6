// The model in use: the site's own, or a file of the reader's. Everything that the reader sees of it goes
// through the state.

import { Bioner } from '../../client.js';
import { text as words } from '../../text.js';
import { explained, reasonOf } from '../common/explained.js';
import { createWorker } from './confined-worker.js';

/** @typedef {import('../state/state.js').State} State */

export class Engine {
  #state;
  #prepare;
  /** @type {Bioner | undefined} */
  #ner;
  #loading = false;

  /**
   * @param {State} state
   * @param {() => Promise<unknown>} prepare  What else must be done before the page says that it is ready.
   */
  constructor(state, prepare) {
    this.#state = state;
    this.#prepare = prepare;
  }

  /** The model, once it is loaded. */
  get ner() {
    return this.#loading ? undefined : this.#ner;
  }

  /** Loads the site's model; resolves with whether it succeeded. */
  async load() {
    const state = this.#state;
    state.set({
      phase: 'loading',
      message: () => words.status.loading(),
      mayRetry: false,
      warning: () => '',
    });
    try {
      await this.#replace({});
      state.set({ ownModel: '' });
      return true;
    } catch (error) {
      state.set({ waiting: undefined, mayRetry: true });
      this.reportError(error);
      return false;
    }
  }

  /**
   * Loads a model from a file; resolves with whether it succeeded. If not, the current model stays.
   *
   * @param {File} file
   */
  async use(file) {
    const state = this.#state;
    state.set({
      phase: 'loading',
      message: () => words.status.opening(file.name),
      mayRetry: false,
    });
    try {
      await this.#replace({ model: file });
      state.set({ ownModel: file.name });
      return true;
    } catch (error) {
      console.warn(error);
      const { code, message } = reasonOf(error);
      state.set({ waiting: undefined, mayRetry: !this.#ner, phase: 'error' });
      state.set({
        message: () => {
          const why = words.errors.ownByCode[code]?.(message) ?? message;
          return words.errors.withCode(words.errors.ownModel(file.name, why), code);
        },
      });
      return false;
    }
  }

  /** The status line when the model is ready. */
  get readyMessage() {
    const { ownModel } = this.#state.values;
    return () => (ownModel ? words.status.readyWith(ownModel) : words.status.ready());
  }

  /**
   * Shows an error in the status line.
   *
   * @param {unknown} error
   */
  reportError(error) {
    this.#state.set({ phase: 'error', message: explained(error) });
  }

  /** @param {{ model?: Blob }} options */
  async #replace(options) {
    const state = this.#state;
    this.#loading = true;
    try {
      const ner = await Bioner.load({
        ...options,
        createWorker,
        onProgress: (loading) => state.set({ loading }),
        onWarning: ({ code }) =>
          state.set({ warning: () => words.errors.withCode(words.warnings.storage(), code) }),
      });
      // Everything is fetched before the page says that it is ready, so that nothing is requested while a text
      // is read.
      await Promise.all([this.#prepare(), ner.settled]);
      this.#ner?.close();
      this.#ner = ner;
      const { formats } = ner.info;
      const { format = '' } = state.values;
      state.set({
        model: ner.info,
        // Another model may not know the format that was chosen.
        format: formats.includes(format) ? format : undefined,
      });
    } finally {
      this.#loading = false;
      state.set({ loading: undefined });
    }
  }
}
