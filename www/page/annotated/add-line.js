// The form under the table that marks words wherever they occur: by keyboard alone, and many at once.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';
import { occurrences } from '../entities/words.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('./editor.js').Editor} editor
 * @param {import('../state/session.js').Session} session
 */
export function mountAddLine(state, editor, session) {
  const line = byId('add-line');
  const input = /** @type {HTMLInputElement} */ (byId('add-text'));
  const list = /** @type {HTMLSelectElement} */ (byId('add-as'));
  line.addEventListener('submit', (event) => {
    event.preventDefault();
    const { results } = state.values;
    const wanted = input.value.trim();
    if (!results || !wanted) return input.focus();
    const spans = unmarked(results, wanted);
    if (!spans.length) return session.showError(() => words.errors.notFound(wanted));
    session.clearError();
    editor.add(spans, list.value);
    input.value = '';
    input.focus();
  });
  let offered = '';
  state.watch(['results'], ({ results }) => {
    line.hidden = !results || results.running;
    const types = results?.types ?? [];
    if (types.join('\n') === offered) return;
    offered = types.join('\n');
    list.replaceChildren(
      ...types.map((type) => make('option', { value: type, textContent: type })),
    );
  });
}

/**
 * Where the words occur and no entity overlaps them.
 *
 * @param {import('../state/state.js').Results} results
 * @param {string} wanted
 */
function unmarked({ text, entities, upTo }, wanted) {
  return occurrences(text.slice(0, upTo), wanted).filter(
    ({ start, end }) => !entities.some((entity) => entity.start < end && start < entity.end),
  );
}
