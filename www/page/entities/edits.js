// The reader's corrections, with what undo and redo need. Pure functions.

import { keyOf, outermostFirst } from './order.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * The difference between the entities that were found and the corrected ones. `removed` are keys.
 * @typedef {{ removed: string[], added: Entity[] }} Edit
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
 * @param {{ remove?: Entity[], add?: Entity[] }} change
 * @returns {Edits}
 */
export function edit({ past, now }, { remove = [], add = [] }) {
  const gone = new Set(remove.map(keyOf));
  const fresh = new Set(add.map(keyOf));
  const added = now.added.filter((entity) => !gone.has(keyOf(entity)) && !fresh.has(keyOf(entity)));
  return {
    past: [...past, now],
    now: {
      removed: [...new Set([...now.removed, ...gone])],
      added: [...added, ...add],
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
