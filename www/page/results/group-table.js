// The entities merged: a line a thing, with how often it is mentioned; a press leads from mention to
// mention.

import { number, score } from '../../language.js';
import { text as words } from '../../text.js';
import { byId, coalesced, make } from '../common/dom.js';
import { definitionsOf, passes } from '../entities/visible.js';
import { longNames, merge } from '../entities/groups.js';
import { guarded } from '../common/fallback.js';
import { typeName } from '../common/type-style.js';
import { moveAmongRows } from '../common/row-keys.js';

const REFRESH_EVERY_MS = 200;
const MOST_ROWS = 500;
const MOST_FORMS = 3;

/** @typedef {import('../entities/groups.js').Thing} Thing */

/** @param {import('../state/state.js').State} state */
export function mountThings(state) {
  const together = /** @type {HTMLInputElement} */ (byId('together'));
  const body = byId('things-body');
  const find = /** @type {HTMLInputElement} */ (byId('find'));
  /** @type {Map<string, number>} which mention of a thing was shown last */
  const last = new Map();

  const refresh = () => {
    byId('things').hidden = !together.checked;
    byId('entities-view').hidden = together.checked;
    const { results } = state.values;
    if (!together.checked || !results) return;
    const things = thingsOf(results, state.values);
    const needle = find.value.trim().toLowerCase();
    const matching = things.filter(({ text, forms, type }) => `${text}\n${forms.join('\n')}\n${type}`.toLowerCase().includes(needle));
    body.replaceChildren(...matching.slice(0, MOST_ROWS).map(row));
    body.querySelector('.jump')?.setAttribute('tabindex', '0');
  };

  /** @param {Thing} thing */
  const row = (thing) => {
    const { key, text, forms, type, mentions } = thing;
    const jump = make('button', { type: 'button', className: 'jump', title: words.jumpNext, tabIndex: -1 });
    jump.append(make('bdi', { textContent: text }));
    const line = make(
      'tr',
      { 'data-thing': type },
      make('td', { className: 'mention' }, jump, ...(forms.length ? [others(forms)] : [])),
      make('td', {}, typeName(type)),
      make('td', { className: 'figure', textContent: number(mentions.length) }),
      make('td', { className: 'figure', textContent: score(thing.score) }),
    );
    line.addEventListener('click', () => {
      if (getSelection()?.isCollapsed === false) return;
      const next = ((last.get(key) ?? -1) + 1) % mentions.length;
      last.set(key, next);
      state.set({ selected: { entity: mentions[next], from: 'table' } });
    });
    return line;
  };

  moveAmongRows(body);
  together.addEventListener('change', refresh);
  find.addEventListener('input', refresh);
  state.watch(['results', 'hidden', 'threshold'], coalesced(refresh, REFRESH_EVERY_MS));
  state.watch(['language'], () => {
    byId('things-head').replaceChildren(
      ...Object.entries(words.thingColumns).map(([column, name]) =>
        make('th', { scope: 'col', className: 'plain-head', 'data-column': column, textContent: name }),
      ),
    );
    refresh();
  });
}

/**
 * The things that are shown of a result.
 *
 * @param {import('../state/state.js').Results} results
 * @param {import('../entities/visible.js').Filters} filters
 */
export function thingsOf(results, filters) {
  const shown = results.entities.filter((entity) => passes(entity, filters));
  const nameOf = () => (results.running ? undefined : longNames(results.text, definitionsOf(results), shown));
  return guarded('merging mentions', () => merge(shown, nameOf()), []);
}

/** @param {string[]} forms */
function others(forms) {
  const some = forms.length > MOST_FORMS ? [...forms.slice(0, MOST_FORMS), '…'] : forms;
  return make('span', { className: 'forms', textContent: words.thingForms(some) });
}
