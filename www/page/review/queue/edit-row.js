// The buttons that give the entity that is shown another type or other bounds. While words are selected in the text,
// the types mark them.

import { text as pageWords } from '../../../text.js';
import { reviewWords as words } from '../../../text/review.js';
import { oneLine } from '../../../shared/text.js';
import { BOUND_MOVES } from '../../annotated/bounds.js';
import { icon, make } from '../../common/dom.js';
import { applyTypeStyle } from '../../common/type-style.js';
import { typesIn } from './items.js';

const MAX_KEYS = 9; // types that have a key

export class EditRow {
  #review;
  #types = make('div', { className: 'queue-row', role: 'group' });
  #typesLabel = make('p', { className: 'queue-label' });
  #bounds = make('div', { className: 'queue-row', role: 'group' });
  #boundsLabel = make('p', { className: 'queue-label' });
  element = make(
    'div',
    { className: 'queue-edit' },
    make('div', {}, this.#typesLabel, this.#types),
    make('div', {}, this.#boundsLabel, this.#bounds),
  );
  /** The words that are selected in the text. @type {{ start: number, end: number } | undefined} */
  #selected;

  /** @param {import('./review.js').Review} review */
  constructor(review) {
    this.#review = review;
    for (const [, edge, direction, drawing] of BOUND_MOVES) {
      const arrow = direction < 0 ? 'ArrowLeft' : 'ArrowRight';
      const move = make(
        'button',
        {
          type: 'button',
          className: 'editor-move',
          'aria-keyshortcuts': edge === 'start' ? `Shift+${arrow}` : arrow,
        },
        icon(drawing),
      );
      move.addEventListener('click', () => review.move(edge, direction));
      this.#bounds.append(move);
    }
  }

  /** @param {{ start: number, end: number } | undefined} selected  The words that are selected now. */
  show(selected) {
    this.#selected = selected;
    this.#showTypes();
    this.#showBounds();
  }

  /** Chooses the type with this number: for the words selected, or else for the entity. @param {number} index */
  chooseType(index) {
    const { document } = this.#review.shown;
    const type = document && typesIn(document)[index];
    if (type && index < MAX_KEYS) this.#choose(type);
  }

  /** @param {string} type */
  #choose(type) {
    const selected = this.#selected;
    if (!selected) return this.#review.change({ type });
    getSelection()?.removeAllRanges();
    this.#review.mark([selected], type);
  }

  #showTypes() {
    const { item, document } = this.#review.shown;
    const selected = this.#selected;
    const label = selected
      ? words().markLabel(oneLine(document?.results.text.slice(selected.start, selected.end) ?? ''))
      : words().typeLabel;
    this.#typesLabel.textContent = label;
    this.#types.setAttribute('aria-label', label);
    const choices = document && (selected || item) ? typesIn(document) : [];
    this.#typesLabel.hidden = this.#types.hidden = !choices.length;
    const focused = Array.from(this.#types.children).findIndex((button) =>
      button.matches(':focus'),
    );
    this.#types.replaceChildren(
      ...choices.map((type, i) => {
        const button = make(
          'button',
          { type: 'button', className: 'editor-type' },
          make('span', { className: 'swatch' }),
          type,
        );
        if (i < MAX_KEYS) {
          button.append(make('kbd', { 'aria-hidden': 'true', textContent: String(i + 1) }));
          button.setAttribute('aria-keyshortcuts', String(i + 1));
        }
        if (!selected) button.setAttribute('aria-pressed', String(type === item?.entity.type));
        applyTypeStyle(button, type);
        button.addEventListener('click', () => this.#choose(type));
        return button;
      }),
    );
    if (focused >= 0)
      /** @type {HTMLElement | undefined} */ (this.#types.children[focused])?.focus();
  }

  #showBounds() {
    const review = this.#review;
    this.#bounds.hidden = this.#boundsLabel.hidden = !review.shown.item;
    this.#boundsLabel.textContent = words().boundsLabel;
    this.#bounds.setAttribute('aria-label', words().boundsLabel);
    for (const [i, [name, edge, direction]] of BOUND_MOVES.entries()) {
      const button = /** @type {HTMLButtonElement} */ (this.#bounds.children[i]);
      button.title = pageWords[name];
      button.setAttribute('aria-label', pageWords[name]);
      button.disabled = review.moved(edge, direction) === undefined;
    }
  }
}
