// Dialogs that ask the reader something.

import { text as words } from '../../text.js';
import { make } from './dom.js';

/**
 * Asks whether to do something that cannot be undone.
 *
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export async function askToConfirm(question) {
  const text = make('p', { id: 'dialog-title', textContent: question });
  const yes = make('button', {
    type: 'submit',
    className: 'main-button',
    value: 'yes',
    textContent: words.dialogConfirm,
  });
  return (await showDialog([text], yes)) === 'yes';
}

/**
 * Shows a dialog. Resolves with the value of the button that closed it, or '' if it was cancelled.
 *
 * @param {(Node | string)[]} content  Contains the title, with the id `dialog-title`.
 * @param {HTMLButtonElement} accept   A submit button with a value.
 * @returns {Promise<string>}
 */
export function showDialog(content, accept) {
  const cancel = make('button', {
    type: 'submit',
    className: 'plain-button',
    value: '',
    formNoValidate: true,
  });
  cancel.textContent = words.dialogCancel;
  const form = make(
    'form',
    { method: 'dialog' },
    ...content,
    make('div', { className: 'dialog-buttons' }, cancel, accept),
  );
  const dialog = make('dialog', { className: 'dialog', 'aria-labelledby': 'dialog-title' }, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}
