// The table of grouped entities: a row for all mentions of one entity. Clicking a row goes from mention to
// mention.

import { number, score } from '../../language.js';
import { text as words } from '../../text.js';
import { attributeTexts } from '../../text/attributes.js';
import { statusTotals } from '../assertion/words.js';
import { byId, coalesced, make } from '../common/dom.js';
import { enableRowKeys } from '../common/row-keys.js';
import { typeName } from '../common/type-style.js';
import { visibleGroups } from '../entities/visible-groups.js';
import { identifier } from './columns.js';

const REFRESH_EVERY_MS = 200;
const MAX_ROWS = 500;
const MAX_FORMS = 3;
const BARE_COLUMNS = 4; // without attributes

/**
 * @typedef {import('../entities/groups.js').Group} Group
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {'text' | 'type' | 'status' | 'id' | 'count' | 'score'} GroupColumn
 */

/** @param {import('../state/state.js').State} state */
export function mountGroupTable(state) {
  const grouped = /** @type {HTMLInputElement} */ (byId('grouped'));
  const body = byId('groups-body');
  const find = /** @type {HTMLInputElement} */ (byId('find'));
  /** @type {Map<string, number>} key of a group -> index of the mention shown last */
  const last = new Map();
  /** @type {GroupColumn[]} */
  let columns = columnsOf([]);

  const refresh = () => {
    byId('groups').hidden = !grouped.checked;
    byId('entities-view').hidden = grouped.checked;
    const { results } = state.values;
    const now = columnsOf(results?.entities ?? []);
    if (now.join() !== columns.join()) showHead((columns = now));
    if (!grouped.checked || !results) return;
    const groups = visibleGroups(results, state.values);
    const needle = find.value.trim().toLowerCase();
    const matching = groups.filter(({ text, forms, type, mentions }) =>
      [text, ...forms, type, ...idsOf(mentions).keys()].join('\n').toLowerCase().includes(needle),
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
      ...(columns.includes('status')
        ? [make('td', { className: 'status-cell' }, ...statusTotals(mentions))]
        : []),
      ...(columns.includes('id')
        ? [make('td', { className: 'id-cell' }, ...identifiers(mentions))]
        : []),
      make('td', { className: 'figure', textContent: number(mentions.length) }),
      make('td', { className: 'figure', textContent: score(group.score) }),
    );
    line.addEventListener('click', ({ target }) => {
      if (/** @type {Element} */ (target).closest('a')) return;
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
    showHead(columns);
    refresh();
  });
}

/**
 * The columns for a result. Those of attributes are there when at least one entity has something to show.
 *
 * @param {Entity[]} entities
 * @returns {GroupColumn[]}
 */
function columnsOf(entities) {
  /** @type {GroupColumn[]} */
  const columns = ['text', 'type'];
  if (entities.some(({ assertion }) => assertion)) columns.push('status');
  if (entities.some(({ id }) => id)) columns.push('id');
  return [...columns, 'count', 'score'];
}

/** @param {GroupColumn[]} columns */
function showHead(columns) {
  const names = { ...attributeTexts().attributeColumns, ...words.groupColumns };
  byId('groups').classList.toggle('with-attributes', columns.length > BARE_COLUMNS);
  byId('groups-head').replaceChildren(
    ...columns.map((column) =>
      make('th', {
        scope: 'col',
        className: 'plain-head',
        'data-column': column,
        textContent: names[column],
      }),
    ),
  );
}

/** How many mentions have each identifier. @param {Entity[]} mentions */
function idsOf(mentions) {
  /** @type {Map<string, number>} */
  const ids = new Map();
  for (const { id } of mentions) if (id) ids.set(id, (ids.get(id) ?? 0) + 1);
  return ids;
}

/**
 * The identifier that most of the mentions have, and which others there are.
 *
 * @param {Entity[]} mentions
 */
function identifiers(mentions) {
  const ids = idsOf(mentions);
  const [most, ...others] = [...ids].sort(([, a], [, b]) => b - a).map(([id]) => id);
  const mention = mentions.find(({ id }) => id && id === most);
  return [...(mention ? identifier(mention) : []), ...(others.length ? [otherForms(others)] : [])];
}

/** @param {string[]} forms */
function otherForms(forms) {
  const some = forms.length > MAX_FORMS ? [...forms.slice(0, MAX_FORMS), '…'] : forms;
  return make('span', { className: 'forms', textContent: words.groupForms(some) });
}
