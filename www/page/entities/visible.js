// The entities of a result as they are shown: what the model found, with corrections and abbreviations, and
// what the filters let through. All views and exports take their entities from here.

import { withFallback } from '../common/fallback.js';
import { derive, findDefinitions } from './abbreviations.js';
import { withAttributes } from './attributes.js';
import { applied } from './edits.js';
import { keyOf, outermostFirst } from './order.js';
import { statusesOf } from './status.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {Pick<Results, 'text' | 'found' | 'edits' | 'upTo' | 'annotation'>} Source
 */

/** @type {WeakMap<object, import('./abbreviations.js').Definition[]>} */
const definitions = new WeakMap();

/**
 * The abbreviations that the text defines. They are searched for once.
 *
 * @param {Source} results
 */
export function definitionsOf(results) {
  let known = definitions.get(results);
  if (!known)
    definitions.set(
      results,
      (known = withFallback(
        'the search for abbreviations',
        () => findDefinitions(results.text),
        [],
      )),
    );
  return known;
}

/**
 * The entities as they are now, in the order of the text.
 *
 * @param {Source} results
 * @param {boolean} abbreviations  Whether abbreviations of entities count as entities.
 * @returns {Entity[]}
 */
export function entitiesOf(results, abbreviations) {
  const bare = bareEntitiesOf(results, abbreviations);
  return withAttributes(bare, results.annotation, results.edits.now.attributes);
}

/**
 * The same without their attributes.
 *
 * @param {Source} results
 * @param {boolean} abbreviations
 * @returns {Entity[]}
 */
export function bareEntitiesOf(results, abbreviations) {
  const { text, found, edits, upTo } = results;
  // The page derives abbreviations itself, from the corrected entities.
  const own = applied(
    found.filter(({ origin }) => origin !== 'abbreviation'),
    edits.now,
  );
  if (!abbreviations) return own;
  const removed = new Set(edits.now.removed);
  const derived = withFallback(
    'marking abbreviations',
    () => derive(text, definitionsOf(results), own),
    [],
  ).filter((entity) => entity.end <= upTo && !removed.has(keyOf(entity)));
  return derived.length ? [...own, ...derived].sort(outermostFirst) : own;
}

/**
 * What is hidden: types, statuses, and what has a lower score than the threshold.
 * @typedef {{ hidden: ReadonlySet<string>, threshold: number, hiddenStatuses?: ReadonlySet<string> }} Filters
 */

/**
 * Whether the filters let an entity through.
 *
 * @param {Pick<Entity, 'type' | 'score'> & import('./status.js').Said} entity
 * @param {Filters} filters
 */
export function passes(entity, { hidden, threshold, hiddenStatuses }) {
  if (entity.score < threshold || hidden.has(entity.type)) return false;
  return !hiddenStatuses?.size || !statusesOf(entity).some((status) => hiddenStatuses.has(status));
}
