// The buttons that put an example into the text box.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';

const EXAMPLES = /** @type {const} */ (['abstract', 'discharge-note', 'trial-eligibility']);

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 * @param {(text: string, name: string) => void} setText
 */
export function mountExamples(state, session, setText) {
  const group = byId('examples');
  group.setAttribute('aria-labelledby', 'examples-label');
  for (const name of EXAMPLES) {
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
        return session.showError(words.errors.example());
      }
      session.showMessage(() => words.status.example(words.examples[name]));
    });
    group.append(button);
  }
}

/** @param {string} name */
async function fetchExample(name) {
  const response = await fetch(new URL(`../../examples/${name}.txt`, import.meta.url));
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.text();
}
