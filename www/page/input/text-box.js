// The text box, and the ways into it: typing or pasting, a file (files.js), an example.
//
// A text box turns CRLF into LF. Offsets must index the text as it was given, so a text that came
// from a file is kept beside the box and used for as long as the box is left as it is.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { text as words } from '../../text.js';
import { byId, coalesced, make } from '../common/dom.js';
import { mountFiles } from './open-files.js';
import { tooLarge } from '../state/session.js';

const EXAMPLES = /** @type {const} */ (['abstract', 'discharge-note', 'trial-eligibility']);
const COUNT_EVERY_MS = 150;
const TYPED_AT_ONCE = 4000; // characters

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {import('../documents/collection.js').Documents} documents
 */
export function mountInput(state, session, documents) {
  const box = /** @type {HTMLTextAreaElement} */ (byId('input'));

  /**
   * @param {string} text
   * @param {string} name
   */
  const put = (text, name) => {
    if (text.length > MAX_TEXT_LENGTH) return session.refuse(tooLarge(text.length));
    box.value = text;
    box.scrollTop = 0;
    state.set({ text, name });
    session.settle();
  };

  const changed = () => {
    const { length } = box.value;
    if (length > 2 * MAX_TEXT_LENGTH) box.value = ''; // before it is laid out
    state.set({ text: box.value, name: '' });
    if (length > 2 * MAX_TEXT_LENGTH) return session.refuse(tooLarge(length), true);
    session.settle();
  };
  // Millions of characters would freeze the box for many seconds before anyone could say that they
  // are too many: they are stopped at the door. What was in the box stays.
  const stop = (/** @type {Event} */ event, /** @type {string | null | undefined} */ arriving) => {
    const length = arriving?.length ?? 0;
    if (length <= MAX_TEXT_LENGTH) return false;
    event.preventDefault();
    session.refuse(tooLarge(length), !box.value);
    return true;
  };
  box.addEventListener('paste', (event) => stop(event, event.clipboardData?.getData('text/plain')));
  box.addEventListener('beforeinput', (event) => {
    const arriving = event.data ?? event.dataTransfer?.getData('text/plain');
    if (stop(event, arriving) || event.inputType !== 'insertText' || (arriving?.length ?? 0) < TYPED_AT_ONCE) return;
    // What dictation, input methods and assistive tools write, a browser puts in line by line, in
    // time that grows with the square of the lines. A page of it goes in as one piece instead.
    event.preventDefault();
    box.setRangeText(arriving ?? '', box.selectionStart, box.selectionEnd, 'end');
    changed();
  });
  box.addEventListener('input', changed);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) session.extract();
  });
  byId('clear').addEventListener('click', () => {
    put('', '');
    box.focus();
  });

  mountExamples(state, session, put);
  mountFiles(state, session, documents, put);
  mountNote(state);
}

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {(text: string, name: string) => void} put
 */
function mountExamples(state, session, put) {
  const group = byId('examples');
  group.setAttribute('aria-labelledby', 'examples-label');
  for (const name of EXAMPLES) {
    // A few kilobytes, fetched ahead: a press puts the text in place at once, also offline.
    /** @type {string | undefined} */
    let ahead;
    fetchExample(name).then(
      (text) => (ahead = text),
      () => {},
    );
    const button = make('button', { type: 'button', className: 'quiet-button' });
    state.watch(['language'], () => (button.textContent = words.examples[name]));
    button.addEventListener('click', async () => {
      try {
        put(ahead ?? (await fetchExample(name)), name);
      } catch {
        return session.refuse(words.errors.example());
      }
      session.say(() => words.status.example(words.examples[name]));
    });
    group.append(button);
  }
}

/** @param {string} name */
async function fetchExample(name) {
  const response = await fetch(new URL(`../../examples/${name}.txt`, import.meta.url));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.text();
}

/** @param {import('../state/state.js').State} state */
function mountNote(state) {
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
  const later = coalesced(show, COUNT_EVERY_MS);
  state.watch(['text', 'name', 'language'], later);
}

/** @param {string} text */
function countWords(text) {
  let count = 0;
  for (const _ of text.matchAll(/\S+/g)) count++;
  return count;
}
