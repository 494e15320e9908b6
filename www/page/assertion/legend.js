// The legend of the statuses, with how many mentions have each. An entry hides its status, or shows it again.

import { number } from '../../language.js';
import { attributeTexts } from '../../text/attributes.js';
import { byId, coalesced, make } from '../common/dom.js';
import { STATUSES, statusesOf } from '../entities/status.js';
import { passes } from '../entities/visible.js';
import { statusIcon } from './icons.js';

const REFRESH_EVERY_MS = 200;

/** @typedef {import('../entities/status.js').Status} Status */

/** @param {import('../state/state.js').State} state */
export function mountStatusLegend(state) {
  const legend = make('div', { id: 'statuses', className: 'legend', role: 'group' });
  const box = make('input', { type: 'checkbox', id: 'only-present' });
  const label = make('span');
  const only = make('label', { className: 'switch', hidden: true }, box, label);
  const bar = make('div', { className: 'status-bar', hidden: true }, legend);
  byId('legend').parentElement?.after(bar);
  byId('review-field').before(only);
  box.addEventListener('change', () => state.set({ onlyPresent: box.checked }));

  const entries = new Map(STATUSES.map((status) => [status, entry(state, status)]));
  legend.append(...Array.from(entries.values(), ({ button }) => button));

  const count = () => {
    const { results, hidden, threshold, hiddenStatuses } = state.values;
    /** @type {Map<Status, number>} */
    const counts = new Map();
    for (const entity of results?.entities ?? []) {
      if (!passes(entity, { hidden, threshold })) continue;
      for (const status of statusesOf(entity)) counts.set(status, (counts.get(status) ?? 0) + 1);
    }
    only.hidden = !counts.size;
    bar.hidden = !counts.size && !hiddenStatuses.size;
    for (const [status, { button, figure }] of entries) {
      figure.textContent = number(counts.get(status) ?? 0);
      // What is hidden is listed although this result has none: exports of all documents leave it out, too.
      button.hidden = status !== 'present' && !counts.has(status) && !hiddenStatuses.has(status);
    }
  };

  state.watch(['language'], () => {
    const words = attributeTexts();
    legend.setAttribute('aria-label', words.statusLegend);
    label.textContent = words.onlyPresent;
    only.title = words.onlyPresentHint;
    for (const [status, { button, name }] of entries) {
      name.textContent = words.statuses[status];
      button.title = words.statusHints[status];
    }
  });
  state.watch(['results', 'hidden', 'threshold', 'language'], coalesced(count, REFRESH_EVERY_MS));
  state.watch(['hiddenStatuses'], ({ hiddenStatuses }) => {
    for (const [status, { button }] of entries)
      button.setAttribute('aria-pressed', String(!hiddenStatuses.has(status)));
  });
  state.watch(['onlyPresent'], ({ onlyPresent }) => (box.checked = onlyPresent));
}

/**
 * @param {import('../state/state.js').State} state
 * @param {Status} status
 */
function entry(state, status) {
  const figure = make('span', { className: 'count' });
  const name = make('span');
  const button = make(
    'button',
    { type: 'button', className: 'legend-entry', 'data-status': status },
    statusIcon(status),
    name,
    ' ',
    figure,
  );
  button.addEventListener('click', () => {
    const hiddenStatuses = new Set(state.values.hiddenStatuses);
    if (!hiddenStatuses.delete(status)) hiddenStatuses.add(status);
    state.set({ hiddenStatuses });
  });
  return { button, figure, name };
}
