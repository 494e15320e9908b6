// The rules of the elements' highlights. They have to be the document's, because a highlight is styled
// where its text is, and the text is the page's own. A constructed sheet needs no leave of the page's
// policy, and the page's rules come before it only where they say more: so it goes first.

import { rulesOf } from '../shared/looks.js';

/** @typedef {import('../shared/looks.js').Look} Look */

/** What the names of the elements' highlights begin with. */
export const HIGHLIGHTS = 'bioner';

/** @type {WeakMap<Document, { sheet: CSSStyleSheet, looks: Map<string, Look> }>} */
const adopted = new WeakMap();

/**
 * Sees to it that each look has its rule in `document`.
 *
 * @param {Document} document
 * @param {Iterable<Look>} looks
 */
export function adoptRules(document, looks) {
  let known = adopted.get(document);
  if (!known) {
    known = { sheet: new CSSStyleSheet(), looks: new Map() };
    adopted.set(document, known);
    document.adoptedStyleSheets = [known.sheet, ...document.adoptedStyleSheets];
  }
  const before = known.looks.size;
  for (const look of looks) if (!known.looks.has(look.name)) known.looks.set(look.name, look);
  if (known.looks.size === before) return;
  known.sheet.replaceSync(rulesOf(known.looks.values(), HIGHLIGHTS, colourOf));
}

/**
 * A page changes a colour with one property: `--bioner-disease: teal`.
 *
 * @param {Look} look
 */
export const colourOf = ({ name, colour }) => `var(--bioner-${name}, ${colour})`;
