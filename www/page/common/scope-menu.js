// The menu that says what a summary covers: the document that is shown, or all of them.

import { text as words } from '../../text.js';
import { make } from './dom.js';

/**
 * Fills a menu with the choices, in the current language. The choice made so far is kept.
 *
 * @param {HTMLSelectElement} menu
 */
export function fillScopeMenu(menu) {
  const chosen = menu.value || 'one';
  menu.replaceChildren(
    make('option', { value: 'one', textContent: words.chartHere }),
    make('option', { value: 'all', textContent: words.chartAll }),
  );
  menu.value = chosen;
}
