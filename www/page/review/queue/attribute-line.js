// The status and the identifier of the entity that is shown, and the part that changes them.

import { score } from '../../../language.js';
import { attributeTexts } from '../../../text/attributes.js';
import { reviewWords as words } from '../../../text/review.js';
import { attributeRows } from '../../annotated/attribute-rows.js';
import { statusNames } from '../../assertion/words.js';
import { make } from '../../common/dom.js';
import { keyOf } from '../../entities/order.js';
import { chosenCandidate } from '../../identifiers/candidates.js';
import { idLink } from '../../identifiers/link.js';

/** @typedef {import('./items.js').Item} Item */

export class AttributeLine {
  #review;
  #line = make('p', { className: 'queue-attributes' });
  #summary = make('summary', { 'data-key': 'summary' });
  #rows = make('div', { className: 'queue-attribute-rows' });
  /** Stays open from entity to entity. */
  #change = make('details', { className: 'queue-attribute-change' }, this.#summary, this.#rows);
  element = make('div', {}, this.#line, this.#change);
  /** What is shown, as a text. */
  #shown = '';

  /** @param {import('./review.js').Review} review */
  constructor(review) {
    this.#review = review;
  }

  /** Shows those of the entity that is shown. */
  show() {
    const { item } = this.#review.shown;
    this.#shown = signature(item);
    const parts = item ? partsOf(item.entity) : [];
    this.#line.replaceChildren(...parts);
    this.element.hidden = !parts.length;
    // What is rejected has no place in the results where a change would be kept.
    const isThere = item && item.decision !== 'rejected' && item.decision !== 'changed';
    this.#change.hidden = !isThere;
    this.#summary.textContent = words().attributesChange;
    if (isThere) this.#showRows(item);
    else this.#rows.replaceChildren();
  }

  /** Shows them again if they are others now. */
  update() {
    if (signature(this.#review.shown.item) !== this.#shown) this.show();
  }

  /** @param {Item} item */
  #showRows({ entity, document }) {
    const focused = this.#rows.querySelector(':focus')?.getAttribute('data-key');
    const open = this.#rows.querySelector('.id-more[open]') !== null;
    this.#rows.replaceChildren(
      ...attributeRows(entity, document.results.entities, (set, said) =>
        this.#review.describe(set, said),
      ),
    );
    if (!focused) return;
    // The alternatives stay open while the reader is among them.
    const more = /** @type {HTMLDetailsElement | null} */ (this.#rows.querySelector('.id-more'));
    if (more) more.open ||= open;
    /** @type {HTMLElement | null} */ (
      this.#rows.querySelector(`[data-key="${CSS.escape(focused)}"]`)
    )?.focus();
  }
}

/**
 * The statuses with their icons and names, and the identifier with its name.
 *
 * @param {Item['entity']} entity
 * @returns {Node[]}
 */
function partsOf(entity) {
  const { id, candidates } = entity;
  const chosen = chosenCandidate(entity);
  const parts = statusNames(entity);
  if (id)
    parts.push(
      make(
        'span',
        { className: 'queue-identifier' },
        ...(chosen ? [make('bdi', { className: 'id-name', textContent: chosen.name }), ' '] : []),
        idLink(id),
        ...(chosen
          ? [
              ' ',
              make('span', {
                className: 'id-score',
                textContent: attributeTexts().idScore(score(chosen.score)),
              }),
            ]
          : []),
      ),
    );
  else if (candidates)
    parts.push(make('span', { className: 'id-score', textContent: attributeTexts().idNothing }));
  return parts;
}

/** @param {Item} [item] */
function signature(item) {
  if (!item) return '';
  const { assertion, temporality, experiencer, section, id, candidates } = item.entity;
  const all = [assertion, temporality, experiencer, section, id, candidates];
  return JSON.stringify([item.document.key, keyOf(item.entity), item.decision, all]);
}
