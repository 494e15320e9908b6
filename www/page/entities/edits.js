// The reader's corrections and decisions, and the entities with them. Pure functions.

import { keyOf, outermostFirst } from './order.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * The difference between the entities that were found and the corrected ones, and which of them the reader has
 * accepted. An entity in none of the lists is undecided.
 * @typedef {object} Edit
 * @property {string[]} removed   Keys of entities that were rejected, or replaced by one in `added`.
 * @property {Entity[]} added     Entities that the reader has marked.
 * @property {string[]} accepted  Keys of entities that the reader has accepted one by one.
 * @property {string[]} acceptedTogether  Keys of entities that were accepted by their score, many at once.
 * @property {Record<string, AttributeChange>} [attributes]  Attributes that the reader has changed, by the key of the
 *   entity.
 * @property {string[] | false} whole  The types of which the reader has said that no entity is missing in the text.
 *
 * @typedef {import('./attributes.js').AttributeChange} AttributeChange
 *
 * What a step changes. Entities in `reopen` become undecided again; `whole` adds to the types of which none is missing,
 * `set` to the changed attributes.
 * @typedef {Partial<Record<'remove' | 'add' | 'accept' | 'acceptTogether' | 'reopen', Entity[]>> & { whole?: string[], set?: [Entity, AttributeChange][] }} Change
 *
 * @typedef {{ past: Edit[], now: Edit, future: Edit[] }} Edits
 */

/** @type {Edit} */
const NOTHING = { removed: [], added: [], accepted: [], acceptedTogether: [], whole: false };

/**
 * @param {Partial<Edit>} [now]  The corrections stored at an earlier visit.
 * @returns {Edits}
 */
export const noEdits = (now) => ({ past: [], now: { ...NOTHING, ...now }, future: [] });

/** Whether the reader has corrected or decided anything. @param {Partial<Edit>} edit */
export const isEdited = ({ whole, attributes = {}, ...lists }) =>
  Boolean(whole) ||
  [Object.keys(attributes), ...Object.values(lists)].some((list) => list && list.length > 0);

/**
 * The types of which none is missing, as they are stored. Earlier versions stored `true`, for those asked for.
 *
 * @param {unknown} stored
 * @param {string[]} types  Those asked for; empty where they are not known.
 * @returns {Edit['whole']}
 */
export const wholeFrom = (stored, types) =>
  Array.isArray(stored) ? stored : stored === true && types.length > 0 && types;

/**
 * The entities with the corrections, in the order of the text.
 *
 * @param {Entity[]} found
 * @param {Edit} edit
 * @returns {Entity[]}
 */
export function applied(found, { removed, added }) {
  if (!removed.length && !added.length) return found;
  const gone = new Set([...removed, ...added.map(keyOf)]);
  return [...found.filter((entity) => !gone.has(keyOf(entity))), ...added].sort(outermostFirst);
}
