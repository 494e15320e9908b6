// The panel of the model: its name, what its file says about it, and the choice of a file of the reader's own.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 */
export function mountModelPanel(state, session) {
  const picker = /** @type {HTMLInputElement} */ (byId('model-file'));
  picker.addEventListener('change', () => {
    const [file] = picker.files ?? [];
    picker.value = '';
    if (file) session.useModel(file);
  });
  const backButtons = document.querySelectorAll('.model-back');
  for (const button of backButtons) button.addEventListener('click', () => session.load());
  state.watch(['model', 'ownModel', 'language', 'phase'], ({ model, ownModel, phase }) => {
    const own = model?.model;
    byId('model-note').textContent = own
      ? words.modelNote(own.name, own.size, own.licence)
      : words.modelPending;
    byId('model-facts').replaceChildren(...(model ? facts(model) : []));
    byId('own-model').hidden = !ownModel;
    byId('own-model-name').textContent = words.modelOwn(ownModel);
    const busy = phase === 'working' || phase === 'loading';
    for (const button of backButtons) Object.assign(button, { hidden: !ownModel, disabled: busy });
    picker.disabled = busy;
  });
}

/** @param {import('../../client.d.ts').ModelInfo} info */
function facts({ model, description }) {
  const { name, architecture, parameters, tensors } = description;
  // The most frequent type first: most tensors are quantized; some, such as norms, are not.
  const types = Object.entries(tensors)
    .sort((a, b) => b[1] - a[1])
    .map(([type]) => type);
  const all = {
    name: name ?? model.name,
    architecture,
    parameters: words.modelParameters(parameters / 1e6),
    quantization: types.join(', '),
    size: words.modelSize(model.size),
  };
  return Object.entries(all).flatMap(([fact, value]) =>
    value
      ? [
          make('dt', { textContent: words.modelFacts[/** @type {keyof typeof all} */ (fact)] }),
          make('dd', { textContent: value }),
        ]
      : [],
  );
}
