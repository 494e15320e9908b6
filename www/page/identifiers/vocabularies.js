// The reader's own vocabularies: adding and removing them, and what is known of each.

import { reasonOf } from '../common/explained.js';

/**
 * @typedef {import('../../attributes.d.ts').VocabularyProblem} VocabularyProblem
 *
 * @typedef {object} OwnVocabulary
 * @property {string} name   That of its file.
 * @property {'reading' | 'ready' | 'failed'} state
 * @property {{ loaded: number, total: number }} [progress]  Bytes, while it is read.
 * @property {number} concepts  After a file that could not be read, those of the one of its name that is still used.
 * @property {number} names
 * @property {VocabularyProblem[]} problems  The first ones.
 * @property {number} problemCount
 */

/** The vocabularies in the state, in the order in which they are asked. */
export class Vocabularies {
  #state;
  #annotator;
  /** Those that are being read, by their names. @type {Map<string, { running: AbortController, done: Promise<boolean> }>} */
  #reading = new Map();
  /** Ends what `add` does with files that wait. */
  #adding = new AbortController();

  /**
   * @param {import('../state/state.js').State} state
   * @param {import('../attributes/annotator.js').Annotator} annotator
   */
  constructor(state, annotator) {
    this.#state = state;
    this.#annotator = annotator;
    annotator.service.onStored = (file, name) => this.#read(file, name);
  }

  /** Whether they are still there at the next visit. */
  get areStored() {
    return this.#annotator.service.store.works;
  }

  /**
   * Reads files one after the other, keeps them on this device, and finds identifiers anew.
   *
   * @param {File[]} files
   */
  async add(files) {
    const { signal } = this.#adding;
    for (const file of files) {
      const { name } = file;
      if (signal.aborted) return;
      const isRead = await this.#read(file, name);
      if (!isRead) continue;
      await this.#annotator.service.store.put({ name, file });
      this.#annotator.vocabulariesChanged();
    }
  }

  /** Ends the reading of files: none of them is kept after that. */
  async stop() {
    this.#annotator.service.stopRestoring();
    this.#adding.abort();
    this.#adding = new AbortController();
    const reading = [...this.#reading.values()];
    for (const { running } of reading) running.abort();
    await Promise.all(reading.map(({ done }) => done));
  }

  /** Takes a vocabulary out of use, also while it is read. @param {string} name */
  async remove(name) {
    this.#reading.get(name)?.running.abort();
    this.#state.set({
      vocabularies: this.#state.values.vocabularies.filter((one) => one.name !== name),
    });
    await this.#annotator.service.remove(name);
    this.#annotator.vocabulariesChanged();
  }

  /**
   * Reads a vocabulary in the place of the one of its name, and shows how far that is.
   *
   * @param {Blob} file
   * @param {string} name
   * @returns {Promise<boolean>} whether it can be used, and is still wanted
   */
  #read(file, name) {
    const before = this.#reading.get(name);
    before?.running.abort();
    const running = new AbortController();
    const done = this.#follow(file, name, running.signal, before?.done).finally(() => {
      if (this.#reading.get(name)?.running === running) this.#reading.delete(name);
    });
    this.#reading.set(name, { running, done });
    return done;
  }

  /**
   * @param {Blob} file
   * @param {string} name
   * @param {AbortSignal} signal
   * @param {Promise<unknown>} [before]  What has to end first.
   */
  async #follow(file, name, signal, before) {
    this.#put(name, { state: 'reading', progress: undefined, problems: [], problemCount: 0 });
    const onProgress = (/** @type {{ loaded: number, total: number }} */ progress) => {
      if (!signal.aborted) this.#put(name, { progress });
    };
    try {
      await before;
      const added = await this.#annotator.service.add(file, name, { onProgress, signal });
      if (signal.aborted) return false;
      const { concepts, names, problems, problemCount } = added;
      this.#put(name, { state: 'ready', concepts, names, problems, problemCount });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      console.warn(error);
      const { code, message } = reasonOf(error);
      this.#put(name, { state: 'failed', problems: [{ code, message }], problemCount: 1 });
      return false;
    }
  }

  /**
   * @param {string} name
   * @param {Partial<OwnVocabulary>} changes
   */
  #put(name, changes) {
    const { vocabularies } = this.#state.values;
    const known = vocabularies.find((one) => one.name === name);
    const one = known ?? {
      name,
      state: 'reading',
      concepts: 0,
      names: 0,
      problems: [],
      problemCount: 0,
    };
    const changed = /** @type {OwnVocabulary} */ ({ ...one, ...changes });
    this.#state.set({
      vocabularies: known
        ? vocabularies.map((other) => (other === known ? changed : other))
        : [...vocabularies, changed],
    });
  }
}
