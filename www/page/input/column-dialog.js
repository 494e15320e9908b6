// Which column of a table is the text: asked with a guess in place and the first texts in view.

import { text as words } from '../../text.js';
import { ask } from '../common/dialog.js';
import { make } from '../common/dom.js';
import { documentsOf, guessColumns } from '../documents/read.js';

const PREVIEWED = 3;
const PREVIEW_LENGTH = 140;

/**
 * @param {string} name  Of the file.
 * @param {string[][]} rows
 * @returns {Promise<ReturnType<typeof documentsOf> | undefined>}  undefined where the reader declines.
 */
export async function askColumns(name, rows) {
  const guess = guessColumns(rows);
  const text = make('select', { id: 'column-text' });
  const id = make('select', { id: 'column-id' });
  const head = make('input', { type: 'checkbox', checked: guess.head });
  const preview = make('ol', { className: 'column-preview' });
  const accept = make('button', { type: 'submit', className: 'main-button', value: 'take' });

  const chosen = () =>
    documentsOf(rows, { text: Number(text.value), id: id.value === '' ? undefined : Number(id.value), head: head.checked });
  const fill = (/** @type {string} */ textColumn, /** @type {string} */ idColumn) => {
    const options = () =>
      Array.from({ length: guess.width }, (_, i) => {
        const title = (head.checked && rows[0][i]?.trim()) || words.columnNumber(i + 1);
        return make('option', { value: String(i), textContent: title });
      });
    text.replaceChildren(...options());
    id.replaceChildren(make('option', { value: '', textContent: words.columnLines }), ...options());
    text.value = textColumn;
    id.value = idColumn;
    show();
  };
  const show = () => {
    const { documents } = chosen();
    preview.replaceChildren(
      ...documents.slice(0, PREVIEWED).map((document) => {
        const beginning = document.text.slice(0, PREVIEW_LENGTH);
        return make('li', {}, make('strong', { textContent: document.name }), ' ', make('bdi', { textContent: beginning }));
      }),
    );
    accept.textContent = words.columnTake(documents.length);
    accept.disabled = !documents.length;
  };
  head.addEventListener('change', () => fill(text.value, id.value));
  text.addEventListener('change', show);
  id.addEventListener('change', show);
  fill(String(guess.text), guess.id === undefined ? '' : String(guess.id));

  const answer = await ask(
    [
      make('h2', { id: 'dialog-title', textContent: words.columnTitle(name) }),
      make('label', { className: 'dialog-field' }, words.columnText, text),
      make('label', { className: 'dialog-field' }, words.columnId, id),
      make('label', { className: 'switch' }, head, words.columnHead),
      make('p', { className: 'note', textContent: words.columnPreview }),
      preview,
    ],
    accept,
  );
  return answer ? chosen() : undefined;
}
