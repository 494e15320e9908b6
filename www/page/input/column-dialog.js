// Asks which columns of a table are the text, the title and the name of each document. A guess is filled in, and
// the beginnings of the first documents are shown.

import { documents } from '../../shared/documents.js';
import { text as words } from '../../text.js';
import { showDialog } from '../common/dialog.js';
import { make } from '../common/dom.js';
import { readTable } from '../documents/read.js';

const PREVIEW_DOCUMENTS = 3;
const PREVIEW_LENGTH = 140; // characters

/** @typedef {import('../../shared/documents.js').Columns} Columns */

/**
 * @param {{ name: string, text: string }} file
 * @param {string[][]} rows  Those of the file.
 * @returns {Promise<Columns | undefined>}  undefined if the reader cancels.
 */
export async function askForColumns(file, rows) {
  const guess = documents().guessColumns(rows);
  const text = make('select', { id: 'column-text' });
  const title = make('select', { id: 'column-title' });
  const id = make('select', { id: 'column-id' });
  const head = make('input', { type: 'checkbox', checked: guess.head });
  const preview = make('ol', { className: 'column-preview' });
  const accept = make('button', { type: 'submit', className: 'main-button', value: 'take' });

  /** @returns {Columns} */
  const chosen = () => ({
    width: guess.width,
    text: Number(text.value),
    title: columnOf(title),
    id: columnOf(id),
    head: head.checked,
  });
  /** @param {Columns} columns */
  const fill = (columns) => {
    const options = () =>
      Array.from({ length: guess.width }, (_, i) => {
        const name = (columns.head && rows[0][i]?.trim()) || words.columnNumber(i + 1);
        return make('option', { value: String(i), textContent: name });
      });
    const none = (/** @type {string} */ label) => make('option', { value: '', textContent: label });
    text.replaceChildren(...options());
    title.replaceChildren(none(words.columnNoTitle), ...options());
    id.replaceChildren(none(words.columnLines), ...options());
    text.value = String(columns.text);
    title.value = String(columns.title ?? '');
    id.value = String(columns.id ?? '');
    show();
  };
  const show = () => {
    const { documents: read } = readTable(file.name, file.text, chosen());
    preview.replaceChildren(
      ...read.slice(0, PREVIEW_DOCUMENTS).map((document) => {
        const beginning = document.text.slice(0, PREVIEW_LENGTH);
        return make(
          'li',
          {},
          make('strong', { textContent: document.name }),
          ' ',
          make('bdi', { textContent: beginning }),
        );
      }),
    );
    accept.textContent = words.columnTake(read.length);
    accept.disabled = !read.length;
  };
  head.addEventListener('change', () => fill(chosen()));
  for (const menu of [text, title, id]) menu.addEventListener('change', show);
  fill(guess);

  const answer = await showDialog(
    [
      make('h2', { id: 'dialog-title', textContent: words.columnTitle(file.name) }),
      make('label', { className: 'dialog-field' }, words.columnText, text),
      make('label', { className: 'dialog-field' }, words.columnTitleField, title),
      make('label', { className: 'dialog-field' }, words.columnId, id),
      make('label', { className: 'switch' }, head, words.columnHead),
      make('p', { className: 'note', textContent: words.columnPreview }),
      preview,
    ],
    accept,
  );
  return answer ? chosen() : undefined;
}

/** The column chosen in a menu, if any. @param {HTMLSelectElement} menu */
const columnOf = ({ value }) => (value === '' ? undefined : Number(value));
