// The names of sections.

import { attributeTexts } from '../../text/attributes.js';
import { make } from '../common/dom.js';

/**
 * What a section is called in the short list of sections, and its code in LOINC, for one line. Nothing for a heading
 * that the list does not have. A name that says the same as the heading is left out.
 *
 * @param {{ heading: string, name?: string, loinc?: string }} section
 * @returns {(Node | string)[]}
 */
export function sectionKind({ heading, name, loinc }) {
  const words = attributeTexts();
  /** @type {Record<string, string>} */
  const names = words.sectionNames;
  const called = name ? (names[name] ?? name) : '';
  const says = called.toLowerCase() !== heading.toLowerCase() ? called : '';
  const code = loinc
    ? [make('span', { className: 'loinc', textContent: words.outlineLoinc(loinc) })]
    : [];
  return [...(says ? [says] : []), ...(says && loinc ? [' · '] : []), ...code];
}
