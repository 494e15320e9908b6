// The headings of sections, as they are drawn in the text. Pure functions.

/**
 * @typedef {import('../../attributes.d.ts').TextSection} Section
 *
 * A heading of the text, and the number of its section. It is drawn among the marks.
 * @typedef {{ start: number, end: number, heading: string, index: number }} Heading
 */

/** @type {WeakMap<Section[], Heading[]>} */
const made = new WeakMap();

/**
 * The headings of sections: the same objects for the same sections.
 *
 * @param {Section[] | undefined} sections
 * @returns {Heading[]}
 */
export function headingsOf(sections) {
  if (!sections?.length) return [];
  let headings = made.get(sections);
  if (!headings) {
    headings = sections.map(({ start, heading }, index) => ({
      start,
      end: start + heading.length,
      heading,
      index,
    }));
    made.set(sections, headings);
  }
  return headings;
}

/**
 * @template {object} T
 * @param {T | Heading} piece
 * @returns {piece is Heading}
 */
export const isHeading = (piece) => 'heading' in piece;
