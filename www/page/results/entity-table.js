// The table of entities, a page of rows at a time. It can be sorted and searched, and a row leads to its mark.

import { text as words } from '../../text.js';
import { byId, coalesced, flash, make } from '../common/dom.js';
import { Pager } from '../common/pager.js';
import { enableRowKeys } from '../common/row-keys.js';
import { showRows } from '../common/rows.js';
import { showScrollEdges } from '../common/scroll-edges.js';
import { keyOf, outermostFirst } from '../entities/order.js';
import { passes } from '../entities/visible.js';
import { cellOf, columnsOf, ORDER, searchTextOf } from './columns.js';
import { TableHead } from './table-head.js';

const ROWS_PER_PAGE = 200;
const REFRESH_EVERY_MS = 200;
const BARE_COLUMNS = 4; // without attributes

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('./columns.js').Column} Column
 */

/** @param {import('../state/state.js').State} state */
export function mountEntityTable(state) {
  const body = byId('entities-body');
  const scroll = byId('table-scroll');
  const find = /** @type {HTMLInputElement} */ (byId('find'));

  /** @type {{ column: Column, down: boolean }} */
  let sort = { column: 'start', down: false };
  let page = 0;
  /** @type {Column[]} */
  let columns = [];
  /** The entities that are shown, on all pages, in order. @type {Entity[]} */
  let matching = [];
  /** @type {WeakMap<Entity, HTMLTableRowElement>} */
  let rows = new WeakMap();

  const refresh = () => {
    const { results } = state.values;
    const now = columnsOf(results);
    if (now.join() !== columns.join()) {
      columns = now;
      rows = new WeakMap();
      if (!columns.includes(sort.column)) sort = { column: 'start', down: false };
      head.show(columns, sort);
      byId('entities').classList.toggle('with-attributes', columns.length > BARE_COLUMNS);
    }
    matching = select(results?.entities ?? [], state.values, find.value, sort);
    page = Math.max(0, Math.min(page, Math.ceil(matching.length / ROWS_PER_PAGE) - 1));
    showRows(body, matching.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE).map(rowOf));
    if (!body.querySelector('.jump[tabindex="0"]'))
      body.querySelector('.jump')?.setAttribute('tabindex', '0');
    const empty = byId('entities-empty');
    empty.hidden = matching.length > 0;
    empty.textContent = results?.entities.length
      ? words.noneShown
      : results?.running
        ? words.noneYet
        : words.noneFound;
    pager.show(page, matching.length);
  };

  /** @param {Entity} entity */
  const rowOf = (entity) => {
    let row = rows.get(entity);
    if (!row) rows.set(entity, (row = makeRow(entity, columns)));
    return row;
  };

  /** @param {number} by */
  const turn = (by) => {
    page += by;
    refresh();
    scroll.scrollTop = 0;
  };
  const pager = new Pager(byId('pager'), ROWS_PER_PAGE, turn);
  find.addEventListener('input', () => turn(-page));
  const head = new TableHead(byId('entities-head'), (column) => {
    sort = { column, down: sort.column === column ? !sort.down : column === 'score' };
    head.show(columns, sort);
    turn(-page);
  });

  body.addEventListener('click', ({ target }) => {
    if (/** @type {Element} */ (target).closest('a')) return;
    const row = /** @type {Element} */ (target).closest('tr');
    const entity = row && matching.find((candidate) => rows.get(candidate) === row);
    if (entity && getSelection()?.isCollapsed !== false)
      state.set({ selected: { entity, from: 'table' } });
  });
  enableRowKeys(body);
  showScrollEdges(scroll, byId('table-frame'), byId('table-more'));

  state.watch(
    ['results', 'hidden', 'threshold', 'hiddenStatuses'],
    coalesced(refresh, REFRESH_EVERY_MS),
  );
  state.watch(['language'], () => {
    rows = new WeakMap();
    head.show(columns, sort);
    refresh();
  });
  state.watch(['selected'], ({ selected }) => {
    body.querySelector('.selected')?.classList.remove('selected');
    if (!selected) return;
    const at = matching.findIndex((entity) => keyOf(entity) === keyOf(selected.entity));
    if (at < 0) return;
    if (Math.floor(at / ROWS_PER_PAGE) !== page) turn(Math.floor(at / ROWS_PER_PAGE) - page);
    const row = rowOf(matching[at]);
    row.classList.add('selected');
    if (selected.from !== 'text') return;
    scroll.scrollTop +=
      row.getBoundingClientRect().top -
      scroll.getBoundingClientRect().top -
      scroll.clientHeight / 2;
    flash(row);
  });
}

/**
 * The entities that the filters let through and that contain `wanted`, sorted.
 *
 * @param {Entity[]} entities
 * @param {import('../entities/visible.js').Filters} filters
 * @param {string} wanted
 * @param {{ column: Column, down: boolean }} sort
 */
function select(entities, filters, wanted, { column, down }) {
  const needle = wanted.trim().toLowerCase();
  const found = entities.filter(
    (entity) =>
      passes(entity, filters) && (!needle || searchTextOf(entity).toLowerCase().includes(needle)),
  );
  const sign = down ? -1 : 1;
  return found.sort((a, b) => sign * ORDER[column](a, b) || outermostFirst(a, b));
}

/**
 * @param {Entity} entity
 * @param {Column[]} columns
 */
function makeRow(entity, columns) {
  const { start, end, type, origin } = entity;
  return make(
    'tr',
    {
      'data-type': type,
      'data-start': start,
      'data-end': end,
      ...(origin && { 'data-origin': origin }),
    },
    ...columns.map((column) => cellOf(entity, column)),
  );
}
