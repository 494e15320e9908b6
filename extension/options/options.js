// The options page. Every change counts at once, in all open tabs: there is nothing to save.

import { documents, ready } from '../../www/shared/documents.js';
import { make } from '../../www/shared/dom.js';
import { DEFAULT_TYPES, looksOf, rulesOf } from '../../www/shared/looks.js';
import {
  changeSettings,
  DEFAULTS,
  MAX_TICKED,
  onSettings,
  readSettings,
} from '../shared/settings.js';
import { errorWords, percent, typeName, word } from '../shared/words.js';

/** @typedef {import('../shared/settings.js').Settings} Settings */

const KEEP = [1, 5, 15, 60];
/** Offered beside the reader's own. */
const OFFERED = [...DEFAULT_TYPES, 'Cell', 'Cancer', 'Tissue'];

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));
const sampleSheet = new CSSStyleSheet();

/** @type {Settings} */
let settings;

/** @param {Partial<Settings>} changes */
async function change(changes) {
  try {
    show(await changeSettings(changes));
    say(word('optionsSaved'));
  } catch (error) {
    say(errorWords({ message: String(error) }));
  }
}

/** @param {string} message */
function say(message) {
  byId('saved').textContent = message;
}

/** @param {Settings} now */
function show(now) {
  settings = now;
  const focused = document.activeElement?.id;
  byId('types').replaceChildren(...listed().map(typeRow));
  if (focused) document.getElementById(focused)?.focus();
  for (const radio of document.querySelectorAll('[name=palette]')) {
    const choice = /** @type {HTMLInputElement} */ (radio);
    choice.checked = choice.value === settings.palette;
  }
  input('threshold').value = String(settings.threshold);
  showThreshold(settings.threshold);
  input('automatic').checked = settings.automatic;
  const keep = /** @type {HTMLSelectElement} */ (byId('keep'));
  const choices = [...new Set([...KEEP, settings.keepMinutes])].sort((a, b) => a - b);
  keep.replaceChildren(
    ...choices.map((minutes) => new Option(word('optionsMinutes', minutes), String(minutes))),
  );
  keep.value = String(settings.keepMinutes);
  showSample();
}

/** What can be ticked: what is offered, then the reader's own. */
const listed = () => [...new Set([...OFFERED, ...settings.types])];

/** @param {string} type */
function typeRow(type) {
  const chosen = settings.types.includes(type);
  const box = make('input', { type: 'checkbox', id: `type-${type}`, value: type, checked: chosen });
  box.addEventListener('change', () => {
    const types = listed().filter((other) =>
      other === type ? box.checked : settings.types.includes(other),
    );
    if (types.length > MAX_TICKED) {
      box.checked = false;
      return say(word('optionsTooMany', MAX_TICKED));
    }
    change({ types });
  });
  const row = make('li', {}, make('label', {}, box, typeName(type)));
  const look = looksOf(settings.types, settings).get(type);
  if (look) {
    const label = word('optionsColourOf', typeName(type));
    const colour = make('input', {
      type: 'color',
      id: `colour-${type}`,
      value: look.colour,
      'aria-label': label,
    });
    colour.addEventListener('change', () =>
      change({ colours: { ...settings.colours, [type]: colour.value } }),
    );
    row.append(colour);
  }
  if (!OFFERED.includes(type)) {
    const remove = make('button', {
      type: 'button',
      textContent: '×',
      'aria-label': word('optionsRemove', type),
    });
    remove.addEventListener('click', () =>
      change({ types: settings.types.filter((other) => other !== type) }),
    );
    row.append(remove);
  }
  return row;
}

/** The types themselves, marked as they will be. */
function showSample() {
  const looks = [...looksOf(settings.types, settings).values()];
  sampleSheet.replaceSync(rulesOf(looks, 'bioner'));
  const sample = byId('sample');
  sample.textContent = looks.map(({ type }) => typeName(type)).join('   ');
  CSS.highlights?.clear();
  const node = sample.firstChild;
  let at = 0;
  for (const { type, name } of node ? looks : []) {
    const range = new Range();
    range.setStart(/** @type {Node} */ (node), at);
    range.setEnd(/** @type {Node} */ (node), at + typeName(type).length);
    CSS.highlights?.set(`bioner-${name}`, new Highlight(range));
    at += typeName(type).length + 3;
  }
}

/** @param {number} threshold */
function showThreshold(threshold) {
  byId('threshold-value').textContent = percent(threshold);
  input('threshold').setAttribute('aria-valuetext', percent(threshold));
}

document.documentElement.lang = word('language');
document.title = word('optionsTitle');
for (const element of document.querySelectorAll('[data-word]')) {
  element.textContent = word(/** @type {HTMLElement} */ (element).dataset.word ?? '');
}
document.adoptedStyleSheets = [sampleSheet];
for (const radio of document.querySelectorAll('[name=palette]')) {
  // A palette is chosen as a whole: the reader's own colours give way to it.
  const palette = /** @type {Settings['palette']} */ (
    /** @type {HTMLInputElement} */ (radio).value
  );
  radio.addEventListener('change', () => change({ palette, colours: {} }));
}
input('threshold').addEventListener('input', () => showThreshold(input('threshold').valueAsNumber));
input('threshold').addEventListener('change', () =>
  change({ threshold: input('threshold').valueAsNumber }),
);
input('automatic').addEventListener('change', () =>
  change({ automatic: input('automatic').checked }),
);
byId('keep').addEventListener('change', () =>
  change({ keepMinutes: Number(/** @type {HTMLSelectElement} */ (byId('keep')).value) }),
);
byId('reset').addEventListener('click', () => change(DEFAULTS));
byId('add').addEventListener('submit', (event) => {
  event.preventDefault();
  add().catch((error) => say(errorWords(error)));
});

/** Adds the type whose name is in the box, if it can be asked for. */
async function add() {
  await ready();
  const box = input('new-type');
  if (!box.value.trim()) return;
  const { checkTypes, typeKey } = documents();
  const [name] = checkTypes([box.value]);
  const known = listed().find((type) => typeKey(type) === typeKey(name));
  const types = checkTypes([...settings.types, known ?? name]);
  if (types.length > MAX_TICKED) return say(word('optionsTooMany', MAX_TICKED));
  box.value = '';
  await change({ types });
}

onSettings(show);
show(await readSettings());
