// The types of the result with their looks and counts; each entry switches its type off and on, in
// the text and in the table.

import { number, text as words } from '../text.js';
import { byId, coalesced, make } from './dom.js';
import { dress } from './palette.js';

const COUNT_EVERY_MS = 200;

/** @param {import('./state.js').State} state */
export function mountLegend(state) {
  const legend = byId('legend');
  legend.setAttribute('aria-label', words.legendLabel);
  /** @type {import('./state.js').Results | undefined} */
  let shown;
  /** @type {Map<string, { button: HTMLButtonElement, count: HTMLElement, entities: number }>} */
  let entries = new Map();
  let counted = 0;

  const count = () => {
    const { results } = state.values;
    if (!results) return;
    if (results !== shown) {
      shown = results;
      counted = 0;
      entries = new Map(results.types.map((type) => [type, entry(type)]));
      legend.replaceChildren(...Array.from(entries.values(), ({ button }) => button));
      press();
    }
    for (; counted < results.entities.length; counted++) {
      const found = entries.get(results.entities[counted].type);
      if (found) found.entities++;
    }
    for (const { count, entities } of entries.values()) count.textContent = number(entities);
  };

  /** @param {string} type */
  const entry = (type) => {
    const count = make('span', { className: 'count' });
    const button = make(
      'button',
      { type: 'button', className: 'legend-entry' },
      make('span', { className: 'swatch' }),
      `${type} `,
      count,
    );
    dress(button, type);
    button.addEventListener('click', () => {
      const hidden = new Set(state.values.hidden);
      if (!hidden.delete(type)) hidden.add(type);
      state.set({ hidden });
    });
    return { button, count, entities: 0 };
  };

  const press = () => {
    for (const [type, { button }] of entries) {
      button.setAttribute('aria-pressed', String(!state.values.hidden.has(type)));
    }
  };

  state.watch(['results'], coalesced(count, COUNT_EVERY_MS));
  state.watch(['hidden'], press);
}
