// A step of correction: made, undone, and done again. Pure functions.

import { keyOf } from './order.js';
import { wholeOfBoth } from './whole.js';

const MAX_PAST = 500; // steps that can be undone; each keeps the lists of its time

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('./edits.js').Edit} Edit
 * @typedef {import('./edits.js').Edits} Edits
 * @typedef {import('./edits.js').Change} Change
 */

/**
 * @param {Edits} edits
 * @param {Change} change
 * @returns {Edits}
 */
export function edit({ past, now }, change) {
  const keys = (/** @type {Entity[]} */ list = []) => new Set(list.map(keyOf));
  const [gone, fresh] = [keys(change.remove), keys(change.add)];
  const [one, many] = [keys(change.accept), keys(change.acceptTogether)];
  const open = keys(change.reopen);
  const added = now.added.filter((one) => !gone.has(keyOf(one)) && !fresh.has(keyOf(one)));
  return {
    past: [...past, now].slice(-MAX_PAST),
    now: {
      removed: changed(now.removed, gone, [fresh, one, many, open]),
      added:
        added.length === now.added.length && !fresh.size
          ? now.added
          : [...added, ...(change.add ?? [])],
      accepted: changed(now.accepted, one, [gone, many, open]),
      acceptedTogether: changed(now.acceptedTogether, many, [gone, one, open]),
      whole: wholeOfBoth(now.whole, change.whole),
      ...withChanges(now.attributes, change.set),
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

/**
 * The changed attributes with some more; the same object if there are none.
 *
 * @param {Edit['attributes']} attributes
 * @param {Change['set']} set
 * @returns {Pick<Edit, 'attributes'>}
 */
function withChanges(attributes, set = []) {
  if (!set.length) return attributes ? { attributes } : {};
  const all = { ...attributes };
  for (const [entity, change] of set) all[keyOf(entity)] = { ...all[keyOf(entity)], ...change };
  return { attributes: all };
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
