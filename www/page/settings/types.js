// The chips of the entity types, and the box that adds a type.

import { documents } from '../../shared/documents.js';
import { DRAWINGS } from '../../shared/dom.js';
import { entryOf, suggestedNames } from '../../shared/inventory.js';
import { text as words } from '../../text.js';
import { byId, icon, make } from '../common/dom.js';
import { applyTypeStyle } from '../common/type-style.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {import('./presets.js').Presets} presets
 */
export function mountTypes(state, session, presets) {
  const chips = byId('type-chips');
  const name = /** @type {HTMLInputElement} */ (byId('new-type'));

  /** @param {readonly string[]} chosen */
  const choose = (chosen, offered = state.values.offered) => {
    presets.setTypes(offered, chosen);
    session.clearError();
  };

  const add = async () => {
    await presets.load();
    if (!name.value.trim()) return name.focus();
    const { offered, chosen } = state.values;
    const { checkTypes, typeKey } = documents();
    const [type] = checkTypes([name.value]);
    const known = offered.find((other) => typeKey(other) === typeKey(type));
    name.value = '';
    choose([...chosen, known ?? type], known ? offered : [...offered, type]);
    name.focus();
  };
  const tryToAdd = () => add().catch((error) => session.reportError(error));
  byId('add-type').addEventListener('click', tryToAdd);
  name.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') tryToAdd();
  });
  name.addEventListener('focus', () => presets.load().catch(() => {})); // for what is suggested

  /** @param {string} type */
  const chip = (type) => {
    const { chosen, inventory } = state.values;
    const box = make('input', { type: 'checkbox', value: type, checked: chosen.includes(type) });
    if (inventory) box.title = hintOf(type);
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
    if (!presets.isOwn(type)) return label;
    const remove = make('button', {
      type: 'button',
      className: 'chip-remove',
      'aria-label': words.removeType(type),
    });
    remove.append(icon(DRAWINGS.close));
    remove.addEventListener('click', () => {
      const { chosen, offered } = state.values;
      choose(
        chosen,
        offered.filter((other) => other !== type),
      );
      name.focus();
    });
    return make('span', { className: 'chip-own' }, label, remove);
  };

  state.watch(['offered', 'inventory', 'language'], ({ offered, inventory }) => {
    const focused = chips.querySelector('input:focus')?.getAttribute('value');
    chips.replaceChildren(...offered.map(chip));
    for (const box of chips.querySelectorAll('input')) if (box.value === focused) box.focus();
    if (inventory)
      byId('type-names').replaceChildren(
        ...suggestedNames(offered).map((value) => make('option', { value })),
      );
  });
  state.watch(['chosen'], ({ chosen }) => {
    for (const box of chips.querySelectorAll('input')) box.checked = chosen.includes(box.value);
  });
}

/** What a type is, as the inventory has it. @param {string} type */
function hintOf(type) {
  const entry = entryOf(type);
  return entry
    ? words.typeHint(entry.definition, entry.includes, entry.excludes)
    : words.typeUnknown;
}
