// Decisions on many documents, with undo and redo. A step may concern many documents at once.

import { edit, redo, undo } from '../../entities/make-edit.js';
import { applyEdits } from '../../state/apply-edits.js';

/**
 * @typedef {import('../../state/state.js').Results} Results
 * @typedef {import('../../entities/edits.js').Change} Change
 * @typedef {import('../../entities/edits.js').Edit} Edit
 *
 * `from` is where the reader was. Each result has the corrections that it had after the step.
 * @typedef {{ from: string, after: Map<Results, Edit> }} Step
 */

export class History {
  #page;
  /** @type {Step[]} */
  #done = [];
  /** @type {Step[]} */
  #undone = [];

  /**
   * @param {object} page
   * @param {import('../../state/state.js').State} page.state
   * @param {import('../../documents/collection.js').Documents} page.documents
   */
  constructor(page) {
    this.#page = page;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /**
   * @param {string} from
   * @param {Iterable<[Results, Change]>} changes
   */
  make(from, changes) {
    const edits = Array.from(
      changes,
      ([results, change]) => /** @type {const} */ ([results, edit(results.edits, change)]),
    );
    this.#undone = [];
    this.#done.push(this.#apply(from, edits));
  }

  /** Takes the last step back. @returns {string | undefined}  Where the reader was. */
  undo() {
    const step = this.#done.pop();
    if (!step) return undefined;
    this.#undone.push(
      this.#apply(
        step.from,
        unchanged(step).map((one) => [one, undo(one.edits)]),
      ),
    );
    return step.from;
  }

  /** Does the step again that was taken back last. @returns {string | undefined}  Where the reader was. */
  redo() {
    const step = this.#undone.pop();
    if (!step) return undefined;
    this.#done.push(
      this.#apply(
        step.from,
        unchanged(step).map((one) => [one, redo(one.edits)]),
      ),
    );
    return step.from;
  }

  /**
   * @param {string} from
   * @param {(readonly [Results, import('../../entities/edits.js').Edits])[]} edits
   * @returns {Step}
   */
  #apply(from, edits) {
    applyEdits(
      edits.map(([results, now]) => [results, now]),
      this.#page,
    );
    return { from, after: new Map(edits.map(([results, { now }]) => [results, now])) };
  }
}

/** The results that have not been corrected elsewhere since. @param {Step} step */
const unchanged = ({ after }) =>
  Array.from(after)
    .filter(([results, now]) => results.edits.now === now)
    .map(([results]) => results);
