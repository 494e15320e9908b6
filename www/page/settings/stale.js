// The notice that the result is of another text, or was made with other settings, than those above.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';
import { choiceOf, formatOf } from '../state/format.js';

/** @typedef {import('../state/state.js').Values} Values */

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {import('./presets.js').Presets} presets
 */
export function mountStale(state, session, presets) {
  const notice = byId('stale');
  const says = make('span');
  const take = make('button', { type: 'button', className: 'quiet-button' });
  const again = make('button', { type: 'button', className: 'quiet-button' });
  notice.append(says, ' ', again, ' ', take);
  again.addEventListener('click', () => {
    const { open } = state.values;
    if (!open) return;
    session.extractAgain(open);
    byId('cancel').focus({ preventScroll: true }); // the notice is gone, and the button with it
  });
  take.addEventListener('click', async () => {
    const { results, model } = state.values;
    if (!results) return;
    try {
      await presets.take(results.types, true);
      const { types: chosen, format } = results;
      if (model?.formats.includes(format))
        state.set({ format: choiceOf(format, { model, chosen }) });
      session.clearError();
      byId('extract').focus({ preventScroll: true }); // the notice is gone, and the button with it
    } catch (error) {
      session.reportError(error);
    }
  });
  const show = (/** @type {Values} */ values) => {
    const why = differenceOf(values);
    notice.hidden = !why;
    if (!why) return;
    // The button above extracts from the text in the box, not from the document that is open.
    const { open, phase } = values;
    says.textContent =
      why === 'text' ? words.staleText : open ? words.staleDocument : words.staleSettings;
    again.hidden = !open || phase === 'working';
    again.textContent = words.staleAgain;
    take.hidden = why === 'text';
    take.textContent = words.staleTake;
  };
  state.watch(['results', 'open', 'text', 'chosen', 'format', 'model', 'phase', 'language'], show);
}

/**
 * How the result differs from what an extraction would give now: it is of another text, or has other types or
 * another output format. The order of the types does not count, since the reader does not choose it.
 *
 * @param {Pick<Values, 'results' | 'open' | 'text' | 'chosen' | 'format' | 'model'>} values
 * @returns {'text' | 'settings' | undefined}
 */
export function differenceOf(values) {
  const { results, open, text, chosen } = values;
  if (!results) return undefined;
  if (!open && text !== results.text) return 'text';
  const types = new Set(chosen);
  const isSame =
    types.size === results.types.length && results.types.every((one) => types.has(one));
  // Until the model is loaded it is not known which format is the one set.
  const format = formatOf(values);
  const sameFormat = format === undefined || format === results.format;
  return isSame && sameFormat ? undefined : 'settings';
}
