// What of the found is shown, and how: types switched off, the threshold, colours, and the marks on
// the page themselves.

import { Painter } from '../../www/element/painter.js';
import { inPlaces, looksOf, rulesOf } from '../../www/shared/looks.js';
import { HIGHLIGHTS } from '../shared/names.js';
import { DEFAULTS } from '../shared/settings.js';

/**
 * @typedef {import('./article.js').Mark} Mark
 * @typedef {import('../shared/settings.js').Settings} Settings
 */

export class Marker {
  /** @type {Map<string, import('../../www/shared/looks.js').Look>} */
  looks = new Map();
  /** Types switched off in the panel. @type {Set<string>} */
  hidden = new Set();
  threshold = 0;
  #settings = DEFAULTS;
  #painter = new Painter(HIGHLIGHTS);
  #rules = '';

  /** @param {Settings} settings */
  adopt(settings) {
    this.#settings = settings;
    this.threshold = settings.threshold;
    this.#look(settings.types ?? this.looks.keys());
  }

  /** @param {Iterable<string>} types */
  #look(types) {
    this.looks = looksOf([...types], this.#settings);
  }

  /** @param {Mark} mark */
  isSure({ score }) {
    return score >= this.threshold;
  }

  /** @param {Mark} mark */
  isShown(mark) {
    return this.isSure(mark) && !this.hidden.has(mark.type);
  }

  /** @param {Mark[]} marks */
  paint(marks) {
    // Which types a preset has, only the model's module knows: they are those that it finds.
    const found = new Set(marks.map(({ type }) => type));
    if (!this.#settings.types && [...found].some((type) => !this.looks.has(type))) {
      this.#look(inPlaces([...this.looks.keys(), ...found]));
      this.style();
    }
    for (const mark of marks) {
      const look = this.looks.get(mark.type);
      if (look && this.isShown(mark)) this.#painter.paint(mark.range, look.name);
    }
  }

  /** @param {Mark[]} marks */
  erase(marks) {
    for (const { range } of marks) this.#painter.erase(range);
  }

  clear() {
    this.#painter.clear();
  }

  /** @param {Mark} mark  Where it is, shown for a moment. */
  point({ range }) {
    this.#painter.point(range);
  }

  /**
   * The rules that give the marks their colours. They go in beside the page's own, not into its tree,
   * and whatever its policy says; only the background can do that.
   */
  async style() {
    const rules = rulesOf(this.looks.values(), HIGHLIGHTS);
    if (rules === this.#rules) return;
    const remove = this.#rules;
    this.#rules = rules;
    const answer = await chrome.runtime
      .sendMessage({ kind: 'style', add: rules, remove })
      .catch(() => undefined);
    if (!answer?.ok) this.#rules = remove;
  }
}
