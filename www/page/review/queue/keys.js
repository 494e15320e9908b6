// Single keys that decide, the list of them, and the switch that turns them off.

import { make } from '../../common/dom.js';
import { reviewWords as words } from '../../../text/review.js';

/**
 * @typedef {import('./review.js').Review} Review
 * @typedef {import('./card.js').Card} Card
 */

/**
 * @param {Review} review
 * @returns {{ element: HTMLDetailsElement, show: () => void }}
 */
export function keysPanel(review) {
  const summary = make('summary');
  const list = make('dl', { className: 'queue-keys' });
  const box = make('input', { type: 'checkbox', checked: review.walk.keys });
  const boxLabel = make('span');
  const note = make('p', { className: 'note' });
  box.addEventListener('change', () => (review.walk.keys = box.checked));
  const element = make(
    'details',
    { className: 'panel queue-help' },
    summary,
    make(
      'div',
      { className: 'queue-panel-body' },
      list,
      make('label', { className: 'switch' }, box, boxLabel),
      note,
    ),
  );
  const show = () => {
    const { keys, shiftKey, keysTitle, keysSwitch, keysNote } = words();
    summary.textContent = keysTitle;
    boxLabel.textContent = keysSwitch;
    note.textContent = keysNote;
    /** @type {[string[], string][]} */
    const rows = [
      [['A'], keys.accept],
      [['R'], keys.reject],
      [['S'], keys.skip],
      [['B'], keys.back],
      [['1', '9'], keys.types],
      [['←', '→'], keys.end],
      [[`${shiftKey} ←`, `${shiftKey} →`], keys.start],
      [['M'], keys.missed],
      [['C'], keys.complete],
      [['U'], keys.undo],
      [['?'], keys.help],
    ];
    list.replaceChildren(
      ...rows.flatMap(([names, does]) => [
        make(
          'dt',
          {},
          ...names.flatMap((name, i) => [
            ...(i ? [' … '] : []),
            make('kbd', { textContent: name }),
          ]),
        ),
        make('dd', { textContent: does }),
      ]),
    );
  };
  return { element, show };
}

/**
 * Listens for the keys in the dialog. Keys that are typed into a field do nothing else, nor do keys with Control,
 * Alt or Command, except for undo and redo.
 *
 * @param {HTMLDialogElement} dialog
 * @param {Review} review
 * @param {Card} card
 * @param {HTMLDetailsElement} help
 */
export function enableReviewKeys(dialog, review, card, help) {
  /** @type {Record<string, () => void>} */
  const once = {
    a: () => review.accept(),
    r: () => review.reject(),
    s: () => review.skip(),
    b: () => review.back(),
    c: () => review.complete(),
    m: () => card.focusMissed(),
    '?': () => {
      help.open = !help.open;
      if (help.open) help.querySelector('summary')?.focus();
      else card.element.focus();
    },
  };
  // Where nothing has the focus, because a click was beside everything, the event comes from the body.
  document.addEventListener('keydown', (event) => {
    const isOurs =
      dialog.open &&
      (event.target === document.body || dialog.contains(/** @type {Node} */ (event.target)));
    if (!isOurs) return;
    event.stopPropagation(); // keys of the page behind the dialog
    const { key, code, shiftKey, ctrlKey, metaKey, altKey, repeat } = event;
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || event.isComposing || altKey) return;
    if (target.closest('input:not([type="checkbox"], [type="range"]), select, textarea')) return;
    const letter = letterOf(key, code);
    if (ctrlKey || metaKey) {
      if (letter === 'y' || (letter === 'z' && shiftKey)) review.redo();
      else if (letter === 'z') review.undo();
      else return;
      return event.preventDefault();
    }
    if (!review.walk.keys || target.matches('[type="range"]')) return;
    const digit =
      /^[1-9]$/.exec(key)?.[0] ?? (!shiftKey && /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]);
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      if (target.closest('.queue-scroll')) return;
      review.move(shiftKey ? 'start' : 'end', key === 'ArrowLeft' ? -1 : 1);
    } else if (digit) card.chooseType(Number(digit) - 1);
    else if (letter === 'u') {
      if (shiftKey) review.redo();
      else review.undo();
    } else if (letter && once[letter] && (!shiftKey || letter === '?')) {
      // A key that is held down decides only once.
      if (!repeat) once[letter]();
    } else return;
    event.preventDefault();
  });
}

/**
 * The Latin letter of a key, also where the keyboard writes other letters.
 *
 * @param {string} key
 * @param {string} code
 */
function letterOf(key, code) {
  if (/^[a-z?]$/i.test(key)) return key.toLowerCase();
  return /^[ -~]$/.test(key) ? undefined : /^Key([A-Z])$/.exec(code)?.[1].toLowerCase();
}
