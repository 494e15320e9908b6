// What a correction removes and adds: words that are marked, an entity that gets another type or other bounds. Pure
// functions.

import { keyOf } from './order.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('./attributes.js').AttributeChange} AttributeChange
 * @typedef {Pick<import('../state/state.js').Results, 'text' | 'entities' | 'edits'>} Marked
 * @typedef {{ remove: Entity[], add: Entity[], set: [Entity, AttributeChange][] }} Replacement
 */

/**
 * Marks the given spans. Entities of the same type that overlap them are removed.
 *
 * @param {Marked} results
 * @param {{ start: number, end: number }[]} spans
 * @param {string} type
 * @returns {Replacement}
 */
export function marking(results, spans, type) {
  const add = spans.map(({ start, end }) => entity(results.text, start, end, type, 'added'));
  const remove = add.flatMap((one) => overlapping(results, one));
  return { remove, add, set: add.flatMap((one) => said(results, remove, one)) };
}

/**
 * Puts another entity in the place of one, and of those of its type that it overlaps.
 *
 * @param {Marked} results
 * @param {Entity} before
 * @param {Partial<Entity>} changes
 * @returns {Replacement}
 */
export function replacement(results, before, changes) {
  const { start, end, type } = { ...before, ...changes };
  const origin = before.origin === 'added' ? 'added' : 'edited';
  const after = entity(results.text, start, end, type, origin);
  const remove = [before, ...overlapping(results, after)];
  return { remove, add: [after], set: said(results, remove, after) };
}

/**
 * The status that the reader has given to entities in whose place another one comes: it is still so. Where several
 * had one, the first counts. An identifier belongs to the words, and is found anew.
 *
 * @param {Marked} results
 * @param {Entity[]} removed
 * @param {Entity} after
 * @returns {[Entity, AttributeChange][]}
 */
function said({ edits }, removed, after) {
  const { attributes = {} } = edits.now;
  /** @type {AttributeChange} */
  const status = {};
  for (const one of [...removed].reverse()) {
    if (one.start >= after.end || after.start >= one.end) continue;
    const { id: _, ...own } = attributes[keyOf(one)] ?? {};
    Object.assign(status, own);
  }
  return Object.keys(status).length ? [[after, status]] : [];
}

/**
 * The entities of the same type that a new entity overlaps, and so replaces.
 *
 * @param {Marked} results
 * @param {Entity} added
 */
function overlapping({ entities }, { start, end, type }) {
  return entities.filter((other) => other.type === type && other.start < end && start < other.end);
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {string} type
 * @param {'added' | 'edited'} origin
 * @returns {Entity}
 */
const entity = (text, start, end, type, origin) => ({
  start,
  end,
  type,
  text: text.slice(start, end),
  score: 1,
  origin,
});
