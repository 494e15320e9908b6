// The way through the review: what is shown, what comes next, and what was shown before.

import {
  allItems,
  isSaidWhole,
  nextUndecided,
  progressOf,
  readDocuments,
  undecidedIn,
} from './items.js';
import { storedPosition, storePosition } from './position.js';

/**
 * @typedef {import('./items.js').Item} Item
 * @typedef {import('./items.js').ReadDocument} ReadDocument
 *
 * What is shown: an entity, a document that is to be read as a whole, or nothing, because all is decided.
 * @typedef {{ item?: Item, document?: ReadDocument }} Shown
 */

export class Walk {
  #state;
  #position = storedPosition();
  /** The ids of what was shown before. @type {string[]} */
  #before = [];
  /** Documents that the reader did not want to read as a whole now. @type {Set<number>} */
  #passed = new Set();

  /** @param {import('../../state/state.js').State} state */
  constructor(state) {
    this.#state = state;
  }

  get documents() {
    return readDocuments(this.#state.values.documents);
  }

  get items() {
    const { documents, abbreviations } = this.#state.values;
    return allItems(documents, abbreviations);
  }

  get progress() {
    return progressOf(this.items, this.documents);
  }

  /** The id of what is shown: of an item, or the key of a document. */
  get at() {
    return this.#position.at;
  }

  get canGoBack() {
    return this.#before.length > 0;
  }

  get order() {
    return this.#position.order;
  }

  /** @param {import('./items.js').Order} order */
  set order(order) {
    this.#store({ order });
  }

  /** Whether single keys do something. */
  get keys() {
    return this.#position.keys;
  }

  set keys(on) {
    this.#store({ keys: on });
  }

  /** @returns {Shown} */
  get shown() {
    const { at } = this;
    const item = this.items.find(({ id }) => id === at);
    if (item) return { item, document: item.document };
    return { document: this.documents.find(({ key }) => String(key) === at) };
  }

  /** Goes on where the reader has stopped, or with the first undecided item. */
  start() {
    this.#passed.clear();
    const { item, document } = this.shown;
    const isOpen = item ? !item.decision : document && !isSaidWhole(document);
    if (!isOpen) this.go(this.next(item), false);
  }

  /** @param {string} to @param {boolean} [remember]  Whether the reader can go back to what is shown. */
  go(to, remember = true) {
    const { at } = this;
    if (remember && at && at !== to) this.#before.push(at);
    this.#store({ at: to });
  }

  /** Goes back to what was shown before. */
  back() {
    const before = this.#before.pop();
    if (before !== undefined) this.#store({ at: before });
  }

  /** Shows again what was shown when a step was made. @param {string} to */
  retrace(to) {
    this.#before = this.#before.filter((id) => id !== to);
    this.#store({ at: to });
  }

  /** Leaves a document that need not be read as a whole now. @param {ReadDocument} document */
  pass({ key }) {
    this.#passed.add(key);
  }

  /**
   * What comes next: an undecided entity, or a document that is to be read as a whole. In the order of the text a
   * document is read as a whole when its entities are decided; otherwise that comes at the end.
   *
   * @param {Item} [from]
   */
  next(from) {
    const isReady = (/** @type {ReadDocument} */ document) =>
      !isSaidWhole(document) &&
      !this.#passed.has(document.key) &&
      !undecidedIn(document.results).length;
    if (from && this.order === 'text' && isReady(from.document)) return String(from.document.key);
    const item = nextUndecided(this.items, this.order, from);
    if (item) return item.id;
    const document = this.documents.find(isReady);
    return document ? String(document.key) : '';
  }

  /** @param {Partial<import('./position.js').Position>} change */
  #store(change) {
    this.#position = { ...this.#position, ...change };
    storePosition(this.#position);
  }
}
