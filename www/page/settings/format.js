// The menu of output formats.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';
import { formatOf, recommendedFormat } from '../state/format.js';

/** @param {import('../state/state.js').State} state */
export function mountFormat(state) {
  const list = /** @type {HTMLSelectElement} */ (byId('format'));
  list.addEventListener('change', () => state.set({ format: list.value }));
  state.watch(['model', 'language', 'chosen', 'format'], (values) => {
    const { model } = values;
    if (!model)
      return list.replaceChildren(make('option', { value: '', textContent: words.formatPending }));
    const recommended = recommendedFormat(values);
    list.replaceChildren(
      ...model.formats.map((value) =>
        make('option', {
          value,
          textContent: value === recommended ? words.formatDefault(value) : value,
        }),
      ),
    );
    list.value = formatOf(values) ?? '';
    list.disabled = false;
  });
}
