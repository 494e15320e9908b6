// All that has been seen, by whom, and when: while the page and the model were loaded, or after.

/**
 * @typedef {'page' | 'worker'} Where
 * @typedef {import('./witness.js').Sighting & { where: Where, late: boolean }} Line
 */

export class Ledger {
  /** @type {Line[]} */
  lines = [];
  #late = false;
  #onChange;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** From here on requests count as made after loading. */
  begin() {
    this.#late = true;
    this.#onChange();
  }

  /**
   * @param {Where} where
   * @param {import('./witness.js').Sighting} sighting
   */
  add(where, sighting) {
    this.lines.push({ ...sighting, where, late: this.#late });
    this.#onChange();
  }

  /**
   * How many requests were seen.
   *
   * @param {{ where?: Where, late?: boolean, foreign?: boolean }} wanted
   */
  requests({ where, late, foreign }) {
    return this.lines.filter(
      (line) =>
        line.kind === 'request' &&
        (where === undefined || line.where === where) &&
        (late === undefined || line.late === late) &&
        (foreign === undefined || isForeign(line.url) === foreign),
    ).length;
  }

  /** @param {Where} where */
  refused(where) {
    return this.lines.filter((line) => line.kind === 'refused' && line.where === where).length;
  }
}

/** @param {string} url */
const isForeign = (url) => new URL(url).origin !== location.origin;
