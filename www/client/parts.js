// Results on their way from the worker to whoever iterates over them.

/**
 * A queue with one reader: filled by the worker's messages, emptied by an iterator.
 *
 * @template Part
 */
export class Parts {
  /** @type {Part[]} */
  #waiting = [];
  #finished = false;
  /** @type {unknown} */
  #error;
  /** @type {(() => void) | undefined} */
  #wake;

  /** @param {Part} part */
  push(part) {
    this.#waiting.push(part);
    this.#wake?.();
  }

  finish() {
    this.#finished = true;
    this.#wake?.();
  }

  /**
   * Ends the queue at once: what has not been read is dropped. The first end counts.
   *
   * @param {unknown} error
   */
  fail(error) {
    if (this.#finished) return;
    this.#waiting.length = 0;
    this.#finished = true;
    this.#error = error;
    this.#wake?.();
  }

  /**
   * The next part, or undefined at the end.
   *
   * @returns {Promise<Part | undefined>}
   */
  async next() {
    while (!this.#waiting.length && !this.#finished) {
      await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
    }
    if (this.#waiting.length) return this.#waiting.shift();
    if (this.#error) throw this.#error;
  }
}
