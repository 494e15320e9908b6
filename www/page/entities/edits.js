// What the reader has changed about the entities: a list of states, with a place in it, so that
// every change can be taken back. Pure: nothing here touches the page.

import { keyOf, outermostFirst } from '../annotated/marks.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * What is to be done to the entities that were found.
 * @typedef {{ removed: string[], added: Entity[] }} Edit  `removed` are keys.
 *
 * @typedef {{ past: Edit[], now: Edit, future: Edit[] }} Edits
 */

/** @type {Edit} */
const NOTHING = { removed: [], added: [] };

/**
 * @param {Edit} [now]  What was kept from an earlier visit.
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
  return before ? { past: past.slice(0, -1), now: before, future: [now, ...future] } : { past, now, future };
}

/** @param {Edits} edits */
export function redo({ past, now, future }) {
  const [after, ...rest] = future;
  return after ? { past: [...past, now], now: after, future: rest } : { past, now, future };
}

/**
 * The entities after the change, in the order of the text.
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

/**
 * The nearest place where a word begins or ends, from `offset` on.
 *
 * @param {string} text
 * @param {number} offset
 * @param {'start' | 'end'} edge
 * @param {-1 | 1} way
 */
export function nextEdge(text, offset, edge, way) {
  const word = /[\p{L}\p{N}\p{M}]/u;
  const isEdge = (/** @type {number} */ at) => {
    const [outside, inside] = edge === 'start' ? [text[at - 1] ?? '', text[at] ?? ''] : [text[at] ?? '', text[at - 1] ?? ''];
    if (/\s/.test(inside) || inside === '') return false;
    return !(word.test(inside) && word.test(outside)) && !/^[\ud800-\udfff]{2}$/.test(text[at - 1] + text[at]);
  };
  for (let at = offset + way; at >= 0 && at <= text.length; at += way) if (isEdge(at)) return at;
  return offset;
}

/**
 * The words that a selection touches, whole and without white space around them.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function wholeWords(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  if (start === end) return undefined;
  const word = /[\p{L}\p{N}\p{M}]/u;
  while (start > 0 && word.test(text[start]) && word.test(text[start - 1])) start--;
  while (end < text.length && word.test(text[end - 1]) && word.test(text[end])) end++;
  return { start, end };
}
