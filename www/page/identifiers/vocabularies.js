// The reader's own vocabularies: adding and removing them, and what is known of each.

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

  /**
   * @param {import('../state/state.js').State} state
   * @param {import('../attributes/annotator.js').Annotator} annotator
   */
  constructor(state, annotator) {
    this.#state = state;
    this.#annotator = annotator;
    annotator.service.onStored = (name, added) => this.#follow(name, added);
  }

  /** Whether they are still there at the next visit. */
  get areStored() {
    return this.#annotator.service.store.works;
  }

  /**
   * Reads a file, keeps it on this device, and finds identifiers anew.
   *
   * @param {File} file
   */
  async add(file) {
    const { service } = this.#annotator;
    const { name } = file;
    const onProgress = (/** @type {{ loaded: number, total: number }} */ progress) =>
      this.#put(name, { progress });
    const isRead = await this.#follow(name, service.add(file, name, onProgress));
    if (!isRead) return;
    await service.store.put({ name, file });
    this.#annotator.vocabulariesChanged();
  }

  /** @param {string} name */
  async remove(name) {
    this.#state.set({
      vocabularies: this.#state.values.vocabularies.filter((one) => one.name !== name),
    });
    await this.#annotator.service.remove(name);
    this.#annotator.vocabulariesChanged();
  }

  /**
   * Shows how a vocabulary is read; resolves with whether it can be used.
   *
   * @param {string} name
   * @param {Promise<import('../../attributes.d.ts').AddedVocabulary>} added
   */
  async #follow(name, added) {
    this.#put(name, { state: 'reading', problems: [], problemCount: 0 });
    try {
      const { concepts, names, problems, problemCount } = await added;
      this.#put(name, { state: 'ready', concepts, names, problems, problemCount });
      return true;
    } catch (error) {
      console.warn(error);
      const { code = '', message = String(error) } =
        /** @type {Partial<import('../../client.d.ts').BionerError>} */ (error ?? {});
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
