// How a comparison is shown in the text: which annotations of the file are drawn, and how marks compare.

import { keyOf } from '../entities/order.js';

/**
 * @typedef {import('./compare.js').Review} Review
 * @typedef {import('./compare.js').Kind} Kind
 *
 * An annotation of the file that is not one of the model's marks. `type` is the type as it was asked for,
 * `fileType` as the file has it.
 * @typedef {import('../documents/read.js').Annotation & { score: number, fileType: string, kind: Kind }} FileAnnotation
 */

/** Every kind has a sign, so that kinds do not differ by colour alone. */
export const SIGNS = { agree: '=', partial: '≈', type: '≠', missed: '−', extra: '+' };

/**
 * The annotations of the file that are drawn: all but those that agree with a mark.
 *
 * @param {Review} review
 * @returns {FileAnnotation[]}
 */
export function annotationsToDraw({ pairs }) {
  return pairs.flatMap(({ kind, given }) =>
    given && kind !== 'agree' ? [{ ...given, score: 1, kind }] : [],
  );
}

/**
 * @template {object} T
 * @param {T | FileAnnotation} entity
 * @returns {entity is FileAnnotation}
 */
export const isFileAnnotation = (entity) => 'fileType' in entity;

/**
 * How each of the model's marks compares, by the key of its entity.
 *
 * @param {Review | undefined} review
 * @returns {Map<string, Kind>}
 */
export function kindsByKey(review) {
  /** @type {Map<string, Kind>} */
  const kinds = new Map();
  for (const { kind, found } of review?.pairs ?? []) if (found) kinds.set(keyOf(found), kind);
  return kinds;
}
