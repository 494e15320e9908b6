// The results of one extraction, from the first sentence to the last correction.

import { noEdits } from '../entities/edits.js';
import { entitiesOf } from '../entities/visible.js';
import { outermostFirst } from '../annotated/marks.js';

/** @typedef {import('./state.js').Results} Results */

/**
 * @param {Pick<Results, 'text' | 'name' | 'types' | 'format'> & Partial<Results>} start
 * @returns {Results}
 */
export function newResults({ text, name, types, format, found = [], raw = [], total = 0, titleEnd, given, givenTypes }) {
  return {
    text, name, types, format, found, raw, total, titleEnd, given, givenTypes,
    entities: found, edits: noEdits(),
    upTo: 0, done: 0, startedAt: performance.now(), running: true,
  };
}

/**
 * Takes in what has just been finished.
 *
 * @param {Results} results
 * @param {import('../../client.d.ts').Part} part
 */
export function take(results, { entities, raw, done, total }) {
  results.found.push(...entities.sort(outermostFirst)); // one order everywhere, also where two begin together
  results.raw.push(...raw);
  Object.assign(results, { done, total, upTo: raw.at(-1)?.end ?? results.upTo });
}

/**
 * No more comes. Abbreviations are marked only now: what has been read stays as it is while more comes.
 *
 * @param {Results} results
 * @param {boolean} abbreviations
 */
export function finish(results, abbreviations) {
  results.running = false;
  if (results.done === results.total) results.upTo = results.text.length;
  results.entities = entitiesOf(results, abbreviations);
}
