// Whose turn it is: tabs take turns, so that a list of two hundred results in one does not keep an
// abstract in another waiting. Within a tab the order is the order of asking.

/** @template {{ id: number }} Job */
export class FairQueue {
  /** @type {Map<object, Job[]>} */
  #waiting = new Map();
  /** When each was last served; never is 0. @type {WeakMap<object, number>} */
  #served = new WeakMap();
  #turns = 0;

  /**
   * @param {object} owner
   * @param {Job} job
   */
  add(owner, job) {
    const jobs = this.#waiting.get(owner);
    if (jobs) jobs.push(job);
    else this.#waiting.set(owner, [job]);
  }

  /** Takes out the next job: of the owner who has gone without for longest. */
  next() {
    const last = (/** @type {object} */ owner) => this.#served.get(owner) ?? 0;
    const [owner] = [...this.#waiting.keys()].sort((a, b) => last(a) - last(b)); // the sort is stable
    if (!owner) return undefined;
    const jobs = /** @type {Job[]} */ (this.#waiting.get(owner));
    const job = /** @type {Job} */ (jobs.shift());
    if (!jobs.length) this.#waiting.delete(owner);
    this.#served.set(owner, ++this.#turns);
    return { owner, job };
  }

  /**
   * @param {object} owner
   * @param {number} id
   * @returns {boolean} whether it was still waiting
   */
  remove(owner, id) {
    const jobs = this.#waiting.get(owner) ?? [];
    const at = jobs.findIndex((job) => job.id === id);
    if (at < 0) return false;
    jobs.splice(at, 1);
    if (!jobs.length) this.#waiting.delete(owner);
    return true;
  }

  /** @param {object} owner  Who has gone. */
  drop(owner) {
    this.#waiting.delete(owner);
  }
}
