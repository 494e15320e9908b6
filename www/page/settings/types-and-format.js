// The settings of an extraction: the chips of the entity types, and the menu of output formats.

import { documents, ready } from '../../shared/documents.js';
import { DRAWINGS } from '../../shared/dom.js';
import { KNOWN_TYPES } from '../../shared/looks.js';
import { text as words } from '../../text.js';
import { byId, icon, make } from '../common/dom.js';
import { applyTypeStyle } from '../common/type-style.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 */
export function mountTypesAndFormat(state, session) {
  const chips = byId('type-chips');
  const name = /** @type {HTMLInputElement} */ (byId('new-type'));
  /** Types that the reader has added. @type {Set<string>} */
  const own = new Set();

  /** @param {string[]} chosen */
  const choose = (chosen) => {
    const { offered } = state.values;
    state.set({ chosen: offered.filter((type) => chosen.includes(type)) });
    session.clearError();
  };

  const add = async () => {
    await ready();
    if (!name.value.trim()) return name.focus();
    const { checkTypes, typeKey } = documents();
    const [type] = checkTypes([name.value]);
    const known = state.values.offered.find((other) => typeKey(other) === typeKey(type));
    name.value = '';
    if (!known) {
      own.add(type);
      state.set({ offered: [...state.values.offered, type] });
    }
    choose([...state.values.chosen, known ?? type]);
    name.focus();
  };
  const tryToAdd = () => add().catch((error) => session.reportError(error));
  byId('add-type').addEventListener('click', tryToAdd);
  name.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') tryToAdd();
  });

  /** @param {string} type */
  const chip = (type) => {
    const box = make('input', {
      type: 'checkbox',
      value: type,
      checked: state.values.chosen.includes(type),
    });
    box.addEventListener('change', () => {
      const { chosen } = state.values;
      choose(box.checked ? [...chosen, type] : chosen.filter((other) => other !== type));
    });
    const label = make(
      'label',
      { className: 'chip' },
      box,
      make('span', { className: 'swatch' }),
      type,
    );
    applyTypeStyle(label, type);
    if (!own.has(type)) return label;
    const remove = make('button', {
      type: 'button',
      className: 'chip-remove',
      'aria-label': words.removeType(type),
    });
    remove.append(icon(DRAWINGS.close));
    remove.addEventListener('click', () => {
      own.delete(type);
      state.set({ offered: state.values.offered.filter((other) => other !== type) });
      choose(state.values.chosen);
      name.focus();
    });
    return make('span', { className: 'chip-own' }, label, remove);
  };

  state.watch(['offered', 'language'], ({ offered }) =>
    chips.replaceChildren(...offered.map(chip)),
  );
  state.watch(['chosen'], ({ chosen }) => {
    for (const box of chips.querySelectorAll('input')) box.checked = chosen.includes(box.value);
  });
  state.watch(['model'], ({ model, offered }) => {
    const modelTypes = (model?.model.types ?? []).filter((type) => typeof type === 'string');
    const all = new Set([...KNOWN_TYPES, ...modelTypes, ...offered]); // those that the reader has added come last
    if (all.size > offered.length) state.set({ offered: [...all] });
  });

  mountFormat(state);
}

/** @param {import('../state/state.js').State} state */
function mountFormat(state) {
  const list = /** @type {HTMLSelectElement} */ (byId('format'));
  list.addEventListener('change', () => state.set({ format: list.value }));
  state.watch(['model', 'language'], ({ model, format }) => {
    if (!model)
      return list.replaceChildren(make('option', { value: '', textContent: words.formatPending }));
    const own = model.model.format;
    list.replaceChildren(
      ...model.formats.map((value) =>
        make('option', { value, textContent: value === own ? words.formatDefault(value) : value }),
      ),
    );
    list.value = format ?? own ?? '';
    list.disabled = false;
  });
}
