// The text box, and the note on the size of its text.
//
// A text box turns CRLF into LF. Offsets must index the text as it was given, so the state holds the exact text
// of a file until the box is edited.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { text as words } from '../../text.js';
import { byId, coalesced } from '../common/dom.js';
import { tooLarge } from '../common/explained.js';

const COUNT_EVERY_MS = 150;
const MIN_INSERTION = 4000; // characters that are inserted in one piece; see below

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @returns {(text: string, name: string) => void}  Puts a text into the box. `name` is that of its file or example.
 */
export function mountTextBox(state, session) {
  const box = /** @type {HTMLTextAreaElement} */ (byId('input'));

  const setText = (/** @type {string} */ text, /** @type {string} */ name) => {
    if (text.length > MAX_TEXT_LENGTH) return session.showError(tooLarge(text.length));
    box.value = text;
    box.scrollTop = 0;
    state.set({ text, name });
    session.clearError();
  };

  const onEdit = () => {
    const { length } = box.value;
    if (length > 2 * MAX_TEXT_LENGTH) box.value = ''; // before the browser lays it out
    state.set({ text: box.value, name: '' });
    if (length > 2 * MAX_TEXT_LENGTH) return session.showError(tooLarge(length), true);
    session.clearError();
  };
  // Millions of characters would freeze the box for many seconds, so they are refused before they are inserted.
  // The text in the box stays.
  const refuseIfTooLarge = (
    /** @type {Event} */ event,
    /** @type {string | null | undefined} */ inserted,
  ) => {
    const length = inserted?.length ?? 0;
    if (length <= MAX_TEXT_LENGTH) return false;
    event.preventDefault();
    session.showError(tooLarge(length), !box.value);
    return true;
  };
  box.addEventListener('paste', (event) =>
    refuseIfTooLarge(event, event.clipboardData?.getData('text/plain')),
  );
  box.addEventListener('beforeinput', (event) => {
    const inserted = event.data ?? event.dataTransfer?.getData('text/plain');
    if (refuseIfTooLarge(event, inserted)) return;
    if (event.inputType !== 'insertText' || (inserted?.length ?? 0) < MIN_INSERTION) return;
    // Browsers insert the text of dictation, input methods and assistive tools line by line, which takes time
    // quadratic in the number of lines. A long text is inserted in one piece instead.
    event.preventDefault();
    box.setRangeText(inserted ?? '', box.selectionStart, box.selectionEnd, 'end');
    onEdit();
  });
  box.addEventListener('input', onEdit);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) session.extract();
  });
  byId('clear').addEventListener('click', () => {
    setText('', '');
    box.focus();
  });
  mountSizeNote(state);
  return setText;
}

/** @param {import('../state/state.js').State} state */
function mountSizeNote(state) {
  const note = byId('input-note');
  const show = () => {
    const { text, name } = state.values;
    const over = text.length > MAX_TEXT_LENGTH;
    note.classList.toggle('over', over);
    if (over) note.textContent = words.sizeOver(text.length, MAX_TEXT_LENGTH);
    else if (!text) note.textContent = words.sizeEmpty;
    else {
      const size = words.size(text.length, countWords(text));
      note.textContent = /\./.test(name) ? words.fromFile(name, size) : size;
    }
  };
  state.watch(['text', 'name', 'language'], coalesced(show, COUNT_EVERY_MS));
}

/** @param {string} text */
function countWords(text) {
  let count = 0;
  for (const _ of text.matchAll(/\S+/g)) count++;
  return count;
}
