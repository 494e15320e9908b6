// The legend: the types of the result with their styles and counts. An entry hides its type, or shows it again,
// in the text and in the tables.

import { number } from '../../language.js';
import { byId, coalesced, make } from '../common/dom.js';
import { applyTypeStyle } from '../common/type-style.js';
import { passes } from '../entities/visible.js';

const REFRESH_EVERY_MS = 200;

/** @param {import('../state/state.js').State} state */
export function mountLegend(state) {
  const legend = byId('legend');
  /** @type {Map<string, { button: HTMLButtonElement, count: HTMLElement }>} */
  let entries = new Map();

  const count = () => {
    const { results, threshold, hidden, hiddenStatuses } = state.values;
    if (!results) return;
    // What is hidden is listed although this result has none: exports of all documents leave it out, too.
    const counts = new Map([...results.types, ...hidden].map((type) => [type, 0]));
    const filters = { hidden: new Set(), threshold, hiddenStatuses };
    for (const entity of results.entities) {
      if (passes(entity, filters)) counts.set(entity.type, (counts.get(entity.type) ?? 0) + 1);
    }
    if ([...entries.keys()].join('\n') !== [...counts.keys()].join('\n')) {
      entries = new Map(Array.from(counts.keys(), (type) => [type, entry(type)]));
      legend.replaceChildren(...Array.from(entries.values(), ({ button }) => button));
      press();
    }
    for (const [type, { count }] of entries) count.textContent = number(counts.get(type) ?? 0);
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
    applyTypeStyle(button, type);
    button.addEventListener('click', () => {
      const hidden = new Set(state.values.hidden);
      if (!hidden.delete(type)) hidden.add(type);
      state.set({ hidden });
    });
    return { button, count };
  };

  const press = () => {
    for (const [type, { button }] of entries) {
      button.setAttribute('aria-pressed', String(!state.values.hidden.has(type)));
    }
  };

  state.watch(
    ['results', 'threshold', 'hiddenStatuses', 'language'],
    coalesced(count, REFRESH_EVERY_MS),
  );
  state.watch(['hidden'], press);
}
