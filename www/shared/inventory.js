// The inventory of types, for pages on which types are chosen. The module of documents/ has to be loaded.

import { documents } from './documents.js';

/** @type {ReturnType<ReturnType<typeof documents>['inventory']> | undefined} */
let known;

/** The types and the presets, which the module gives once. */
export const inventory = () => {
  known ??= documents().inventory();
  return known;
};

/**
 * What the inventory says of a type; undefined if it does not have it.
 *
 * @param {string} type  A name or a synonym.
 */
export function entryOf(type) {
  const name = documents().findType(type);
  return inventory().types.find((entry) => entry.name === name);
}

/**
 * The names that are suggested for another type: those of the inventory with their synonyms.
 *
 * @param {readonly string[]} offered  Types that are offered already.
 */
export function suggestedNames(offered) {
  const { typeKey } = documents();
  const there = new Set(offered.map(typeKey));
  return inventory()
    .types.flatMap(({ name, synonyms }) => [name, ...synonyms])
    .filter((name) => !there.has(typeKey(name)));
}
