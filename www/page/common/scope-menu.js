// What a summary is of: the document that is shown, or all of them.

import { text as words } from '../../text.js';
import { make } from './dom.js';

/**
 * Puts the choices into a menu, in the language there is now. What was chosen stays so.
 *
 * @param {HTMLSelectElement} menu
 */
export function offerScopes(menu) {
  const chosen = menu.value || 'one';
  menu.replaceChildren(
    make('option', { value: 'one', textContent: words.chartHere }),
    make('option', { value: 'all', textContent: words.chartAll }),
  );
  menu.value = chosen;
}
