// The table of grouped entities: a row for all mentions of one entity. Clicking a row goes from mention to
// mention.

import { number, score } from '../../language.js';
import { text as words } from '../../text.js';
import { byId, coalesced, make } from '../common/dom.js';
import { enableRowKeys } from '../common/row-keys.js';
import { typeName } from '../common/type-style.js';
import { visibleGroups } from '../entities/visible-groups.js';

const REFRESH_EVERY_MS = 200;
const MAX_ROWS = 500;
const MAX_FORMS = 3;

/** @typedef {import('../entities/groups.js').Group} Group */

/** @param {import('../state/state.js').State} state */
export function mountGroupTable(state) {
  const grouped = /** @type {HTMLInputElement} */ (byId('grouped'));
  const body = byId('groups-body');
  const find = /** @type {HTMLInputElement} */ (byId('find'));
  /** @type {Map<string, number>} key of a group -> index of the mention shown last */
  const last = new Map();

  const refresh = () => {
    byId('groups').hidden = !grouped.checked;
    byId('entities-view').hidden = grouped.checked;
    const { results } = state.values;
    if (!grouped.checked || !results) return;
    const groups = visibleGroups(results, state.values);
    const needle = find.value.trim().toLowerCase();
    const matching = groups.filter(({ text, forms, type }) =>
      `${text}\n${forms.join('\n')}\n${type}`.toLowerCase().includes(needle),
    );
    body.replaceChildren(...matching.slice(0, MAX_ROWS).map(row));
    body.querySelector('.jump')?.setAttribute('tabindex', '0');
  };

  /** @param {Group} group */
  const row = (group) => {
    const { key, text, forms, type, mentions } = group;
    const jump = make('button', {
      type: 'button',
      className: 'jump',
      title: words.jumpNext,
      tabIndex: -1,
    });
    jump.append(make('bdi', { textContent: text }));
    const line = make(
      'tr',
      { 'data-group': type },
      make('td', { className: 'mention' }, jump, ...(forms.length ? [otherForms(forms)] : [])),
      make('td', {}, typeName(type)),
      make('td', { className: 'figure', textContent: number(mentions.length) }),
      make('td', { className: 'figure', textContent: score(group.score) }),
    );
    line.addEventListener('click', () => {
      if (getSelection()?.isCollapsed === false) return;
      const next = ((last.get(key) ?? -1) + 1) % mentions.length;
      last.set(key, next);
      state.set({ selected: { entity: mentions[next], from: 'table' } });
    });
    return line;
  };

  enableRowKeys(body);
  grouped.addEventListener('change', refresh);
  find.addEventListener('input', refresh);
  state.watch(
    ['results', 'hidden', 'threshold', 'hiddenStatuses', 'onlyPresent'],
    coalesced(refresh, REFRESH_EVERY_MS),
  );
  state.watch(['language'], () => {
    byId('groups-head').replaceChildren(
      ...Object.entries(words.groupColumns).map(([column, name]) =>
        make('th', {
          scope: 'col',
          className: 'plain-head',
          'data-column': column,
          textContent: name,
        }),
      ),
    );
    refresh();
  });
}

/** @param {string[]} forms */
function otherForms(forms) {
  const some = forms.length > MAX_FORMS ? [...forms.slice(0, MAX_FORMS), '…'] : forms;
  return make('span', { className: 'forms', textContent: words.groupForms(some) });
}
