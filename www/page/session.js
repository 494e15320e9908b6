// What happens: the model is loaded, a text is worked on, cancelled, fails. Everything the reader
// sees of it goes through the state.

import { Bioner, MAX_TEXT_LENGTH } from '../client.js';
import { text as words } from '../text.js';
import { createWorker } from './confined-worker.js';
import { outermostFirst } from './marks.js';

const ANNOUNCE_EVERY_MS = 5000; // a screen reader reads the status aloud

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Results} Results
 */

export class Session {
  #state;
  /** @type {Bioner | undefined} */
  #ner;
  /** @type {AbortController | undefined} */
  #running;
  #untaken = ''; // why the box is empty though a text was put in

  /** @param {State} state */
  constructor(state) {
    this.#state = state;
  }

  /** Loads the model; then works on the text that waits for it, if one does. */
  async load() {
    const state = this.#state;
    state.set({ phase: 'loading', message: words.status.loading(), mayRetry: false, warning: '' });
    try {
      this.#ner = await Bioner.load({
        createWorker,
        onProgress: (loading) => state.set({ loading }),
        onWarning: () => state.set({ warning: words.warnings.storage() }),
      });
    } catch (error) {
      state.set({ loading: undefined, waiting: false, mayRetry: true });
      return this.#fail(error);
    }
    const model = this.#ner.info;
    const { format, waiting } = state.values;
    state.set({ model, format: format ?? model.model.format ?? model.formats[0], loading: undefined, waiting: false });
    if (waiting) return this.extract();
    state.set({ phase: 'ready', message: words.status.ready() });
  }

  /** Works on the text as it is now. */
  async extract() {
    const state = this.#state;
    const { text, chosen } = state.values;
    if (this.#running) return;
    if (!text.trim()) return this.refuse(this.#untaken || words.errors.empty());
    if (text.length > MAX_TEXT_LENGTH) return this.refuse(tooLarge(text.length));
    if (!chosen.length) return this.refuse(words.errors.noTypes());
    if (!this.#ner) {
      if (state.values.mayRetry) this.load();
      return state.set({ phase: 'loading', waiting: true, message: words.status.waiting() });
    }

    const running = (this.#running = new AbortController());
    const results = this.#begin();
    const told = { at: 0 };
    try {
      const options = { types: chosen, format: results.format, raw: true, signal: running.signal };
      for await (const part of this.#ner.extract(text, options)) this.#take(results, part, told);
      const seconds = (performance.now() - results.startedAt) / 1000;
      Object.assign(results, { upTo: text.length, running: false });
      const message = words.status.done(results.entities.length, results.total, seconds);
      state.set({ phase: 'done', results, message });
    } catch (error) {
      results.running = false;
      state.set({ results, loading: undefined });
      if (running.signal.aborted) {
        state.set({ phase: 'ready', message: words.status.cancelled(results.done, results.total) });
      } else this.#fail(error);
    } finally {
      this.#running = undefined;
    }
  }

  /** Stops what is running, or what waits for the model. */
  cancel() {
    this.#running?.abort();
    if (this.#state.values.waiting) this.#state.set({ waiting: false, message: words.status.loading() });
  }

  /**
   * Says why a wish is not followed. Nothing else changes.
   *
   * @param {string} message
   * @param {boolean} [again]  Whether to say it again when an extraction is asked for without a text.
   */
  refuse(message, again = false) {
    if (again) this.#untaken = message;
    if (this.#running) return;
    this.#state.set({ phase: 'error', message });
  }

  /** Back from an error to what is the case. */
  settle() {
    this.#untaken = '';
    const { phase, mayRetry } = this.#state.values;
    if (phase !== 'error' || mayRetry) return;
    if (this.#ner) this.#state.set({ phase: 'ready', message: words.status.ready() });
    else this.#state.set({ phase: 'loading', message: words.status.loading() });
  }

  #begin() {
    const { text, name, chosen, format = '' } = this.#state.values;
    /** @type {Results} */
    const results = {
      text, name, types: chosen, format, entities: [], raw: [],
      upTo: 0, done: 0, total: 0, startedAt: performance.now(), running: true,
    };
    const hidden = new Set([...this.#state.values.hidden].filter((type) => chosen.includes(type)));
    this.#state.set({ phase: 'working', message: words.status.working(0, 0), results, hidden, selected: undefined });
    return results;
  }

  /**
   * @param {Results} results
   * @param {import('../client.d.ts').Part} part
   * @param {{ at: number }} told  When the reader was last told.
   */
  #take(results, { entities, raw, done, total }, told) {
    results.entities.push(...entities.sort(outermostFirst)); // one order everywhere, also where two begin together
    results.raw.push(...raw);
    Object.assign(results, { done, total, upTo: raw.at(-1)?.end ?? results.upTo });
    this.#state.set({ results, loading: undefined });
    const now = performance.now();
    if (now - told.at < ANNOUNCE_EVERY_MS) return;
    told.at = now;
    this.#state.set({ message: words.status.working(done, total) });
  }

  /** @param {unknown} error */
  #fail(error) {
    console.warn(error); // for who reports it; the reader is told below
    const { code = '', message = String(error) } = /** @type {{ code?: string, message?: string }} */ (error);
    this.#state.set({ phase: 'error', message: words.errors.byCode[code]?.(message) ?? message });
  }
}

/** @param {number} length */
export function tooLarge(length) {
  return words.errors['text-too-large'](length, MAX_TEXT_LENGTH);
}
