// How a comparison lies in the text: which of the file's annotations are drawn beside the model's marks.

import { keyOf } from '../annotated/marks.js';

/**
 * @typedef {import('./compare.js').Review} Review
 * @typedef {import('./compare.js').Kind} Kind
 *
 * An annotation of the file's that is not one of the model's marks. `type` is the type as it was asked for.
 * @typedef {import('../documents/read.js').Annotation & { score: number, fileType: string, beside: Kind }} Beside
 */

/** A sign for each kind: none is told by colour alone. */
export const SIGNS = { agree: '=', partial: '≈', type: '≠', missed: '−', extra: '+' };

/**
 * @param {Review} review
 * @returns {Beside[]}
 */
export function besides({ pairs }) {
  return pairs.flatMap(({ kind, given }) => (given && kind !== 'agree' ? [{ ...given, score: 1, beside: kind }] : []));
}

/**
 * How each of the model's marks compares, by its key.
 *
 * @param {Review | undefined} review
 * @returns {Map<string, Kind>}
 */
export function kindsOf(review) {
  /** @type {Map<string, Kind>} */
  const kinds = new Map();
  for (const { kind, found } of review?.pairs ?? []) if (found) kinds.set(keyOf(found), kind);
  return kinds;
}
