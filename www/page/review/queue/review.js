// The review: what the reader decides on the item that is shown.

import { marking, replacement } from '../../entities/changes.js';
import { keyOf } from '../../entities/order.js';
import { nextEdge } from '../../entities/words.js';
import { reviewWords as words } from '../../../text/review.js';
import { History } from './history.js';
import { overlap } from './items.js';
import { Walk } from './walk.js';

/**
 * @typedef {import('./items.js').Item} Item
 * @typedef {import('./items.js').Order} Order
 * @typedef {import('../../state/state.js').Entity} Entity
 * @typedef {import('../../state/state.js').Results} Results
 * @typedef {import('../../entities/edits.js').Change} Change
 */

export class Review {
  /** Where the reader is. */
  walk;
  #history;
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
    this.walk = new Walk(page.state);
    this.#history = new History(page);
  }

  /** Calls `listener` whenever something else is shown. @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  get items() {
    return this.walk.items;
  }

  get shown() {
    return this.walk.shown;
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  start() {
    this.walk.start();
    this.#changed();
  }

  /** @param {Order} order */
  setOrder(order) {
    this.walk.order = order;
    this.#go(this.walk.next(), false);
  }

  /** @param {string} id  Of an item. */
  goTo(id) {
    this.#go(id);
  }

  accept() {
    const { item } = this.shown;
    if (!item) return;
    const { entity, decision } = item;
    if (decision !== 'own' && decision !== 'accepted') {
      const remove = decision === 'changed' ? inPlaceOf(item) : [];
      this.#make([[item.document.results, { accept: [entity], remove }]]);
    }
    this.said = () => words().said.accepted(entity.text);
    this.#go(this.walk.next(decision === 'own' ? this.#replacedBy(item) : item));
  }

  reject() {
    const { item } = this.shown;
    if (!item) return;
    const { entity, decision } = item;
    if (decision !== 'rejected' && decision !== 'changed')
      this.#make([[item.document.results, { remove: [entity] }]]);
    this.said = () => words().said.rejected(entity.text);
    this.#go(this.walk.next(item));
  }

  /** Leaves what is shown undecided, and goes on. */
  skip() {
    const { item, document } = this.shown;
    if (!item && document) this.walk.pass(document);
    this.said = () => words().said.skipped();
    this.#go(this.walk.next(item));
  }

  /** Goes back to what was shown before. */
  back() {
    if (!this.walk.canGoBack) return;
    this.walk.back();
    this.say(() => words().said.back());
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
    this.#go(`${key}/${keyOf(after)}`, false);
  }

  /**
   * Changes attributes of entities in the document that is shown. What is shown stays.
   *
   * @param {NonNullable<Change['set']>} set
   * @param {() => string} said
   */
  describe(set, said) {
    const { item } = this.shown;
    if (!item) return;
    this.#make([[item.document.results, { set }]]);
    this.say(said);
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
   * Marks words that the model has missed in the document that is shown. What is shown stays, or what replaces it.
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
    const { at } = this.walk;
    const isReplaced = change.remove.some((one) => `${key}/${keyOf(one)}` === at);
    this.#go(isReplaced ? `${key}/${keyOf(change.add[0])}` : at, false);
  }

  /** Says that nothing is missing in the document that is shown. */
  complete() {
    const { item, document } = this.shown;
    if (item || !document) return;
    this.#make([[document.results, { whole: document.results.types }]]);
    this.said = () => words().said.complete(document.name);
    this.#go(this.walk.next());
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
    const all = this.above(score, type);
    this.#makeForAll(all, 'acceptTogether');
    this.said = () => words().said.acceptedTogether(all.length);
    const { item } = this.shown;
    this.#go(item && !item.decision ? item.id : this.walk.next(item));
  }

  /** The entities that were accepted by their score, at any visit. */
  get acceptedTogether() {
    return this.items.filter(({ decision }) => decision === 'together');
  }

  /** Makes all of them undecided again. */
  takeBackTogether() {
    const all = this.acceptedTogether;
    this.#makeForAll(all, 'reopen');
    this.said = () => words().said.takenBack(all.length);
    const { item } = this.shown;
    this.#go(item ? item.id : this.walk.next());
  }

  undo() {
    this.#retrace(this.#history.undo(), () => words().said.undone());
  }

  redo() {
    this.#retrace(this.#history.redo(), () => words().said.redone());
  }

  /** Says something, and shows it. @param {() => string} said */
  say(said) {
    this.said = said;
    this.#changed();
  }

  /** @param {string | undefined} to @param {() => string} said */
  #retrace(to, said) {
    if (to === undefined) return;
    this.walk.retrace(to);
    this.say(said);
  }

  /** @param {[Results, Change][]} changes */
  #make(changes) {
    this.#history.make(this.walk.at, changes);
  }

  /** @param {Item[]} items @param {'acceptTogether' | 'reopen'} what */
  #makeForAll(items, what) {
    /** @type {Map<Results, Entity[]>} */
    const byResults = new Map();
    for (const { document, entity } of items) {
      const list = byResults.get(document.results);
      if (list) list.push(entity);
      else byResults.set(document.results, [entity]);
    }
    this.#make(Array.from(byResults, ([results, list]) => [results, { [what]: list }]));
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
  #go(to, remember) {
    this.walk.go(to, remember);
    this.#changed();
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}

/** What the reader has put in the place of an entity. @param {Item} item @returns {Entity[]} */
const inPlaceOf = ({ document, entity }) =>
  document.results.edits.now.added.filter((other) => overlap(other, entity));
