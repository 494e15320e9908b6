// The offer of the preset that fits the text in the box, where the reader has chosen other types.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {import('./presets.js').Presets} presets
 */
export function mountPresetOffer(state, session, presets) {
  const says = make('span');
  const take = make('button', { type: 'button', className: 'quiet-button' });
  const line = byId('preset-offer');
  // The line is there before it says something, so that screen readers read it out.
  line.append(says, ' ', take);
  take.addEventListener('click', async () => {
    const { suggested } = state.values;
    try {
      await presets.load();
      presets.choose(suggested);
      session.clearError();
      byId('preset').focus();
    } catch (error) {
      session.reportError(error);
    }
  });
  state.watch(['suggested', 'preset', 'language'], ({ suggested, preset }) => {
    const label = /** @type {Record<string, string>} */ (words.presets)[suggested];
    const isOffered = Boolean(label) && suggested !== preset;
    line.classList.toggle('nothing', !isOffered);
    take.hidden = !isOffered;
    says.textContent = isOffered ? words.presetOffer(label) : '';
    take.textContent = isOffered ? words.presetTake : '';
  });
}
