// The bar chart of the entities mentioned most, in this document or in all. bars.js draws it.

import { text as words } from '../../text.js';
import { byId, coalesced, make } from '../common/dom.js';
import { fillScopeMenu } from '../common/scope-menu.js';
import { visibleGroups } from '../entities/visible-groups.js';
import { drawBars } from './bars.js';

const REFRESH_EVERY_MS = 400;
const MAX_BARS = 12;

/**
 * @typedef {import('../state/state.js').State} State
 * @typedef {{ text: string, type: string, count: number }} Bar
 */

/** @param {State} state */
export function mountChart(state) {
  const details = /** @type {HTMLDetailsElement} */ (byId('chart'));
  const place = byId('chart-place');
  const scope = /** @type {HTMLSelectElement} */ (byId('chart-scope'));

  const draw = () => {
    const { documents, results } = state.values;
    const several = documents.filter((one) => one.results).length > 1;
    byId('chart-scope-field').hidden = !several;
    if (!details.open || !results) return;
    const bars = several && scope.value === 'all' ? ofAll(state) : ofOne(state);
    const width = place.clientWidth;
    if (!bars.length)
      place.replaceChildren(make('p', { className: 'empty', textContent: words.chartNone }));
    else if (width) place.replaceChildren(drawBars(bars.slice(0, MAX_BARS), width));
  };
  const soon = coalesced(draw, REFRESH_EVERY_MS);
  details.addEventListener('toggle', draw);
  scope.addEventListener('change', draw);
  new ResizeObserver(soon).observe(details);
  state.watch(['language'], () => fillScopeMenu(scope));
  state.watch(
    ['results', 'documents', 'hidden', 'threshold', 'hiddenStatuses', 'onlyPresent', 'language'],
    soon,
  );
}

/**
 * The bars of the document that is shown.
 *
 * @param {State} state
 * @returns {Bar[]}
 */
function ofOne({ values }) {
  const { results } = values;
  return results
    ? visibleGroups(results, values).map(({ text, type, mentions }) => ({
        text,
        type,
        count: mentions.length,
      }))
    : [];
}

/**
 * The bars of all documents. Abbreviations are resolved in each document by itself, and groups with the same key
 * are added up.
 *
 * @param {State} state
 * @returns {Bar[]}
 */
function ofAll({ values }) {
  /** @type {Map<string, Bar>} */
  const bars = new Map();
  for (const { results } of values.documents) {
    if (!results) continue;
    for (const { key, text, type, mentions } of visibleGroups(results, values)) {
      const bar = bars.get(key);
      if (bar) bar.count += mentions.length;
      else bars.set(key, { text, type, count: mentions.length });
    }
  }
  return [...bars.values()].sort((a, b) => b.count - a.count || a.text.localeCompare(b.text));
}
