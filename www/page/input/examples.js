// The buttons that put an example into the text box.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';

/** The examples, with the preset that has the types for each. */
const EXAMPLES = /** @type {const} */ ({
  abstract: 'literature',
  'discharge-note': 'note',
  'trial-eligibility': 'trial',
});

/** @typedef {keyof typeof EXAMPLES} Example */

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {import('../settings/presets.js').Presets} presets
 * @param {(text: string, name: string) => void} setText
 */
export function mountExamples(state, session, presets, setText) {
  const group = byId('examples');
  group.setAttribute('aria-labelledby', 'examples-label');
  for (const [key, preset] of Object.entries(EXAMPLES)) {
    const name = /** @type {Example} */ (key);
    // A few kilobytes, fetched now so that a press has its effect at once, also offline.
    /** @type {string | undefined} */
    let prefetched;
    fetchExample(name).then(
      (text) => (prefetched = text),
      () => {},
    );
    const button = make('button', { type: 'button', className: 'quiet-button' });
    state.watch(['language'], () => (button.textContent = words.examples[name]));
    button.addEventListener('click', async () => {
      try {
        setText(prefetched ?? (await fetchExample(name)), name);
      } catch {
        return session.showError(() => words.errors.example());
      }
      const isSet = () => state.values.preset === preset;
      const wasSet = isSet();
      session.showMessage(() => words.status.example(words.examples[name]));
      await presets.suggest(preset);
      if (isSet() && !wasSet)
        session.showMessage(() =>
          words.status.exampleWithPreset(words.examples[name], words.presets[preset]),
        );
    });
    group.append(button);
  }
  // What fitted the example need not fit another text.
  state.watch(['name'], ({ name }) => {
    if (!Object.hasOwn(EXAMPLES, name)) presets.suggest('');
  });
}

/** @param {string} name */
async function fetchExample(name) {
  const response = await fetch(new URL(`../../examples/${name}.txt`, import.meta.url));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.text();
}
