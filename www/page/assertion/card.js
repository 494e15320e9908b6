// The part of a mark's card that shows and changes its status.

import { attributeTexts } from '../../text/attributes.js';
import { make } from '../common/dom.js';
import { PLAIN } from '../entities/status.js';

/** The values that each part of a status may have. */
const VALUES = /** @type {const} */ ({
  assertion: ['present', 'absent', 'possible'],
  temporality: ['current', 'historical', 'hypothetical'],
  experiencer: ['patient', 'family'],
});

/** @typedef {import('../entities/status.js').Said} Said */

/**
 * A row of buttons for each part of the status.
 *
 * @param {Said} entity
 * @param {(change: Said) => void} change
 */
export function statusRows(entity, change) {
  if (!entity.assertion) return [];
  const words = attributeTexts().statusOf;
  return Object.entries(VALUES).map(([name, values]) => {
    const part = /** @type {keyof typeof VALUES} */ (name);
    /** @type {Record<string, string>} */
    const texts = words[part];
    const now = entity[part] ?? PLAIN[part];
    const buttons = values.map((value) => {
      const button = make('button', {
        type: 'button',
        className: 'status-choice',
        textContent: texts[value],
        'aria-pressed': String(value === now),
        'data-key': `${part}-${value}`,
      });
      button.addEventListener('click', () => change({ [part]: value }));
      return button;
    });
    return make(
      'div',
      { className: 'status-row', role: 'group', 'aria-label': texts.label },
      make('span', { className: 'status-question', textContent: texts.label }),
      make('span', { className: 'status-choices' }, ...buttons),
    );
  });
}
