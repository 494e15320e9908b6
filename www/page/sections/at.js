// Where the sections of a text are. Pure functions.

/** @typedef {import('../../attributes.d.ts').TextSection} Section */

/**
 * The index of the section that an offset is in; -1 if it is in none.
 *
 * @param {Section[]} sections  In the order of the text.
 * @param {number} offset
 */
export function sectionAt(sections, offset) {
  let at = sections.length - 1;
  while (at >= 0 && !(sections[at].start <= offset && offset < sections[at].end)) at--;
  return at;
}
