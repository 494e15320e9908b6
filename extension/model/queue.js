// Whose turn it is: tabs take turns, so that a list of two hundred results in one does not keep an
// abstract in another waiting. Within a tab the order is the order of asking.

/** @template {{ id: number }} Job */
export class FairQueue {
  /** In the order of their turns. @type {Map<object, Job[]>} */
  #waiting = new Map();

  /**
   * @param {object} owner
   * @param {Job} job
   */
  add(owner, job) {
    const jobs = this.#waiting.get(owner);
    if (jobs) jobs.push(job);
    else this.#waiting.set(owner, [job]);
  }

  /** Takes the next job out. @returns {{ owner: object, job: Job } | undefined} */
  next() {
    const first = this.#waiting.entries().next().value;
    if (!first) return undefined;
    const [owner, jobs] = first;
    const job = /** @type {Job} */ (jobs.shift());
    this.#waiting.delete(owner);
    if (jobs.length) this.#waiting.set(owner, jobs); // to the end of the line
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
