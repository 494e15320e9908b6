// The model in use: the site's own, or a file of the reader's. Everything the reader sees of it
// goes through the state.

import { Bioner } from '../../client.js';
import { text as words } from '../../text.js';
import { createWorker } from './confined-worker.js';
import { fetchAll } from '../lazy.js';

/** @typedef {import('../state/state.js').State} State */

export class Engine {
  #state;
  #also;
  /** @type {Bioner | undefined} */
  #ner;
  #loading = false;

  /**
   * @param {State} state
   * @param {Promise<unknown>} [also]  What has to be settled too before the page says it is ready.
   */
  constructor(state, also = Promise.resolve()) {
    this.#state = state;
    this.#also = also;
  }

  /** The model, once it is loaded. */
  get ner() {
    return this.#loading ? undefined : this.#ner;
  }

  /** Loads the site's model; resolves with whether that went well. */
  async load() {
    const state = this.#state;
    state.set({ phase: 'loading', message: () => words.status.loading(), mayRetry: false, warning: () => '' });
    try {
      await this.#replace({});
      state.set({ ownModel: '' });
      return true;
    } catch (error) {
      state.set({ waiting: false, mayRetry: true });
      this.tell(error);
      return false;
    }
  }

  /**
   * Takes a file for a model. Where it cannot be used, the model from before stays.
   *
   * @param {File} file
   */
  async use(file) {
    const state = this.#state;
    state.set({ phase: 'loading', message: () => words.status.opening(file.name), mayRetry: false });
    try {
      await this.#replace({ model: file });
      state.set({ ownModel: file.name });
      return true;
    } catch (error) {
      console.warn(error);
      const { code, message } = reasonOf(error);
      state.set({ waiting: false, mayRetry: !this.#ner, phase: 'error' });
      state.set({ message: () => words.errors.ownModel(file.name, words.errors.ownByCode[code]?.(message) ?? message) });
      return false;
    }
  }

  /** What to say when there is nothing else to say. */
  get welcome() {
    const { ownModel } = this.#state.values;
    return () => (ownModel ? words.status.readyWith(ownModel) : words.status.ready());
  }

  /**
   * Says what went wrong.
   *
   * @param {unknown} error
   */
  tell(error) {
    console.warn(error); // for who reports it
    const { code, message } = reasonOf(error);
    this.#state.set({ phase: 'error', message: () => words.errors.byCode[code]?.(message) ?? message });
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
        onWarning: () => state.set({ warning: () => words.warnings.storage() }),
      });
      // All that will be fetched is fetched before the page says that it is ready: nothing is asked for
      // while a text is worked on.
      await Promise.all([this.#also, ner.settled, fetchAll()]);
      this.#ner?.close();
      this.#ner = ner;
      const { model, formats } = ner.info;
      const { format = '' } = state.values;
      state.set({ model: ner.info, format: formats.includes(format) ? format : (model.format ?? DEFAULT_FORMAT) });
    } finally {
      this.#loading = false;
      state.set({ loading: undefined });
    }
  }
}

// For a model that does not say which it was tuned for: the shortest to write.
const DEFAULT_FORMAT = 'lines-grouped';

/** @param {unknown} error */
function reasonOf(error) {
  const { code = '', message = String(error) } = /** @type {{ code?: string, message?: string }} */ (error ?? {});
  return { code, message };
}
