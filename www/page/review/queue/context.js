// A part of a document's text with its marks: the sentence of an entity and what surrounds it, or the whole text.

import { blocksOf, nest } from '../../annotated/marks.js';
import { enableMarkKeys } from '../../annotated/mark-keys.js';
import { offsetOf } from '../../annotated/text-offset.js';
import { make } from '../../common/dom.js';
import { applyTypeStyle } from '../../common/type-style.js';
import { keyOf } from '../../entities/order.js';
import { wholeWords } from '../../entities/words.js';
import { reviewWords as words } from '../../../text/review.js';
import { decisions } from './items.js';

const AROUND = 240; // characters before and after the sentence

/**
 * @typedef {import('./items.js').Item} Item
 * @typedef {import('./items.js').ReadDocument} ReadDocument
 * @typedef {import('../../state/state.js').Entity} Entity
 */

export class Context {
  element = make('div', { className: 'annotated queue-context', tabIndex: -1, role: 'group' });
  #from = 0;
  /** @type {ReadDocument | undefined} */
  #document;
  /** @type {WeakMap<Element, Entity>} */
  #entities = new WeakMap();

  /**
   * @param {object} on
   * @param {(id: string) => void} on.open  Called with the id of the item whose mark is pressed.
   * @param {(span: { start: number, end: number } | undefined) => void} on.select  Called with the words selected.
   */
  constructor({ open, select }) {
    const openMark = (/** @type {Element | null} */ mark) => {
      const entity = mark && this.#entities.get(mark);
      if (entity && this.#document) open(`${this.#document.key}/${keyOf(entity)}`);
    };
    this.element.addEventListener('click', ({ target }) => {
      if (getSelection()?.isCollapsed !== false)
        openMark(/** @type {Element} */ (target).closest('mark'));
    });
    enableMarkKeys(this.element, { open: openMark, remove: openMark });
    // A click may collapse the selection after this event.
    this.element.addEventListener('pointerup', () => setTimeout(() => select(this.#selection())));
    this.element.addEventListener('keyup', (event) => {
      if (event.shiftKey || event.key === 'Shift') select(this.#selection());
    });
  }

  /** Shows the sentence of an item. @param {Item} item */
  showItem({ document, entity }) {
    const { results } = document;
    this.#document = document;
    const { from, start, end, to } = contextOf(results, entity);
    this.#from = from;
    const there = results.entities.some((other) => keyOf(other) === keyOf(entity));
    const entities = there ? results.entities : [...results.entities, entity];
    const part = (/** @type {string} */ className, /** @type {number[]} */ [a, b]) =>
      make('span', { className }, ...this.#render(nest(entities, a, b), results, entity));
    const block = make(
      'div',
      { className: 'block', dir: 'auto' },
      part('queue-around', [from, start]),
      part('queue-sentence', [start, end]),
      part('queue-around', [end, to]),
    );
    block.classList.toggle('begins-later', from > 0);
    block.classList.toggle('ends-earlier', to < results.text.length);
    this.element.replaceChildren(block);
    const current = /** @type {HTMLElement | null} */ (this.element.querySelector('.current'));
    this.element.scrollTop = (current?.offsetTop ?? 0) - this.element.clientHeight / 2;
  }

  /** Shows the whole text of a document. @param {ReadDocument} document */
  showDocument(document) {
    const { results } = document;
    const isSame = this.#document === document && this.#from === 0;
    this.#document = document;
    this.#from = 0;
    const { scrollTop } = this.element;
    this.element.replaceChildren(
      ...blocksOf(results.text).map(({ start, end }) =>
        make(
          'div',
          { className: 'block', dir: 'auto' },
          ...this.#render(nest(results.entities, start, end), results),
        ),
      ),
    );
    this.element.scrollTop = isSame ? scrollTop : 0;
  }

  /**
   * @param {import('../../annotated/marks.js').Piece[]} pieces
   * @param {import('../../state/state.js').Results} results
   * @param {Entity} [current]
   * @returns {Node[]}
   */
  #render(pieces, results, current) {
    const decide = decisions(results.edits.now);
    /** @type {(list: import('../../annotated/marks.js').Piece[]) => Node[]} */
    const render = (list) =>
      list.map(({ start, end, entity, first, children }) => {
        if (!entity) return document.createTextNode(results.text.slice(start, end));
        const mark = make(
          first ? 'mark' : 'span',
          { className: 'mark' },
          ...render(children ?? []),
        );
        const decision = decide(entity) ?? 'undecided';
        Object.assign(mark.dataset, {
          of: entity.type,
          decision,
          comparison: words().decisions[decision],
        });
        applyTypeStyle(mark, entity.type);
        mark.style.setProperty('--score', String(entity.score));
        if (end < entity.end) mark.classList.add('goes-on');
        if (current && keyOf(current) === keyOf(entity)) {
          mark.classList.add('current');
          if (first) mark.setAttribute('aria-current', 'true');
        }
        if (first) {
          mark.tabIndex = -1;
          this.#entities.set(mark, entity);
        }
        return mark;
      });
    return render(pieces);
  }

  /** The words that are selected. */
  #selection() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return undefined;
    const range = selection.getRangeAt(0);
    const { element } = this;
    if (!element.contains(range.startContainer) || !element.contains(range.endContainer))
      return undefined;
    return wholeWords(
      this.#document?.results.text ?? '',
      this.#from + offsetOf(element, range.startContainer, range.startOffset),
      this.#from + offsetOf(element, range.endContainer, range.endOffset),
    );
  }
}

/**
 * The sentence of an entity, and what is shown before and after it.
 *
 * @param {import('../../state/state.js').Results} results
 * @param {Entity} entity
 */
export function contextOf({ text, raw }, entity) {
  const sentence =
    raw.find(({ start, end }) => start <= entity.start && entity.start < end) ?? entity;
  const start = Math.min(sentence.start, entity.start);
  const end = Math.max(sentence.end, entity.end);
  let from = Math.max(0, start - AROUND);
  while (from > 0 && from < start && !/\s/.test(text[from - 1])) from++;
  let to = Math.min(text.length, end + AROUND);
  while (to < text.length && to > end && !/\s/.test(text[to])) to--;
  return { from, start, end, to };
}
