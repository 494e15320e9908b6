// The names of sections.

import { attributeTexts } from '../../text/attributes.js';

/**
 * What a section is called in the short list of sections, and its code in LOINC, as one line. Empty for a heading
 * that the list does not have. A name that says the same as the heading is left out.
 *
 * @param {{ heading: string, name?: string, loinc?: string }} section
 */
export function sectionKind({ heading, name, loinc }) {
  const words = attributeTexts();
  /** @type {Record<string, string>} */
  const names = words.sectionNames;
  const called = name && (names[name] ?? name);
  return [
    ...(called && called.toLowerCase() !== heading.toLowerCase() ? [called] : []),
    ...(loinc ? [words.outlineLoinc(loinc)] : []),
  ].join(' · ');
}
