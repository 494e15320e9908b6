// The review: the item that is shown, what the reader decides on it, and where the reader goes from there.

import { marking, replacement } from '../../entities/changes.js';
import { keyOf } from '../../entities/order.js';
import { nextEdge } from '../../entities/words.js';
import { reviewWords as words } from '../../../text/review.js';
import { History } from './history.js';
import {
  allItems,
  nextUndecided,
  overlap,
  progressOf,
  readDocuments,
  undecidedIn,
} from './items.js';
import { storedPosition, storePosition } from './position.js';

/**
 * @typedef {import('./items.js').Item} Item
 * @typedef {import('./items.js').ReadDocument} ReadDocument
 * @typedef {import('./items.js').Order} Order
 * @typedef {import('../../state/state.js').Entity} Entity
 * @typedef {import('../../entities/edits.js').Change} Change
 *
 * What is shown: an entity, a document that is to be read as a whole, or nothing, because all is decided.
 * @typedef {{ item?: Item, document?: ReadDocument }} Shown
 */

export class Review {
  #state;
  #history;
  #position = storedPosition();
  /** The ids of what was shown before. @type {string[]} */
  #before = [];
  /** Documents that the reader did not want to read as a whole now. @type {Set<number>} */
  #passed = new Set();
  /** @type {(() => void)[]} */
  #listeners = [];
  /** What has happened last. */
  said = () => '';

  /**
   * @param {object} page
   * @param {import('../../state/state.js').State} page.state
   * @param {import('../../documents/collection.js').Documents} page.documents
   */
  constructor(page) {
    this.#state = page.state;
    this.#history = new History(page);
  }

  /** Calls `listener` whenever something else is shown. @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
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

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  get canGoBack() {
    return this.#before.length > 0;
  }

  get order() {
    return this.#position.order;
  }

  /** The id of what is shown. */
  get at() {
    return this.#position.at;
  }

  /** Whether single keys do something. */
  get keys() {
    return this.#position.keys;
  }

  set keys(on) {
    this.#store({ keys: on });
  }

  /** What is shown. @returns {Shown} */
  get shown() {
    const { at } = this.#position;
    const item = this.items.find(({ id }) => id === at);
    if (item) return { item, document: item.document };
    return { document: this.documents.find(({ key }) => String(key) === at) };
  }

  /** Goes on where the reader has stopped, or with the first undecided item. */
  start() {
    this.#passed.clear();
    const { item, document } = this.shown;
    if ((item && !item.decision) || (document && !item && !document.results.edits.now.whole))
      return this.#changed();
    this.#go(this.#next(item), false);
  }

  /** @param {Order} order */
  setOrder(order) {
    this.#store({ order });
    this.#go(this.#next(), false);
  }

  /** @param {string} id  Of an item, or the key of a document. */
  goTo(id) {
    this.#go(id);
  }

  accept() {
    const { item } = this.shown;
    if (!item) return;
    const { entity, decision } = item;
    if (decision !== 'own' && decision !== 'accepted') {
      const added = decision === 'changed' ? inPlaceOf(item) : [];
      this.#make([[item.document.results, { accept: [entity], remove: added }]]);
    }
    this.said = () => words().said.accepted(entity.text);
    this.#go(this.#next(decision === 'own' ? this.#replacedBy(item) : item));
  }

  reject() {
    const { item } = this.shown;
    if (!item) return;
    const { entity, decision } = item;
    if (decision !== 'rejected' && decision !== 'changed')
      this.#make([[item.document.results, { remove: [entity] }]]);
    this.said = () => words().said.rejected(entity.text);
    this.#go(this.#next(item));
  }

  /** Leaves what is shown undecided, and goes on. */
  skip() {
    const { item, document } = this.shown;
    if (!item && document) this.#passed.add(document.key);
    this.said = () => words().said.skipped();
    this.#go(this.#next(item));
  }

  /** Goes back to what was shown before. */
  back() {
    const before = this.#before.pop();
    if (before === undefined) return;
    this.said = () => words().said.back();
    this.#store({ at: before });
    this.#changed();
  }

  /**
   * Gives the entity that is shown another type or other bounds.
   *
   * @param {Partial<Entity>} changes
   */
  change(changes) {
    const { item } = this.shown;
    if (!item) return;
    const { results, key } = item.document;
    // One that was changed before is changed from what stands in its place.
    const from = item.decision === 'changed' ? (inPlaceOf(item)[0] ?? item.entity) : item.entity;
    const change = replacement(results, from, changes);
    const [after] = change.add;
    if (keyOf(after) === keyOf(from)) return;
    this.#make([[results, change]]);
    this.said = () => words().said.changed(after.text, after.type);
    this.#store({ at: `${key}/${keyOf(after)}` });
    this.#changed();
  }

  /**
   * Moves a bound of the entity that is shown by a word.
   *
   * @param {'start' | 'end'} edge
   * @param {-1 | 1} direction
   */
  move(edge, direction) {
    const moved = this.moved(edge, direction);
    if (moved !== undefined) this.change({ [edge]: moved });
  }

  /**
   * Where a bound would be; undefined if it cannot be moved.
   *
   * @param {'start' | 'end'} edge
   * @param {-1 | 1} direction
   */
  moved(edge, direction) {
    const { item } = this.shown;
    if (!item) return undefined;
    const { entity, document } = item;
    const to = nextEdge(document.results.text, entity[edge], edge, direction);
    const { start, end } = /** @type {Entity} */ ({ ...entity, [edge]: to });
    return to === entity[edge] || start >= end ? undefined : to;
  }

  /**
   * Marks words that the model has missed in the document that is shown. What is shown stays.
   *
   * @param {{ start: number, end: number }[]} spans
   * @param {string} type
   */
  mark(spans, type) {
    const { document } = this.shown;
    if (!document || !spans.length) return;
    const { results, key } = document;
    const change = marking(results, spans, type);
    this.#make([[results, change]]);
    this.said = () => words().said.marked(spans.length);
    // Where the entity that was shown is replaced, the new one is shown.
    const { at } = this.#position;
    if (change.remove.some((one) => `${key}/${keyOf(one)}` === at))
      this.#store({ at: `${key}/${keyOf(change.add[0])}` });
    this.#changed();
  }

  /** Says that nothing is missing in the document that is shown. */
  complete() {
    const { item, document } = this.shown;
    if (item || !document) return;
    this.#make([[document.results, { whole: true }]]);
    this.said = () => words().said.complete(document.name);
    this.#go(this.#next());
  }

  /**
   * The undecided entities with this score at least.
   *
   * @param {number} score
   * @param {string} type  '' for all.
   */
  above(score, type) {
    return this.items.filter(
      ({ entity, decision }) =>
        !decision && entity.score >= score && (!type || entity.type === type),
    );
  }

  /**
   * Accepts all of them at once.
   *
   * @param {number} score
   * @param {string} type
   */
  acceptAbove(score, type) {
    /** @type {Map<import('../../state/state.js').Results, Entity[]>} */
    const byResults = new Map();
    const all = this.above(score, type);
    for (const { document, entity } of all) {
      const list = byResults.get(document.results);
      if (list) list.push(entity);
      else byResults.set(document.results, [entity]);
    }
    this.#make(Array.from(byResults, ([results, acceptTogether]) => [results, { acceptTogether }]));
    this.said = () => words().said.acceptedTogether(all.length);
    const { item } = this.shown;
    if (item && !item.decision) this.#changed();
    else this.#go(this.#next(item));
  }

  /** Says something, and shows it. @param {() => string} said */
  say(said) {
    this.said = said;
    this.#changed();
  }

  undo() {
    this.#retrace(this.#history.undo(), () => words().said.undone());
  }

  redo() {
    this.#retrace(this.#history.redo(), () => words().said.redone());
  }

  /** @param {string | undefined} to @param {() => string} said */
  #retrace(to, said) {
    if (to === undefined) return;
    this.said = said;
    this.#before = this.#before.filter((id) => id !== to);
    this.#store({ at: to });
    this.#changed();
  }

  /** @param {[import('../../state/state.js').Results, Change][]} changes */
  #make(changes) {
    this.#history.make(this.#position.at, changes);
  }

  /**
   * What comes next: an undecided entity, or a document that is to be read as a whole. In the order of the text a
   * document is read as a whole when its entities are decided; otherwise that comes at the end.
   *
   * @param {Item} [from]
   */
  #next(from) {
    const isReady = (/** @type {ReadDocument} */ { key, results }) =>
      !results.edits.now.whole && !this.#passed.has(key) && !undecidedIn(results).length;
    if (from && this.order === 'text' && isReady(from.document)) return String(from.document.key);
    const item = nextUndecided(this.items, this.order, from);
    if (item) return item.id;
    const document = this.documents.find(isReady);
    return document ? String(document.key) : '';
  }

  /** The model's entity that one of the reader's stands in the place of. @param {Item} own @returns {Item} */
  #replacedBy(own) {
    const { document, entity } = own;
    return (
      this.items.find(
        (item) =>
          item.document === document && item.decision === 'changed' && overlap(item.entity, entity),
      ) ?? own
    );
  }

  /** @param {string} to @param {boolean} [remember]  Whether the reader can go back to what is shown. */
  #go(to, remember = true) {
    const { at } = this.#position;
    if (remember && at && at !== to) this.#before.push(at);
    this.#store({ at: to });
    this.#changed();
  }

  /** @param {Partial<import('./position.js').Position>} change */
  #store(change) {
    this.#position = { ...this.#position, ...change };
    storePosition(this.#position);
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}

/** What the reader has put in the place of an entity. @param {Item} item @returns {Entity[]} */
const inPlaceOf = ({ document, entity }) =>
  document.results.edits.now.added.filter((other) => overlap(other, entity));
