// The card that opens at a mark or at selected words. It changes the type and the bounds of an entity, removes it,
// or marks the words.

import { text as words } from '../../text.js';
import { byId, icon, make } from '../common/dom.js';
import { applyTypeStyle } from '../common/type-style.js';
import { marking, replacement } from '../entities/changes.js';
import { keyOf } from '../entities/order.js';
import { nextEdge } from '../entities/words.js';
import { attributeRows } from './attribute-rows.js';
import { BOUND_MOVES } from './bounds.js';
import { focusMark } from './keep-focus.js';
import { placeCard } from './place-card.js';
import { onSelection } from './selection.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../state/state.js').Results} Results
 */

export class Editor {
  #state;
  #corrections;
  #card = byId('editor');
  /** The mark that the card was opened at; it gets the focus back. @type {HTMLElement | undefined} */
  #from;
  /** What the card is open for. @type {{ results: Results, key: string } | undefined} */
  #shown;

  /**
   * @param {import('../state/state.js').State} state
   * @param {import('../state/corrections.js').Corrections} corrections
   */
  constructor(state, corrections) {
    this.#state = state;
    this.#corrections = corrections;
    onSelection(
      () => this.#corrections.results,
      (span, at) => this.#openSelection(span, at),
    );
    this.#closeOnLeaving();
    state.watch(['open', 'language'], () => this.close());
    state.watch(['results'], () => this.#closeOrUpdate());
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
      ...attributeRows(entity, this.#corrections.results.entities, (set, message) =>
        this.#set(entity, set, message),
      ),
      remove,
    ]);
    this.#from = mark;
    this.#shown = { results: this.#corrections.results, key: keyOf(entity) };
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
    this.#shown = undefined;
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
    if (keyOf(after) === keyOf(before)) return this.close();
    const focus = this.#focus;
    this.#corrections.make(change, () => words.status.edited());
    this.#reopen(keyOf(after), focus); // bounds are often moved by several words
  }

  /**
   * Changes attributes of entities. The card stays open.
   *
   * @param {Entity} entity
   * @param {[Entity, import('../entities/attributes.js').AttributeChange][]} set
   * @param {() => string} message
   */
  #set(entity, set, message) {
    const focus = this.#focus;
    this.#corrections.make({ set }, message);
    this.#reopen(keyOf(entity), focus);
  }

  /** Which control of the card has the focus. */
  get #focus() {
    const { activeElement } = document;
    return this.#card.contains(activeElement)
      ? /** @type {HTMLElement} */ (activeElement).dataset.key
      : undefined;
  }

  /**
   * Opens the card again after a change, with the focus where it was.
   *
   * @param {string} key  Of the entity.
   * @param {string} [focus]
   */
  #reopen(key, focus) {
    const { results } = this.#corrections;
    const entity = results?.entities.find((one) => keyOf(one) === key);
    if (!entity) return;
    const { start, end, type } = entity;
    const mark = /** @type {HTMLElement | null} */ (
      byId('annotated').querySelector(
        `mark[data-start="${start}"][data-end="${end}"][data-type="${CSS.escape(type)}"]`,
      )
    );
    if (!mark) return;
    this.openEntity(entity, mark);
    const control = focus && this.#card.querySelector(`[data-key="${CSS.escape(focus)}"]`);
    if (focus) /** @type {HTMLElement} */ (control || mark).focus({ preventScroll: true });
  }

  /** The results have changed: the card shows its entity as it is now, or closes. */
  #closeOrUpdate() {
    const shown = this.#shown;
    const focus = this.#focus;
    this.close();
    if (!shown) return;
    // After the marks have been written.
    queueMicrotask(() => {
      if (this.#card.hidden && this.#corrections.results === shown.results)
        this.#reopen(shown.key, focus);
    });
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
        { type: 'button', className: 'editor-type', 'data-key': `type-${type}` },
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
    const buttons = BOUND_MOVES.map(([key, edge, direction, drawing]) => {
      const name = words[key];
      const to = nextEdge(text, entity[edge], edge, direction);
      const moved = { ...entity, [edge]: to };
      const button = make('button', {
        type: 'button',
        className: 'editor-move',
        title: name,
        'aria-label': name,
      });
      button.dataset.key = `${edge}${direction}`;
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
    this.#card.replaceChildren(...content);
    this.#card.hidden = false;
    placeCard(this.#card, at);
  }

  /**
   * Opens the card for words that have been selected.
   *
   * @param {{ start: number, end: number }} span
   * @param {DOMRect} at
   */
  #openSelection(span, at) {
    const types = this.#types(words.editAdd, undefined, (type) => {
      getSelection()?.removeAllRanges();
      this.add([span], type);
      focusMark(byId('annotated'), { start: span.start, type });
    });
    this.#open(at, [make('p', { textContent: words.editAdd }), types]);
    this.#from = undefined;
    this.#shown = undefined;
  }

  #closeOnLeaving() {
    addEventListener('pointerdown', ({ target }) => {
      if (!this.#card.contains(/** @type {Node} */ (target))) this.close();
    });
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
    addEventListener('resize', () => {
      if (this.#from?.isConnected) placeCard(this.#card, this.#from.getBoundingClientRect());
      else this.close();
    });
  }
}
