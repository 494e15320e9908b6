// The filters of the result: the lowest score, abbreviations, and labels. Exports follow them, except for labels.
// (The legend hides types.)

import { score } from '../../language.js';
import { byId } from '../common/dom.js';
import { entitiesOf } from '../entities/visible.js';
import { allResults } from '../state/results.js';

/** @param {import('../state/state.js').State} state */
export function mountFilterBar(state) {
  const slider = /** @type {HTMLInputElement} */ (byId('threshold'));
  const value = byId('threshold-value');
  slider.addEventListener('input', () => state.set({ threshold: slider.valueAsNumber }));
  state.watch(['threshold', 'language'], ({ threshold }) => {
    slider.valueAsNumber = threshold;
    value.textContent = score(threshold);
    slider.setAttribute('aria-valuetext', score(threshold));
  });

  const abbreviations = /** @type {HTMLInputElement} */ (byId('abbreviations'));
  abbreviations.addEventListener('change', () => {
    state.set({ abbreviations: abbreviations.checked });
    recomputeEntities(state);
  });
  state.watch(['abbreviations'], ({ abbreviations: on }) => (abbreviations.checked = on));

  const labels = /** @type {HTMLInputElement} */ (byId('labels'));
  labels.addEventListener('change', () =>
    byId('annotated').classList.toggle('with-labels', labels.checked),
  );
}

/**
 * Recomputes the entities of every finished result.
 *
 * @param {import('../state/state.js').State} state
 */
function recomputeEntities(state) {
  const { results, documents, abbreviations } = state.values;
  for (const one of allResults(state.values)) {
    if (!one.running) one.entities = entitiesOf(one, abbreviations);
  }
  state.set({ results, documents });
}
