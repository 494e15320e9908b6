// The card that opens at a mark or at selected words. It changes the type and the bounds of an entity, removes it,
// or marks the words.

import { text as words } from '../../text.js';
import { byId, icon, make } from '../common/dom.js';
import { applyTypeStyle } from '../common/type-style.js';
import { marking, replacement } from '../entities/changes.js';
import { keyOf } from '../entities/order.js';
import { nextEdge, wholeWords } from '../entities/words.js';
import { offsetOf } from './text-offset.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../state/state.js').Results} Results
 */

const GAP = 6; // pixels

export class Editor {
  #state;
  #corrections;
  #card = byId('editor');
  /** The mark that the card was opened at; it gets the focus back. @type {HTMLElement | undefined} */
  #from;

  /**
   * @param {import('../state/state.js').State} state
   * @param {import('../state/corrections.js').Corrections} corrections
   */
  constructor(state, corrections) {
    this.#state = state;
    this.#corrections = corrections;
    this.#watchSelection();
    this.#closeOnLeaving();
    state.watch(['results', 'open', 'language'], () => this.close());
  }

  /**
   * Opens the card for an entity.
   *
   * @param {Entity} entity
   * @param {HTMLElement} [mark]
   * @param {boolean} [focus]  Whether to move the focus into the card.
   */
  openEntity(entity, mark, focus = false) {
    if (!this.#corrections.results || !mark) return;
    const remove = make('button', {
      type: 'button',
      className: 'quiet-button editor-remove',
      textContent: words.editRemove,
    });
    remove.addEventListener('click', () => this.remove(entity));
    this.#open(mark.getClientRects()[0] ?? mark.getBoundingClientRect(), [
      this.#types(words.editType, entity.type, (type) => this.#replace(entity, { type })),
      this.#bounds(entity),
      remove,
    ]);
    this.#from = mark;
    if (focus) this.#card.querySelector('button')?.focus();
  }

  /**
   * Opens the card for an annotation of the file, with buttons that mark it.
   *
   * @param {Pick<Entity, 'start' | 'end' | 'type'> & { fileType: string }} annotation
   * @param {HTMLElement} [mark]
   * @param {boolean} [focus]  Whether to move the focus into the card.
   */
  openAnnotation({ start, end, type, fileType }, mark, focus = false) {
    if (!this.#corrections.results || !mark) return;
    const types = this.#types(
      words.editAdd,
      undefined,
      (chosen) => this.add([{ start, end }], chosen),
      [type],
    );
    this.#open(mark.getClientRects()[0] ?? mark.getBoundingClientRect(), [
      make('p', { textContent: words.reviewTake(fileType) }),
      make('p', { textContent: words.editAdd }),
      types,
    ]);
    this.#from = mark;
    if (focus) this.#card.querySelector('button')?.focus();
  }

  /** Removes an entity. @param {Entity} entity */
  remove(entity) {
    this.#corrections.make({ remove: [entity] }, () => words.status.removed(entity.text));
  }

  close() {
    if (this.#card.hidden) return;
    const hadFocus = this.#card.contains(document.activeElement);
    this.#card.hidden = true;
    if (hadFocus && this.#from?.isConnected) this.#from.focus();
    this.#from = undefined;
  }

  /**
   * Marks the given spans. Entities of the same type that overlap them are removed.
   *
   * @param {{ start: number, end: number }[]} spans
   * @param {string} type
   */
  add(spans, type) {
    const { results } = this.#corrections;
    if (!results) return;
    this.#corrections.make(marking(results, spans, type), () => words.status.marked(spans.length));
  }

  /**
   * @param {Entity} before
   * @param {Partial<Entity>} changes
   */
  #replace(before, changes) {
    const { results } = this.#corrections;
    if (!results) return;
    const change = replacement(results, before, changes);
    const [after] = change.add;
    const { start, end, type } = after;
    if (keyOf(after) === keyOf(before)) return this.close();
    const { move = 'none' } = /** @type {HTMLElement} */ (document.activeElement ?? document.body)
      .dataset;
    this.#corrections.make(change, () => words.status.edited());
    // The card stays open: bounds are often moved by several words.
    const mark = byId('annotated').querySelector(
      `mark[data-start="${start}"][data-end="${end}"][data-type="${CSS.escape(type)}"]`,
    );
    this.openEntity(after, /** @type {HTMLElement} */ (mark));
    /** @type {HTMLElement | null} */ (
      this.#card.querySelector(`[data-move="${move}"]`) ?? mark
    )?.focus({ preventScroll: true });
  }

  /**
   * A button for each type.
   *
   * @param {string} label
   * @param {string | undefined} chosen
   * @param {(type: string) => void} choose
   * @param {string[]} [first]  Types to list before the others.
   */
  #types(label, chosen, choose, first = []) {
    const { results } = this.#state.values;
    const all = new Set([
      ...first,
      ...(results?.types ?? []),
      ...(results?.entities.map(({ type }) => type) ?? []),
    ]);
    const buttons = Array.from(all, (type) => {
      const button = make(
        'button',
        { type: 'button', className: 'editor-type' },
        make('span', { className: 'swatch' }),
        type,
      );
      if (chosen) button.setAttribute('aria-pressed', String(type === chosen));
      applyTypeStyle(button, type);
      button.addEventListener('click', () => choose(type));
      return button;
    });
    return make('div', { className: 'editor-row', role: 'group', 'aria-label': label }, ...buttons);
  }

  /** Buttons that move the bounds by a word. @param {Entity} entity */
  #bounds(entity) {
    const { text } = /** @type {Results} */ (this.#corrections.results);
    /** @type {[string, string, 'start' | 'end', -1 | 1][]} */
    const moves = [
      [words.editStartBack, 'M9.500 4 5.500 8l4 4M3 3v10', 'start', -1],
      [words.editStartOn, 'M6.500 4l4 4-4 4M3 3v10', 'start', 1],
      [words.editEndBack, 'M9.500 4 5.500 8l4 4M13 3v10', 'end', -1],
      [words.editEndOn, 'M6.500 4l4 4-4 4M13 3v10', 'end', 1],
    ];
    const buttons = moves.map(([name, drawing, edge, direction]) => {
      const to = nextEdge(text, entity[edge], edge, direction);
      const moved = { ...entity, [edge]: to };
      const button = make('button', {
        type: 'button',
        className: 'editor-move',
        title: name,
        'aria-label': name,
      });
      button.dataset.move = `${edge}${direction}`;
      button.append(icon(drawing));
      button.disabled = to === entity[edge] || moved.start >= moved.end;
      button.addEventListener('click', () => this.#replace(entity, { [edge]: to }));
      return button;
    });
    return make(
      'div',
      { className: 'editor-row', role: 'group', 'aria-label': words.editBounds },
      ...buttons,
    );
  }

  /**
   * @param {DOMRect} at
   * @param {Node[]} content
   */
  #open(at, content) {
    const card = this.#card;
    card.replaceChildren(...content);
    card.hidden = false;
    const { clientWidth } = document.documentElement;
    const left = Math.min(Math.max(GAP, at.left), clientWidth - card.offsetWidth - GAP);
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${at.bottom + GAP + scrollY}px`;
  }

  #watchSelection() {
    const article = byId('annotated');
    const openAtSelection = () => {
      const { results } = this.#corrections;
      const selection = getSelection();
      if (!results || !selection || selection.isCollapsed || !selection.rangeCount) return;
      const range = selection.getRangeAt(0);
      if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return;
      const [start, end] = [
        offsetOf(article, range.startContainer, range.startOffset),
        offsetOf(article, range.endContainer, range.endOffset),
      ];
      const span = wholeWords(results.text, start, end);
      if (!span || span.end > results.upTo) return;
      const types = this.#types(words.editAdd, undefined, (type) => {
        getSelection()?.removeAllRanges();
        this.add([span], type);
      });
      const rects = range.getClientRects();
      this.#open(rects[rects.length - 1] ?? range.getBoundingClientRect(), [
        make('p', { textContent: words.editAdd }),
        types,
      ]);
      this.#from = undefined;
    };
    // A click may collapse the selection after this event.
    article.addEventListener('pointerup', () => setTimeout(openAtSelection));
    article.addEventListener('keyup', (event) => {
      if (event.shiftKey || event.key === 'Shift') openAtSelection();
    });
  }

  #closeOnLeaving() {
    addEventListener('pointerdown', ({ target }) => {
      if (!this.#card.contains(/** @type {Node} */ (target))) this.close();
    });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }
}
