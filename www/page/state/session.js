// Runs extractions: of the text in the box, or of one document after another. Everything that the reader sees
// of them goes through the state.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { text as words } from '../../text.js';
import { tooLarge } from '../common/explained.js';
import { withLock } from '../common/lock.js';
import { isEdited } from '../entities/edits.js';
import { formatOf } from './format.js';
import { Messages } from './messages.js';
import { readText } from './read-text.js';
import { newResults, sourceOf } from './results.js';

/** Errors that concern one document: the next one may succeed. */
const DOCUMENT_ERRORS = ['crashed', 'memory', 'internal', 'input', 'text-too-large'];

/** An answer that is true only as long as something runs. */
const isBusy = () => words.errors.busy();

/**
 * @typedef {import('./state.js').State} State
 * @typedef {import('./state.js').Results} Results
 * @typedef {import('../documents/collection.js').Document} Document
 */

export class Session extends Messages {
  #state;
  #engine;
  #documents;
  /** @type {AbortController | undefined} */
  #running;
  #annotate;
  #carry;

  /**
   * @param {State} state
   * @param {import('../model/engine.js').Engine} engine
   * @param {import('../documents/collection.js').Documents} documents
   * @param {import('./annotate.js').Annotate} annotate
   * @param {import('./carry-decisions.js').Carry} carry
   */
  constructor(state, engine, documents, annotate, carry) {
    super(state, () => (engine.ner ? this.#readyMessage : undefined));
    this.#state = state;
    this.#annotate = annotate;
    this.#carry = carry;
    this.#engine = engine;
    this.#documents = documents;
  }

  /** Loads the model. What waits for it is done then. */
  async load() {
    const isLoaded = await this.#engine.load();
    this.takeBack(isBusy);
    if (isLoaded) this.#start();
  }

  /**
   * Loads a model of the reader's own.
   *
   * @param {File} file
   */
  async useModel(file) {
    if (this.#running || this.#state.values.phase === 'loading') return this.answer(isBusy, true);
    const isLoaded = await this.#engine.use(file);
    this.takeBack(isBusy);
    if (isLoaded) this.#start();
  }

  #start() {
    const { waiting } = this.#state.values;
    this.#state.set({ phase: 'ready', message: this.#readyMessage, waiting: undefined });
    waiting?.();
  }

  get #readyMessage() {
    const waiting = this.#documents.waiting.length;
    const { text } = this.#state.values;
    return waiting && !text.trim()
      ? () => words.status.queueFound(waiting)
      : this.#engine.readyMessage;
  }

  /** Extracts from the text in the box. If it is empty, from the documents that wait. */
  async extract() {
    const { text } = this.#state.values;
    if (this.#running) return;
    if (!text.trim() && this.#documents.waiting.length) return this.extractDocuments();
    if (!text.trim()) return this.showEmpty();
    if (text.length > MAX_TEXT_LENGTH) return this.showError(tooLarge(text.length));
    const { boxResults: before } = this.#state.values;
    let edit = before?.edits.now;
    if (before && before.text !== text && isEdited(before.edits.now) && this.#engine.ner) {
      edit = await this.#carry(before, text).catch((error) => void this.reportError(error));
      // The reader may have declined, or done something else meanwhile.
      if (!edit || this.#running || this.#state.values.text !== text) return;
    }
    const waits = { next: () => this.extract(), message: () => words.status.waiting() };
    await this.#runAlone(waits, async (running) => {
      const { name, chosen, wanted } = this.#state.values;
      const format = formatOf(this.#state.values) ?? '';
      const results = newResults({ text, name, types: chosen, format, wanted, edit });
      this.#show(results);
      try {
        await this.#read(results, running.signal, (done, total) =>
          words.status.working(done, total),
        );
        const seconds = (performance.now() - results.startedAt) / 1000;
        const [entities, sentences] = [results.entities.length, results.total];
        this.#state.set({
          phase: 'done',
          message: () => words.status.done(entities, sentences, seconds),
        });
      } catch (error) {
        if (!running.signal.aborted) return this.#engine.reportError(error);
        const { done, total } = results;
        this.#state.set({ phase: 'ready', message: () => words.status.cancelled(done, total) });
      }
    });
  }

  /** Extracts from the documents that wait, one after another. */
  async extractDocuments() {
    const waits = {
      next: () => this.extractDocuments(),
      message: () => words.status.waitingDocuments(),
    };
    await this.#extractWaiting(waits, () => this.#documents.waiting);
  }

  /**
   * Extracts from one document again, and only from that one. What was found in it is replaced.
   *
   * @param {Document} document
   */
  async extractAgain(document) {
    const waits = {
      next: () => this.extractAgain(document),
      message: () => words.status.waitingDocuments(),
    };
    const isIt = (/** @type {Document} */ one) => one === document;
    await this.#extractWaiting(
      waits,
      () => this.#documents.waiting.filter(isIt),
      () => this.#documents.reset(isIt),
    );
  }

  /**
   * Extracts from documents until none of them waits. Only one tab does so at a time.
   *
   * @param {{ next: () => unknown, message: () => string }} waits  As for #runAlone.
   * @param {() => Document[]} waiting
   * @param {() => void} [prepare]
   */
  async #extractWaiting(waits, waiting, prepare) {
    await this.#runAlone(waits, (running) =>
      withLock('bioner-documents', async (isOurs) => {
        if (!isOurs) return this.setError(() => words.errors.elsewhere());
        prepare?.();
        const counts = { documents: 0, entities: 0, failed: 0, waiting };
        try {
          for (let [next] = waiting(); next && !running.signal.aborted; [next] = waiting())
            await this.#extractDocument(next, running.signal, counts);
        } catch (error) {
          return this.#engine.reportError(error);
        }
        if (running.signal.aborted) {
          const left = this.#documents.waiting.length;
          return this.#state.set({
            phase: 'ready',
            message: () => words.status.queueCancelled(left),
          });
        }
        const { documents, entities, failed } = counts;
        this.#state.set({
          phase: 'done',
          message: () => words.status.queueDone(documents, entities, failed),
        });
      }),
    );
  }

  /** Stops the extraction that runs, or the one that waits for the model. */
  cancel() {
    this.#running?.abort();
    if (this.#state.values.waiting)
      this.#state.set({ waiting: undefined, message: () => words.status.loading() });
  }

  /**
   * Runs `work` if nothing else runs. If the model is not loaded yet, `next` is called when it is.
   *
   * @param {{ next: () => unknown, message: () => string }} waits
   * @param {(running: AbortController) => Promise<unknown>} work
   */
  async #runAlone({ next, message }, work) {
    const state = this.#state;
    if (this.#running) return;
    if (!state.values.chosen.length)
      return this.showError(() => words.errors.types({ reason: 'none' }));
    if (!this.#engine.ner) {
      if (state.values.mayRetry) this.load();
      return state.set({ phase: 'loading', waiting: next, message });
    }
    const running = (this.#running = new AbortController());
    state.set({
      phase: 'working',
      message: () => words.status.working(0, 0),
      answer: undefined,
    });
    try {
      await work(running);
    } finally {
      this.#running = undefined;
      this.takeBack(isBusy);
    }
  }

  /**
   * @param {Document} document
   * @param {AbortSignal} signal
   * @param {{ documents: number, entities: number, failed: number, waiting: () => Document[] }} counts
   */
  async #extractDocument(document, signal, counts) {
    const { chosen, wanted, open, results: shown } = this.#state.values;
    const format = formatOf(this.#state.values) ?? '';
    const { name } = document;
    const results = newResults({
      ...sourceOf(document),
      types: chosen,
      format,
      wanted,
      edit: document.edit,
    });
    this.#documents.change(document, { state: 'working', results, error: undefined });
    // Later, the reader may have gone back to the text in the box, or to a document that is done.
    if (!open && (!counts.documents || !shown)) this.#documents.open(document);
    const done = counts.documents + counts.failed;
    const message = () => words.status.queue(done, done + counts.waiting().length + 1, name);
    try {
      await this.#read(results, signal, message);
      counts.documents++;
      counts.entities += results.entities.length;
      this.#documents.change(document, { state: 'done' });
    } catch (error) {
      const { code = 'internal' } = /** @type {{ code?: string }} */ (error);
      const failed = DOCUMENT_ERRORS.includes(code) && !signal.aborted;
      this.#documents.change(document, {
        state: failed ? 'failed' : 'waiting',
        results: undefined,
        error: failed ? code : undefined,
      });
      if (signal.aborted) return;
      if (!failed) throw error;
      console.warn(error);
      counts.failed++;
    }
  }

  /**
   * @param {Results} results
   * @param {AbortSignal} signal
   * @param {(done: number, total: number) => string} message  Of the status line.
   */
  async #read(results, signal, message) {
    const ner = /** @type {import('../../client.js').Bioner} */ (this.#engine.ner);
    await readText(results, signal, message, {
      ner,
      state: this.#state,
      annotate: this.#annotate,
    });
  }

  /** @param {Results} results */
  #show(results) {
    const hidden = new Set(
      [...this.#state.values.hidden].filter((type) => results.types.includes(type)),
    );
    const shown = { results, boxResults: results, open: undefined };
    this.#state.set({ ...shown, hidden, selected: undefined });
  }
}
