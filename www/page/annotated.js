// The text with its marks. The whole text is there from the beginning, greyed; what is finished is
// put in place once, from front to back, and never touched again.

import { text as words } from '../text.js';
import { byId, flash, make } from './dom.js';
import { blocksOf, nest } from './marks.js';
import { dress } from './palette.js';
import { keyOf } from './state.js';

/**
 * @typedef {import('./state.js').Results} Results
 * @typedef {import('./state.js').Entity} Entity
 * @typedef {{ start: number, end: number, element: HTMLElement, rest: HTMLElement }} Block
 */

/** @param {import('./state.js').State} state */
export function mountAnnotated(state) {
  const article = byId('annotated');
  article.setAttribute('aria-label', words.annotatedLabel);
  /** @type {Writer | undefined} */
  let writer;

  state.watch(['results'], ({ results, hidden }) => {
    if (!results) return;
    if (writer?.results !== results) writer = new Writer(article, results);
    writer.advance(hidden);
  });
  state.watch(['hidden'], ({ hidden }) => writer?.hide(hidden));
  state.watch(['selected'], ({ selected }) => {
    if (selected?.from !== 'table') return;
    const mark = writer?.marks.get(keyOf(selected.entity));
    if (!mark) return;
    mark.scrollIntoView({ block: 'center' });
    flash(mark);
  });
  article.addEventListener('click', ({ target }) => {
    const mark = /** @type {Element} */ (target).closest('mark');
    const entity = mark && writer?.entities.get(mark);
    if (entity && getSelection()?.isCollapsed !== false) state.set({ selected: { entity, from: 'text' } });
  });

  const labels = /** @type {HTMLInputElement} */ (byId('labels'));
  labels.addEventListener('change', () => article.classList.toggle('with-labels', labels.checked));
}

class Writer {
  results;
  /** @type {Map<string, HTMLElement>} */
  marks = new Map();
  /** @type {Map<Element, Entity>} */
  entities = new Map();
  #article;
  /** @type {Block[]} */
  #blocks;
  #block = 0; // the first one that is not finished
  #at = 0; // everything before is in place
  #next = 0; // the first entity that is not in place

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
   * Puts in place what has been finished since the last call.
   *
   * @param {ReadonlySet<string>} hidden
   */
  advance(hidden) {
    const { entities, upTo } = this.results;
    if (upTo <= this.#at) return;
    const fresh = entities.slice(this.#next);
    for (; this.#block < this.#blocks.length; this.#block++) {
      const { start, end, element, rest } = this.#blocks[this.#block];
      const from = Math.max(start, this.#at);
      const to = Math.min(end, upTo);
      if (from >= to) break;
      rest.before(...this.#render(nest(fresh, from, to), hidden));
      if (to < end) {
        rest.textContent = this.results.text.slice(to, end);
        break;
      }
      rest.remove();
      element.classList.add('read');
    }
    this.#at = upTo;
    this.#next = entities.length;
  }

  /** @param {ReadonlySet<string>} hidden */
  hide(hidden) {
    for (const mark of this.#article.querySelectorAll('.mark')) {
      mark.classList.toggle('off', hidden.has(/** @type {HTMLElement} */ (mark).dataset.of ?? ''));
    }
  }

  /**
   * @param {import('./marks.js').Piece[]} pieces
   * @param {ReadonlySet<string>} hidden
   * @returns {Node[]}
   */
  #render(pieces, hidden) {
    return pieces.map(({ start, end, entity, first, children }) => {
      if (!entity) return document.createTextNode(this.results.text.slice(start, end));
      const { type } = entity;
      const inner = this.#render(children ?? [], hidden);
      const element = make(first ? 'mark' : 'span', { className: 'mark' }, ...inner);
      Object.assign(element.dataset, { of: type, score: entity.score });
      dress(element, type);
      if (hidden.has(type)) element.classList.add('off');
      if (end < entity.end) element.classList.add('goes-on');
      if (first) {
        Object.assign(element.dataset, { type, start: entity.start, end: entity.end });
        this.marks.set(keyOf(entity), element);
        this.entities.set(element, entity);
      }
      return element;
    });
  }
}
