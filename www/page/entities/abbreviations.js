// Abbreviations that a text defines, as in "Parkinson's disease (PD)". The rules are written in Rust
// (documents/); the engine uses the same ones.

import { documents } from '../../shared/documents.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../../shared/documents.js').Definition} Definition
 */

/**
 * Every abbreviation that the text defines, in order.
 *
 * @param {string} text
 * @returns {Definition[]}
 */
export const findDefinitions = (text) => documents().findDefinitions(text);

/**
 * The entities that abbreviations add: every occurrence of a short form from its definition on, if its long
 * form is an entity and nothing is marked there. They have the type and the score of the long form.
 *
 * @param {string} text
 * @param {Definition[]} definitions
 * @param {Entity[]} entities  Sorted by start.
 * @returns {Entity[]}  Sorted by start.
 */
export function derive(text, definitions, entities) {
  // Many texts define nothing; their entities need not be passed to the module.
  if (!definitions.length || !entities.length) return [];
  return /** @type {Entity[]} */ (documents().derive(text, definitions, entities));
}

/**
 * For each definition, the entity that is its long form, if there is one.
 *
 * @param {string} text
 * @param {Definition[]} definitions
 * @param {Entity[]} entities
 * @returns {(Entity | undefined)[]}
 */
export function named(text, definitions, entities) {
  if (!definitions.length || !entities.length) return [];
  return documents()
    .named(text, definitions, entities)
    .map((index) => (index === null ? undefined : entities[index]));
}
