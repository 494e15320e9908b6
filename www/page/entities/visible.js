// From what the model found to what is shown: corrections, abbreviations, then the filters. All
// views and all exports take their entities from here.

import { guarded } from '../common/fallback.js';
import { keyOf, outermostFirst } from '../annotated/marks.js';
import { derive, findDefinitions } from './abbreviations.js';
import { applied } from './edits.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {Pick<Results, 'text' | 'found' | 'edits' | 'upTo'>} Source
 */

/** @type {WeakMap<object, import('./abbreviations.js').Definition[]>} */
const definitions = new WeakMap();

/**
 * The abbreviations the text explains, sought once.
 *
 * @param {Source} results
 */
export function definitionsOf(results) {
  let known = definitions.get(results);
  if (!known) definitions.set(results, (known = guarded('the search for abbreviations', () => findDefinitions(results.text), [])));
  return known;
}

/**
 * The entities as they are now, in the order of the text.
 *
 * @param {Source} results
 * @param {boolean} abbreviations  Whether abbreviations of entities are entities.
 * @returns {Entity[]}
 */
export function entitiesOf(results, abbreviations) {
  const { text, found, edits, upTo } = results;
  // The page finds abbreviations itself, from the entities as they are corrected.
  const own = applied(found.filter(({ origin }) => origin !== 'abbreviation'), edits.now);
  if (!abbreviations) return own;
  const removed = new Set(edits.now.removed);
  const derived = guarded('marking abbreviations', () => derive(text, definitionsOf(results), own), []).filter(
    (entity) => entity.end <= upTo && !removed.has(keyOf(entity)),
  );
  return derived.length ? [...own, ...derived].sort(outermostFirst) : own;
}

/**
 * @typedef {{ hidden: ReadonlySet<string>, threshold: number }} Filters
 *
 * @param {Pick<Entity, 'type' | 'score'>} entity
 * @param {Filters} filters
 */
export function passes({ type, score }, { hidden, threshold }) {
  return score >= threshold && !hidden.has(type);
}
