// The requests and refusals that the browser has reported, of the page and of the model's worker.

/**
 * @typedef {'page' | 'worker'} Where
 *
 * `late` is set on what came after loading.
 * @typedef {import('./network-events.js').NetworkEvent & { where: Where, late: boolean }} Entry
 */

export class NetworkLog {
  /** @type {Entry[]} */
  entries = [];
  #late = false;
  #onChange;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** Says that loading is over. */
  loaded() {
    this.#late = true;
    this.#onChange();
  }

  /**
   * @param {Where} where
   * @param {import('./network-events.js').NetworkEvent} event
   */
  add(where, event) {
    this.entries.push({ ...event, where, late: this.#late });
    this.#onChange();
  }

  /**
   * The number of requests that were reported.
   *
   * @param {{ where?: Where, late?: boolean, foreign?: boolean }} filter
   */
  requests({ where, late, foreign }) {
    return this.entries.filter(
      (entry) =>
        entry.kind === 'request' &&
        (where === undefined || entry.where === where) &&
        (late === undefined || entry.late === late) &&
        (foreign === undefined || isForeign(entry.url) === foreign),
    ).length;
  }

  /** The number of requests that were refused. @param {Where} where */
  refused(where) {
    return this.entries.filter((entry) => entry.kind === 'refused' && entry.where === where).length;
  }
}

/** @param {string} url */
const isForeign = (url) => new URL(url).origin !== location.origin;
