// The results of one extraction, from the first sentence to the last correction.

import { NO_ATTRIBUTES } from '../entities/attributes.js';
import { noEdits } from '../entities/edits.js';
import { outermostFirst } from '../entities/order.js';
import { entitiesOf } from '../entities/visible.js';

/** @typedef {import('./state.js').Results} Results */

/**
 * The fields of a document that come from its file.
 *
 * @param {Omit<import('../documents/read.js').NewDocument, 'results' | 'edit'>} document
 * @returns {import('../documents/read.js').NewDocument}
 */
export const sourceOf = ({ name, text, titleEnd, given, givenTypes }) => ({
  name,
  text,
  titleEnd,
  given,
  givenTypes,
});

/**
 * @param {Pick<Results, 'text' | 'name' | 'types' | 'format'> & Partial<Results>
 *   & { edit?: Partial<import('../entities/edits.js').Edit> }} start  `edit` is what the reader has decided before.
 * @returns {Results}
 */
export function newResults({
  text,
  name,
  types,
  format,
  wanted = NO_ATTRIBUTES,
  annotation,
  found = [],
  raw = [],
  total = 0,
  titleEnd,
  given,
  givenTypes,
  edit,
}) {
  return {
    text,
    name,
    types,
    format,
    wanted,
    annotation,
    found,
    raw,
    total,
    titleEnd,
    given,
    givenTypes,
    entities: found,
    edits: noEdits(edit),
    upTo: 0,
    done: 0,
    startedAt: performance.now(),
    running: true,
  };
}

/**
 * All results that there are: what is shown, those of the text in the box, and those of documents.
 *
 * @param {Pick<import('./state.js').Values, 'results' | 'boxResults' | 'documents'>} values
 */
export const allResults = ({ results, boxResults, documents }) =>
  new Set(
    [results, boxResults, ...documents.map((document) => document.results)].flatMap(
      (one) => one ?? [],
    ),
  );

/**
 * Adds what the model has just finished.
 *
 * @param {Results} results
 * @param {import('../../client.d.ts').Part} part
 */
export function addPart(results, { entities, raw, done, total }) {
  results.found.push(...entities.sort(outermostFirst)); // the same order everywhere, also of entities that start together
  results.raw.push(...raw);
  Object.assign(results, { done, total, upTo: raw.at(-1)?.end ?? results.upTo });
}

/**
 * Ends the extraction. Abbreviations are marked only now, so that marks do not change while more text is read.
 *
 * @param {Results} results
 * @param {boolean} abbreviations
 */
export function finish(results, abbreviations) {
  results.running = false;
  if (results.done === results.total) results.upTo = results.text.length;
  results.entities = entitiesOf(results, abbreviations);
}
