// The menu of output formats.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';

/** @param {import('../state/state.js').State} state */
export function mountFormat(state) {
  const list = /** @type {HTMLSelectElement} */ (byId('format'));
  list.addEventListener('change', () => state.set({ format: list.value }));
  state.watch(['model', 'language'], ({ model, format }) => {
    if (!model)
      return list.replaceChildren(make('option', { value: '', textContent: words.formatPending }));
    // A model with adapters has a format for each way it answers: which is best depends on the types.
    const { adapter } = model.description.config ?? {};
    const own = adapter ? '' : model.model.format;
    const values = adapter ? ['', ...model.formats] : model.formats;
    list.replaceChildren(
      ...values.map((value) =>
        make('option', {
          value,
          textContent: !value
            ? words.formatAutomatic
            : value === own
              ? words.formatDefault(value)
              : value,
        }),
      ),
    );
    list.value = format ?? own;
    list.disabled = false;
  });
  state.watch(['format'], ({ format, model }) => {
    if (model && format) list.value = format;
  });
}
