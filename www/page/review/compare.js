// Compares the entities that were found with the annotations of the document's file. Pure functions.

import { documents } from '../../shared/documents.js';
import { keyOf } from '../entities/order.js';
import { passes } from '../entities/visible.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('../documents/read.js').Annotation} Annotation
 * @typedef {import('../../shared/documents.js').Scores} Scores
 * @typedef {import('../../shared/documents.js').Pair['kind']} Kind
 *
 * An annotation of the file, an entity that was found, or a pair of them. `given.type` is the type as it was
 * asked for, `given.fileType` as the file has it.
 * @typedef {{ kind: Kind, given?: Annotation & { fileType: string }, found?: Entity }} Difference
 *
 * @typedef {object} Review
 * @property {Difference[]} pairs  In the order of the text.
 * @property {Map<string, Scores>} byType  Of every type that is compared.
 * @property {string[]} onlyGiven  Types that only the file has. They are not compared.
 * @property {string[]} onlyAsked  Types that the file never has. They are not compared.
 */

export const KINDS = /** @type {const} */ (['agree', 'partial', 'type', 'missed', 'extra']);

/**
 * Compares the entities that are shown with the annotations of the file, for the types that both have. The case
 * of type names is ignored.
 *
 * @param {Pick<Results, 'types' | 'entities' | 'given' | 'givenTypes'>} results
 * @param {import('../entities/visible.js').Filters} filters
 * @returns {Review}
 */
export function review({ types, entities, given = [], givenTypes = [] }, filters) {
  const asked = new Map(types.map((type) => [type.toLowerCase(), type]));
  const known = new Set(givenTypes.map((type) => type.toLowerCase()));
  const isCompared = (/** @type {string} */ type) =>
    known.has(type.toLowerCase()) && !filters.hidden.has(type);
  const found = entities.filter((entity) => isCompared(entity.type) && passes(entity, filters));
  /** @type {Map<string, Annotation & { fileType: string }>} */
  const once = new Map(); // a file may list an annotation twice, with two identifiers
  for (const annotation of given) {
    const type = asked.get(annotation.type.toLowerCase());
    if (type && isCompared(type))
      once.set(keyOf({ ...annotation, type }), { ...annotation, type, fileType: annotation.type });
  }
  const gold = [...once.values()];
  const { pairs, byType } = documents().compare(gold, found);
  return {
    pairs: pairs.map((pair) => ({
      kind: pair.kind,
      given: pair.gold === undefined ? undefined : gold[pair.gold],
      found: pair.found === undefined ? undefined : found[pair.found],
    })),
    byType: new Map(types.filter(isCompared).map((type) => [type, byType[type] ?? sumScores([])])),
    onlyGiven: givenTypes.filter((type) => !asked.has(type.toLowerCase())),
    onlyAsked: types.filter((type) => !known.has(type.toLowerCase())),
  };
}

/**
 * The review of the results that are shown, if the document came with annotations and has been read.
 *
 * @param {Pick<import('../state/state.js').Values, 'results' | 'hidden' | 'threshold' | 'hiddenStatuses' | 'review'>} values
 */
export function reviewOf({ results, review: on, ...filters }) {
  return on && results?.given && !results.running ? review(results, filters) : undefined;
}

/**
 * The scores of several reviews together, by type.
 *
 * @param {Review[]} reviews
 * @returns {Map<string, Scores>}
 */
export function scoresByType(reviews) {
  /** @type {Map<string, Scores[]>} */
  const all = new Map();
  for (const { byType } of reviews) {
    for (const [type, scores] of byType) all.set(type, [...(all.get(type) ?? []), scores]);
  }
  return new Map(Array.from(all, ([type, scores]) => [type, sumScores(scores)]));
}

/**
 * The scores of several comparisons together.
 *
 * @param {Iterable<Scores>} all
 */
export const sumScores = (all) => documents().sumScores([...all]);
