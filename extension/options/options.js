// The options page. Every change counts at once, in all open tabs: there is nothing to save.

import { documents, ready } from '../../www/shared/documents.js';
import { make } from '../../www/shared/dom.js';
import { entryOf, inventory, suggestedNames } from '../../www/shared/inventory.js';
import { looksOf, rulesOf } from '../../www/shared/looks.js';
import { presetOf } from '../../www/shared/presets.js';
import {
  changeSettings,
  DEFAULTS,
  MAX_TICKED,
  onSettings,
  readSettings,
} from '../shared/settings.js';
import { errorWords, percent, presetName, typeName, word } from '../shared/words.js';

/** @typedef {import('../shared/settings.js').Settings} Settings */

const KEEP = [1, 5, 15, 60];

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));
const sampleSheet = new CSSStyleSheet();

/** @type {Settings} */
let settings;
/** The presets; none as long as they could not be loaded. @type {{ name: string, types: string[] }[]} */
let presets = [];
/** What can be ticked. @type {string[]} */
let offered = [];

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
  showPresets();
  byId('types').replaceChildren(...offered.map(typeRow));
  byId('type-names').replaceChildren(
    ...(presets.length ? suggestedNames(offered) : []).map((name) => new Option('', name)),
  );
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

/** The types that are looked for. */
const ticked = () =>
  settings.types ?? presets.find(({ name }) => name === settings.preset)?.types ?? [];

/** The menu of presets, and what can be ticked with the one chosen. */
function showPresets() {
  const types = ticked();
  const preset = presetOf(types, presets);
  const list = /** @type {HTMLSelectElement} */ (byId('preset'));
  list.replaceChildren(...presets.map(({ name }) => new Option(presetName(name), name)));
  if (!preset) list.append(new Option(word('presetOwn'), ''));
  list.value = preset;
  // What is ticked off stays, to be ticked again, until there is a preset.
  offered = preset ? types : [...new Set([...offered, ...types])];
}

/**
 * Sets the types, as a preset if one has them.
 *
 * @param {string[]} types
 */
function choose(types) {
  const preset = presetOf(types, presets);
  return change(preset ? { preset, types: undefined } : { types });
}

/** @param {string} type */
function typeRow(type) {
  const types = ticked();
  const box = make('input', {
    type: 'checkbox',
    id: `type-${type}`,
    value: type,
    checked: types.includes(type),
    title: presets.length ? hintOf(type) : '',
  });
  box.addEventListener('change', () => {
    const now = offered.filter((other) => (other === type ? box.checked : types.includes(other)));
    if (now.length > MAX_TICKED) {
      box.checked = false;
      return say(word('optionsTooMany', MAX_TICKED));
    }
    choose(now);
  });
  const row = make('li', {}, make('label', {}, box, typeName(type)));
  const look = looksOf(types, settings).get(type);
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
  if (!presets.some((preset) => preset.types.includes(type))) {
    const remove = make('button', {
      type: 'button',
      textContent: '×',
      'aria-label': word('optionsRemove', type),
    });
    remove.addEventListener('click', () => {
      offered = offered.filter((other) => other !== type);
      choose(types.filter((other) => other !== type));
    });
    row.append(remove);
  }
  return row;
}

/** What a type is, as the inventory has it. @param {string} type */
function hintOf(type) {
  const entry = entryOf(type);
  if (!entry) return word('typeUnknown');
  const { definition, includes, excludes } = entry;
  return word(excludes ? 'typeHint' : 'typeHintIncludes', definition, includes, excludes);
}

/** The types themselves, marked as they will be. */
function showSample() {
  const looks = [...looksOf(ticked(), settings).values()];
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
byId('preset').addEventListener('change', () => {
  const { value } = /** @type {HTMLSelectElement} */ (byId('preset'));
  change({ preset: value, types: undefined });
});
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
  const known = offered.find((type) => typeKey(type) === typeKey(name));
  const types = checkTypes([...ticked(), known ?? name]);
  if (types.length > MAX_TICKED) return say(word('optionsTooMany', MAX_TICKED));
  box.value = '';
  await choose(types);
}

try {
  await ready();
  presets = inventory().presets;
} catch (error) {
  say(errorWords(/** @type {import('../shared/words.js').Failure} */ (error)));
}
onSettings(show);
show(await readSettings());
