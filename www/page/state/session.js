// What happens: a text is worked on, or document after document; it is cancelled, or fails.
// Everything the reader sees of it goes through the state.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { text as words } from '../../text.js';
import { sourceOf } from '../documents/collection.js';
import { finish, newResults, take } from './results.js';

const ANNOUNCE_EVERY_MS = 5000; // a screen reader reads the status aloud

/** Failures that are a document's own: the next one may well succeed. */
const OF_A_DOCUMENT = ['crashed', 'internal', 'input', 'text-too-large'];

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Results} Results
 * @typedef {import('../documents/collection.js').Document} Document
 */

export class Session {
  #state;
  #engine;
  #documents;
  /** @type {AbortController | undefined} */
  #running;
  #untaken = ''; // why the box is empty though a text was put in

  /**
   * @param {State} state
   * @param {import('../model/engine.js').Engine} engine
   * @param {import('../documents/collection.js').Documents} documents
   */
  constructor(state, engine, documents) {
    this.#state = state;
    this.#engine = engine;
    this.#documents = documents;
  }

  /** Loads the model; then works on what waits for it, if something does. */
  async load() {
    if (await this.#engine.load()) this.#begin();
  }

  /**
   * Changes to a model of the reader's own.
   *
   * @param {File} file
   */
  async useModel(file) {
    if (this.#running || this.#state.values.phase === 'loading') return this.refuse(words.errors.busy());
    if (await this.#engine.use(file)) this.#begin();
  }

  #begin() {
    const { waiting } = this.#state.values;
    this.#state.set({ phase: 'ready', message: this.#welcome, waiting: false });
    if (waiting) this.extract();
  }

  get #welcome() {
    const waiting = this.#documents.waiting.length;
    const { text } = this.#state.values;
    return waiting && !text.trim() ? () => words.status.queueFound(waiting) : this.#engine.welcome;
  }

  /** Works on the text as it is now; where there is none, on the documents that wait. */
  async extract() {
    const { text } = this.#state.values;
    if (this.#running) return;
    if (!text.trim() && this.#documents.waiting.length) return this.extractDocuments();
    if (!text.trim()) return this.refuse(this.#untaken || words.errors.empty());
    if (text.length > MAX_TEXT_LENGTH) return this.refuse(tooLarge(text.length));
    await this.#alone(async (running) => {
      const { name, chosen, format = '' } = this.#state.values;
      const results = newResults({ text, name, types: chosen, format });
      this.#show(results);
      try {
        await this.#work(results, running.signal, (done, total) => words.status.working(done, total));
        const seconds = (performance.now() - results.startedAt) / 1000;
        const [entities, sentences] = [results.entities.length, results.total];
        this.#state.set({ phase: 'done', message: () => words.status.done(entities, sentences, seconds) });
      } catch (error) {
        if (!running.signal.aborted) return this.#engine.tell(error);
        const { done, total } = results;
        this.#state.set({ phase: 'ready', message: () => words.status.cancelled(done, total) });
      }
    });
  }

  /** Works on the documents that wait, one after the other, until none does. */
  async extractDocuments() {
    await this.#alone((running) =>
      alone('bioner-documents', async (free) => {
        if (!free) return this.refuseNow(words.errors.elsewhere());
        const tally = { documents: 0, entities: 0, failed: 0 };
        try {
          for (let next = this.#documents.waiting[0]; next && !running.signal.aborted; next = this.#documents.waiting[0]) {
            await this.#workOn(next, running.signal, tally);
          }
        } catch (error) {
          return this.#engine.tell(error);
        }
        if (running.signal.aborted) {
          const left = this.#documents.waiting.length;
          return this.#state.set({ phase: 'ready', message: () => words.status.queueCancelled(left) });
        }
        const { documents, entities, failed } = tally;
        this.#state.set({ phase: 'done', message: () => words.status.queueDone(documents, entities, failed) });
      }),
    );
  }

  /** Stops what is running, or what waits for the model. */
  cancel() {
    this.#running?.abort();
    if (this.#state.values.waiting) this.#state.set({ waiting: false, message: () => words.status.loading() });
  }

  /**
   * Says why a wish is not followed. Nothing else changes.
   *
   * @param {string} message
   * @param {boolean} [again]  Whether to say it again when an extraction is asked for without a text.
   */
  refuse(message, again = false) {
    if (again) this.#untaken = message;
    if (!this.#running) this.refuseNow(message);
  }

  /** @param {string} message */
  refuseNow(message) {
    this.#state.set({ phase: 'error', message: () => message });
  }

  /** Says what went wrong on a press. @param {unknown} error */
  tell(error) {
    if (this.#running) console.warn(error);
    else this.#engine.tell(error);
  }

  /** Back from an error to what is the case. */
  settle() {
    this.#untaken = '';
    const { phase, mayRetry } = this.#state.values;
    if (phase !== 'error' || mayRetry) return;
    if (this.#engine.ner) this.#state.set({ phase: 'ready', message: this.#welcome });
    else this.#state.set({ phase: 'loading', message: () => words.status.loading() });
  }

  /** Everything that was kept is gone; the page itself works on. */
  deleted() {
    const { phase } = this.#state.values;
    if (phase !== 'loading') this.#state.set({ phase: 'ready', message: () => words.status.deleted() });
  }

  /**
   * Says something that is not about the work, unless there is work.
   *
   * @param {() => string} message
   */
  say(message) {
    const { phase } = this.#state.values;
    if (phase === 'ready' || phase === 'done') this.#state.set({ message });
  }

  /**
   * Runs `work` if nothing else is running and the model is there.
   *
   * @param {(running: AbortController) => Promise<unknown>} work
   */
  async #alone(work) {
    const state = this.#state;
    if (this.#running) return;
    if (!state.values.chosen.length) return this.refuse(words.errors.noTypes());
    if (!this.#engine.ner) {
      if (state.values.mayRetry) this.load();
      return state.set({ phase: 'loading', waiting: true, message: () => words.status.waiting() });
    }
    const running = (this.#running = new AbortController());
    state.set({ phase: 'working', message: () => words.status.working(0, 0) });
    try {
      await work(running);
    } finally {
      this.#running = undefined;
    }
  }

  /**
   * @param {Document} document
   * @param {AbortSignal} signal
   * @param {{ documents: number, entities: number, failed: number }} tally
   */
  async #workOn(document, signal, tally) {
    const { chosen, format = '', open } = this.#state.values;
    const { name } = document;
    const results = newResults({ ...sourceOf(document), types: chosen, format });
    this.#documents.change(document, { state: 'working', results, error: undefined });
    if (!open || open.state === 'waiting') this.#documents.open(document);
    const done = tally.documents + tally.failed;
    const message = () => words.status.queue(done, done + this.#documents.waiting.length + 1, name);
    try {
      await this.#work(results, signal, message);
      tally.documents++;
      tally.entities += results.entities.length;
      this.#documents.change(document, { state: 'done' });
    } catch (error) {
      const { code = 'internal' } = /** @type {{ code?: string }} */ (error);
      const itsOwn = OF_A_DOCUMENT.includes(code) && !signal.aborted;
      this.#documents.change(document, { state: itsOwn ? 'failed' : 'waiting', results: undefined, error: itsOwn ? code : undefined });
      if (signal.aborted) return;
      if (!itsOwn) throw error;
      console.warn(error);
      tally.failed++;
    }
  }

  /**
   * @param {Results} results
   * @param {AbortSignal} signal
   * @param {(done: number, total: number) => string} say
   */
  async #work(results, signal, say) {
    const { text, types, format } = results;
    const ner = this.#engine.ner;
    const state = this.#state;
    let told = -Infinity;
    try {
      for await (const part of /** @type {import('../../client.js').Bioner} */ (ner).extract(text, { types, format, raw: true, signal })) {
        take(results, part);
        if (state.values.results === results) state.set({ results });
        state.set({ loading: undefined, progress: results });
        const now = performance.now();
        if (now - told < ANNOUNCE_EVERY_MS) continue;
        told = now;
        state.set({ message: () => say(part.done, part.total) });
      }
    } finally {
      finish(results, state.values.abbreviations);
      if (state.values.results === results) state.set({ results });
      state.set({ loading: undefined, progress: undefined });
    }
  }

  /** @param {Results} results */
  #show(results) {
    const hidden = new Set([...this.#state.values.hidden].filter((type) => results.types.includes(type)));
    this.#state.set({ results, open: undefined, hidden, selected: undefined });
  }
}

/**
 * Does `work` while no other tab does the same; it is told whether none does.
 *
 * @param {string} name
 * @param {(free: boolean) => Promise<unknown>} work
 */
async function alone(name, work) {
  if (!navigator.locks) return work(true);
  await navigator.locks.request(name, { ifAvailable: true }, (lock) => work(Boolean(lock)));
}

/** @param {number} length */
export function tooLarge(length) {
  return words.errors['text-too-large'](length, MAX_TEXT_LENGTH);
}
