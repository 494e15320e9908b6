// The reader's corrections and decisions, with what undo and redo need. Pure functions.

import { keyOf, outermostFirst } from './order.js';

const MAX_PAST = 500; // steps that can be undone; each keeps the lists of its time

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
 * @property {boolean} whole      Whether the reader has said that no entity is missing in the text.
 *
 * @typedef {Partial<Record<'remove' | 'add' | 'accept' | 'acceptTogether', Entity[]>> & { whole?: boolean }} Change
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

/**
 * @param {Edits} edits
 * @param {Change} change
 * @returns {Edits}
 */
export function edit({ past, now }, change) {
  const keys = (/** @type {Entity[]} */ list = []) => new Set(list.map(keyOf));
  const [gone, fresh] = [keys(change.remove), keys(change.add)];
  const [one, many] = [keys(change.accept), keys(change.acceptTogether)];
  const added = now.added.filter((one) => !gone.has(keyOf(one)) && !fresh.has(keyOf(one)));
  return {
    past: [...past, now].slice(-MAX_PAST),
    now: {
      removed: changed(now.removed, gone, [fresh, one, many]),
      added:
        added.length === now.added.length && !fresh.size
          ? now.added
          : [...added, ...(change.add ?? [])],
      accepted: changed(now.accepted, one, [gone, many]),
      acceptedTogether: changed(now.acceptedTogether, many, [gone, one]),
      whole: change.whole ?? now.whole,
    },
    future: [],
  };
}

/**
 * The keys with those of `more`, without those of `others`. The same list if that changes nothing.
 *
 * @param {string[]} keys
 * @param {Set<string>} more
 * @param {Set<string>[]} others
 */
function changed(keys, more, others) {
  const kept = keys.filter((key) => !others.some((other) => other.has(key)));
  const known = new Set(kept);
  const fresh = [...more].filter((key) => !known.has(key));
  return fresh.length || kept.length < keys.length ? [...kept, ...fresh] : keys;
}

/** Whether the reader has corrected or decided anything. @param {Edit} edit */
export const isEdited = ({ whole, ...lists }) =>
  whole || Object.values(lists).some(({ length }) => length > 0);

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
