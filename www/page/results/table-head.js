// The head of the table of entities: a button a column, which sorts by it.

import { text as words } from '../../text.js';
import { attributeTexts } from '../../text/attributes.js';
import { make } from '../common/dom.js';

/** @typedef {import('./columns.js').Column} Column */

export class TableHead {
  #row;
  #sortBy;

  /**
   * @param {HTMLElement} row
   * @param {(column: Column) => void} sortBy
   */
  constructor(row, sortBy) {
    this.#row = row;
    this.#sortBy = sortBy;
  }

  /**
   * @param {Column[]} columns
   * @param {{ column: Column, down: boolean }} sort
   */
  show(columns, sort) {
    const focused = /** @type {HTMLElement | null} */ (this.#row.querySelector(':focus'))?.dataset
      .sort;
    this.#row.replaceChildren(...columns.map((column) => this.#cell(column, sort)));
    if (focused)
      /** @type {HTMLElement | null} */ (
        this.#row.querySelector(`[data-sort="${focused}"]`)
      )?.focus();
  }

  /**
   * @param {Column} column
   * @param {{ column: Column, down: boolean }} sort
   */
  #cell(column, sort) {
    const names = { ...words.columns, ...attributeTexts().attributeColumns };
    const hints = { ...words.columnHints, ...attributeTexts().attributeColumnHints };
    const button = make('button', {
      type: 'button',
      className: 'sort',
      textContent: names[column],
      title: hints[column],
      'data-sort': column,
    });
    button.addEventListener('click', () => this.#sortBy(column));
    const cell = make('th', { scope: 'col', 'data-column': column }, button);
    if (column === sort.column)
      cell.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending');
    return cell;
  }
}
