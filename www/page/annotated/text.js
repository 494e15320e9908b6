// The text with its marks. The whole text is there from the beginning, greyed; what is finished is
// put in place once, from front to back. When all is done, only blocks whose entities were changed
// are written again. Annotations that came with a document lie between the model's, as outlines.

import { text as words } from '../../text.js';
import { byId, flash, make } from '../common/dom.js';
import { passes } from '../entities/visible.js';
import { guarded } from '../common/fallback.js';
import { moveAmongMarks } from './mark-keys.js';
import { blocksOf, keyOf, nest } from './marks.js';
import { dress } from '../common/type-style.js';
import { besides, kindsOf, SIGNS } from '../review/annotations.js';
import { reviewOf } from '../review/compare.js';

/**
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../entities/visible.js').Filters} Filters
 * @typedef {import('../review/compare.js').Review} Review
 * @typedef {import('../review/annotations.js').Beside} Beside
 * @typedef {{ start: number, end: number, element: HTMLElement, rest: HTMLElement }} Block
 */

/**
 * @param {import('../state/state.js').State} state
 * @param {import('./editor.js').Editor} editor
 */
export function mountAnnotated(state, editor) {
  const article = byId('annotated');
  /** @type {Writer | undefined} */
  let writer;

  state.watch(['results', 'review', 'language'], (values) => {
    const { results, hidden, threshold } = values;
    if (!results) return;
    if (writer?.results !== results) writer = new Writer(article, results);
    writer.write({ hidden, threshold }, guarded('the comparison', () => reviewOf(values), undefined));
  });
  state.watch(['hidden', 'threshold'], (values) => {
    const review = guarded('the comparison', () => reviewOf(values), undefined);
    if (review) writer?.write(values, review);
    writer?.filter(values);
  });
  state.watch(['selected'], ({ selected }) => {
    if (selected?.from !== 'table') return;
    const mark = writer?.marks.get(keyOf(selected.entity));
    if (!mark) return;
    mark.scrollIntoView({ block: 'center' });
    flash(mark);
  });

  /** @param {Element | null} element */
  const entityOf = (element) => {
    const mark = element?.closest('mark:not(.off)');
    return mark && writer?.entities.get(mark);
  };
  article.addEventListener('click', ({ target }) => {
    const entity = entityOf(/** @type {Element} */ (target));
    if (!entity || getSelection()?.isCollapsed === false) return;
    if (isBeside(entity)) return editor.offer(entity, writer?.marks.get(keyOf(entity)));
    state.set({ selected: { entity, from: 'text' } });
    editor.change(entity, writer?.marks.get(keyOf(entity)));
  });
  moveAmongMarks(article, {
    open: (mark) => {
      const entity = entityOf(mark);
      if (!entity) return;
      if (isBeside(entity)) editor.offer(entity, mark, true);
      else editor.change(entity, mark, true);
    },
    remove: (mark) => {
      const entity = entityOf(mark);
      if (entity && !isBeside(entity)) editor.remove(entity);
    },
  });
}

/**
 * @param {Entity | Beside} entity
 * @returns {entity is Beside}
 */
const isBeside = (entity) => 'beside' in entity;

class Writer {
  results;
  /** @type {Map<string, HTMLElement>} */
  marks = new Map();
  /** @type {Map<Element, Entity | Beside>} */
  entities = new Map();
  /** @type {Review | undefined} */
  #review;
  /** How each of the model's compares, by its key. @type {ReturnType<typeof kindsOf>} */
  #kinds = new Map();
  #article;
  /** @type {Block[]} */
  #blocks;
  #block = 0; // the first one that is not finished
  #at = 0; // everything before is in place
  /** @type {Entity[]} what is in place */
  #written = [];

  /**
   * @param {HTMLElement} article
   * @param {Results} results
   */
  constructor(article, results) {
    this.results = results;
    this.#article = article;
    this.#blocks = blocksOf(results.text).map(({ start, end }) => {
      const rest = make('span', { className: 'unread', textContent: results.text.slice(start, end) });
      return { start, end, rest, element: make('div', { className: 'block', dir: 'auto' }, rest) };
    });
    article.replaceChildren(...this.#blocks.map(({ element }) => element));
  }

  /**
   * Puts in place what is new since the last call.
   *
   * @param {Filters} filters
   * @param {Review} [review]
   */
  write(filters, review) {
    const { entities, found, upTo, running } = this.results;
    // While it runs, the model's own come one after the other; a change is seen when it is done.
    const own = running ? found : entities;
    const compared = Boolean(review ?? this.#review);
    this.#review = review;
    this.#kinds = kindsOf(review);
    const now = /** @type {Entity[]} */ (review ? [...own, ...besides(review)] : own);
    if (!running && this.#at > 0) this.#rewrite(now, filters, compared);
    this.#advance(now, upTo, filters);
    this.#written = now.slice();
  }

  /** @param {Filters} filters */
  filter(filters) {
    for (const element of this.#article.querySelectorAll('.mark')) {
      const mark = /** @type {HTMLElement} */ (element);
      mark.classList.toggle('off', !passes({ type: mark.dataset.of ?? '', score: Number(mark.dataset.score) }, filters));
    }
  }

  /**
   * Goes on where the last call left off.
   *
   * @param {Entity[]} entities
   * @param {number} upTo
   * @param {Filters} filters
   */
  #advance(entities, upTo, filters) {
    if (upTo <= this.#at) return;
    const fresh = entities.filter(({ end }) => end > this.#at);
    for (; this.#block < this.#blocks.length; this.#block++) {
      const { start, end, element, rest } = this.#blocks[this.#block];
      const from = Math.max(start, this.#at);
      const to = Math.min(end, upTo);
      if (from >= to) break;
      rest.before(...this.#render(nest(fresh, from, to), filters));
      if (to < end) {
        rest.textContent = this.results.text.slice(to, end);
        break;
      }
      rest.remove();
      element.classList.add('read');
    }
    this.#at = upTo;
  }

  /**
   * Writes the blocks again in which something is not as it was.
   *
   * @param {Entity[]} entities
   * @param {Filters} filters
   * @param {boolean} all  Every block with entities: how they compare has changed.
   */
  #rewrite(entities, filters, all) {
    const before = new Set(this.#written);
    const after = new Set(entities);
    const isNew = (/** @type {Entity} */ one) => all || !before.has(one);
    const changed = [...entities.filter(isNew), ...this.#written.filter((one) => !after.has(one))];
    if (!changed.length) return;
    for (const { start, end, element, rest } of this.#blocks) {
      if (start >= this.#at) break;
      if (!changed.some((entity) => entity.start < end && start < entity.end)) continue;
      const to = Math.min(end, this.#at);
      for (const mark of element.querySelectorAll('mark')) this.#forget(mark);
      element.replaceChildren(...this.#render(nest(entities, start, to), filters), ...(to < end ? [rest] : []));
    }
  }

  /** @param {HTMLElement} mark */
  #forget(mark) {
    const entity = this.entities.get(mark);
    this.entities.delete(mark);
    if (entity && this.marks.get(keyOf(entity)) === mark) this.marks.delete(keyOf(entity));
  }

  /**
   * @param {import('./marks.js').Piece[]} pieces
   * @param {Filters} filters
   * @returns {Node[]}
   */
  #render(pieces, filters) {
    return pieces.map(({ start, end, entity, first, children }) => {
      if (!entity) return document.createTextNode(this.results.text.slice(start, end));
      const { type, origin } = /** @type {Entity} */ (entity);
      const inner = this.#render(children ?? [], filters);
      const element = make(first ? 'mark' : 'span', { className: 'mark' }, ...inner);
      if (isBeside(entity)) {
        this.#dressBeside(element, entity, end < entity.end, first);
        return element;
      }
      Object.assign(element.dataset, { of: type, score: entity.score });
      const kind = this.#kinds.get(keyOf(entity));
      if (kind) Object.assign(element.dataset, { review: kind, said: words.reviewSaid[kind], ...(first && { sign: SIGNS[kind] }) });
      if (origin) element.dataset.origin = origin;
      dress(element, type);
      element.style.setProperty('--score', String(entity.score));
      if (!passes(entity, filters)) element.classList.add('off');
      if (end < entity.end) element.classList.add('goes-on');
      if (first) {
        Object.assign(element.dataset, { type, start: entity.start, end: entity.end });
        element.tabIndex = -1;
        this.marks.set(keyOf(entity), element);
        this.entities.set(element, entity);
      }
      return element;
    });
  }

  /**
   * An annotation of the file's: an outline, which none of the hooks for the model's marks takes for one.
   *
   * @param {HTMLElement} element
   * @param {Beside} beside
   * @param {boolean} goesOn
   * @param {boolean} [first]
   */
  #dressBeside(element, beside, goesOn, first) {
    const { type, fileType, beside: kind } = beside;
    element.classList.add('beside');
    const said = kind === 'missed' ? words.reviewSaid.missed : words.reviewSaid.given;
    Object.assign(element.dataset, { of: fileType, review: kind, said, ...(first && { sign: SIGNS[kind] }) });
    dress(element, type);
    if (goesOn) element.classList.add('goes-on');
    if (!first) return;
    Object.assign(element.dataset, { given: fileType, givenStart: beside.start, givenEnd: beside.end });
    element.tabIndex = -1;
    if (!this.marks.has(keyOf(beside))) this.marks.set(keyOf(beside), element);
    this.entities.set(element, beside);
  }
}
