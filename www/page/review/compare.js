// What was found beside what a document's file says: pure functions.

import { documents } from '../../shared/documents.js';
import { passes } from '../entities/visible.js';
import { keyOf } from '../annotated/marks.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('../documents/read.js').Annotation} Annotation
 * @typedef {import('../../shared/documents.js').Comparison} Comparison
 * @typedef {import('../../shared/documents.js').Measure} Measure
 * @typedef {import('../../shared/documents.js').Pair['kind']} Kind
 *
 * What agrees, overlaps, differs in its type, or stands on one side alone. `given` has the type as it
 * was asked for, `fileType` as the file has it.
 * @typedef {{ kind: Kind, given?: Annotation & { fileType: string }, found?: Entity }} Difference
 *
 * @typedef {{ gold: number, found: number, strict: number, partial: number }} Counts
 *
 * @typedef {object} Review
 * @property {Difference[]} pairs  In the order of the text.
 * @property {Map<string, Counts>} byType
 * @property {string[]} onlyGiven  Types that only the file has: not compared.
 * @property {string[]} onlyAsked  Types that the file never has: not compared.
 */

export const KINDS = /** @type {const} */ (['agree', 'partial', 'type', 'missed', 'extra']);

/**
 * Compares the entities that are shown with the file's annotations, of the types that both have;
 * upper and lower case do not count.
 *
 * @param {Pick<Results, 'types' | 'entities' | 'given' | 'givenTypes'>} results
 * @param {import('../entities/visible.js').Filters} filters
 * @returns {Review}
 */
export function review({ types, entities, given = [], givenTypes = [] }, filters) {
  const asked = new Map(types.map((type) => [type.toLowerCase(), type]));
  const known = new Set(givenTypes.map((type) => type.toLowerCase()));
  const isCompared = (/** @type {string} */ type) => known.has(type.toLowerCase()) && !filters.hidden.has(type);
  const found = entities.filter((entity) => isCompared(entity.type) && passes(entity, filters));
  /** @type {Map<string, Annotation & { fileType: string }>} */
  const once = new Map(); // a file may say a thing twice, with two identifiers
  for (const annotation of given) {
    const type = asked.get(annotation.type.toLowerCase());
    if (type && isCompared(type)) once.set(keyOf({ ...annotation, type }), { ...annotation, type, fileType: annotation.type });
  }
  const gold = [...once.values()];
  const { pairs, byType } = documents().compare(gold, found);
  const counts = types.filter(isCompared).map((type) => {
    const { strict, partial } = byType[type] ?? {};
    return /** @type {const} */ ([
      type,
      { gold: strict?.gold ?? 0, found: strict?.found ?? 0, strict: strict?.correct ?? 0, partial: partial?.correct ?? 0 },
    ]);
  });
  return {
    pairs: pairs.map((pair) => ({
      kind: pair.kind,
      given: pair.gold === undefined ? undefined : gold[pair.gold],
      found: pair.found === undefined ? undefined : found[pair.found],
    })),
    byType: new Map(counts),
    onlyGiven: givenTypes.filter((type) => !asked.has(type.toLowerCase())),
    onlyAsked: types.filter((type) => !known.has(type.toLowerCase())),
  };
}

/**
 * The review of what is shown, if it came with annotations and has been read.
 *
 * @param {Pick<import('../state/state.js').Values, 'results' | 'hidden' | 'threshold' | 'review'>} values
 */
export function reviewOf({ results, review: on, ...filters }) {
  return on && results?.given && !results.running ? review(results, filters) : undefined;
}

/**
 * The counts of several reviews together.
 *
 * @param {Iterable<ReadonlyMap<string, Counts>>} all
 */
export function summed(all) {
  /** @type {Map<string, Counts>} */
  const sums = new Map();
  for (const counts of all) {
    for (const [type, one] of counts) sums.set(type, plus(sums.get(type), one));
  }
  return sums;
}

/** @param {Iterable<Counts>} counts */
export function total(counts) {
  let sum = plus(undefined, undefined);
  for (const one of counts) sum = plus(sum, one);
  return sum;
}

const NONE = { gold: 0, found: 0, strict: 0, partial: 0 };

/** @param {Counts | undefined} a @param {Counts | undefined} b @returns {Counts} */
function plus(a = NONE, b = NONE) {
  return { gold: a.gold + b.gold, found: a.found + b.found, strict: a.strict + b.strict, partial: a.partial + b.partial };
}

/**
 * Precision, recall and F1; undefined where there is nothing to take a share of.
 *
 * @param {{ gold: number, found: number }} counts
 * @param {number} correct
 */
export function shares({ gold, found }, correct) {
  return {
    precision: found ? correct / found : undefined,
    recall: gold ? correct / gold : undefined,
    f1: gold + found ? (2 * correct) / (gold + found) : undefined,
  };
}
