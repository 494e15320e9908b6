// Of which types the reader has said that no entity is missing in a text. Pure functions, loaded with what uses them.

/** @typedef {import('./edits.js').Edit} Edit */

/**
 * Whether the reader has said of each of these types that no entity is missing. Others may have been asked for since.
 *
 * @param {Edit} edit
 * @param {string[]} types
 */
export const noneMissing = ({ whole }, types) =>
  whole ? types.every((type) => whole.includes(type)) : false;

/**
 * All types of which no entity is missing, by either of two statements.
 *
 * @param {Edit['whole'] | undefined} one
 * @param {Edit['whole'] | undefined} other
 * @returns {Edit['whole']}
 */
export const wholeOfBoth = (one, other) =>
  one && other ? [...new Set([...one, ...other])] : one || other || false;
