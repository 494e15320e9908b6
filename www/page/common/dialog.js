// Questions to the reader, in the page's own dialog.

import { text as words } from '../../text.js';
import { make } from './dom.js';

/**
 * Asks something that cannot be taken back.
 *
 * @param {string} question
 * @returns {Promise<boolean>}
 */
export async function confirmed(question) {
  const text = make('p', { id: 'dialog-title', textContent: question });
  const yes = make('button', { type: 'submit', className: 'main-button', value: 'yes', textContent: words.dialogConfirm });
  return (await ask([text], yes)) === 'yes';
}

/**
 * Shows a dialog; resolves with the value of the button that closed it, '' for none. Its title has
 * the id `dialog-title`.
 *
 * @param {(Node | string)[]} content
 * @param {HTMLButtonElement} accept
 * @returns {Promise<string>}
 */
export function ask(content, accept) {
  const cancel = make('button', { type: 'submit', className: 'plain-button', value: '', formNoValidate: true });
  cancel.textContent = words.dialogCancel;
  const form = make('form', { method: 'dialog' }, ...content, make('div', { className: 'dialog-buttons' }, cancel, accept));
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
