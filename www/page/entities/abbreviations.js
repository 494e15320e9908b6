// Abbreviations that a text explains: "Parkinson's disease (PD)", and later just "PD". The rules are
// written in Rust (documents/), for the page and for the model's own memory alike.

import { documents } from '../../shared/documents.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../../shared/documents.js').Definition} Definition
 */

/**
 * Every abbreviation that the text explains, in order.
 *
 * @param {string} text
 * @returns {Definition[]}
 */
export const findDefinitions = (text) => documents().findDefinitions(text);

/**
 * The entities that abbreviations add: wherever a short form stands, from its explanation on, while
 * its long form is an entity and nothing is marked there yet. They have the type and the score of
 * the long form.
 *
 * @param {string} text
 * @param {Definition[]} definitions
 * @param {Entity[]} entities  Sorted by start.
 * @returns {Entity[]}  Sorted by start.
 */
export function derive(text, definitions, entities) {
  // Most long texts explain nothing: no need to hand over all their entities.
  if (!definitions.length || !entities.length) return [];
  return /** @type {Entity[]} */ (documents().derive(text, definitions, entities));
}

/**
 * For each definition the entity that is its long form, if there is one.
 *
 * @param {string} text
 * @param {Definition[]} definitions
 * @param {Entity[]} entities
 * @returns {(Entity | undefined)[]}
 */
export function named(text, definitions, entities) {
  if (!definitions.length || !entities.length) return [];
  return documents().named(text, definitions, entities).map((index) => (index === null ? undefined : entities[index]));
}
