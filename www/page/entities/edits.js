// The reader's corrections, with what undo and redo need. Pure functions.

import { keyOf, outermostFirst } from './order.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * The difference between the entities that were found and the corrected ones. `removed` are keys; `attributes`
 * has those that the reader has changed, by the key of the entity.
 * @typedef {{ removed: string[], added: Entity[], attributes?: Record<string, AttributeChange> }} Edit
 * @typedef {import('./attributes.js').AttributeChange} AttributeChange
 *
 * @typedef {{ past: Edit[], now: Edit, future: Edit[] }} Edits
 */

/** @type {Edit} */
const NOTHING = { removed: [], added: [] };

/**
 * @param {Edit} [now]  The corrections stored at an earlier visit.
 * @returns {Edits}
 */
export const noEdits = (now = NOTHING) => ({ past: [], now, future: [] });

/**
 * @param {Edits} edits
 * @param {{ remove?: Entity[], add?: Entity[], set?: [Entity, AttributeChange][] }} change  `set` adds to the changes of an
 *   entity's attributes.
 * @returns {Edits}
 */
export function edit({ past, now }, { remove = [], add = [], set = [] }) {
  const gone = new Set(remove.map(keyOf));
  const fresh = new Set(add.map(keyOf));
  const added = now.added.filter((entity) => !gone.has(keyOf(entity)) && !fresh.has(keyOf(entity)));
  const attributes = { ...now.attributes };
  for (const [entity, change] of set)
    attributes[keyOf(entity)] = { ...attributes[keyOf(entity)], ...change };
  return {
    past: [...past, now],
    now: {
      removed: [...new Set([...now.removed, ...gone])],
      added: [...added, ...add],
      ...(Object.keys(attributes).length > 0 && { attributes }),
    },
    future: [],
  };
}

/** @param {Edits} edits */
export function undo({ past, now, future }) {
  const before = past.at(-1);
  return before
    ? { past: past.slice(0, -1), now: before, future: [now, ...future] }
    : { past, now, future };
}

/** @param {Edits} edits */
export function redo({ past, now, future }) {
  const [after, ...rest] = future;
  return after ? { past: [...past, now], now: after, future: rest } : { past, now, future };
}

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
