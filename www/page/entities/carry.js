// What of the reader's decisions on a text still holds for a later version of it. Pure functions.

import { isInWord } from './words.js';

/**
 * @typedef {import('./edits.js').Edit} Edit
 * @typedef {{ start: number, end: number }} Span
 */

/**
 * The decisions at their places in the text as it is now, and how many are on words that have changed, and so are not
 * among them. What changed is taken for one piece: from the first character that differs to the last.
 *
 * @param {Edit} edit
 * @param {string} before
 * @param {string} after
 * @returns {{ edit: Edit, lost: number }}
 */
export function carried(edit, before, after) {
  if (before === after) return { edit, lost: 0 };
  const move = mover(before, after);
  /** The places of what is lost: an entity and the one that replaced it there are one decision. @type {Set<string>} */
  const lost = new Set();
  const moved = (/** @type {Span} */ { start, end }) => {
    const to = move(start, end);
    if (!to) lost.add(`${start}:${end}`);
    return to;
  };
  const movedKeys = (/** @type {string[]} */ keys) => keys.flatMap((key) => movedKey(key) ?? []);
  /** @param {string} key */
  const movedKey = (key) => {
    const [, start, end, type] = /** @type {RegExpExecArray} */ (/^(\d+):(\d+):(.*)$/s.exec(key));
    const to = moved({ start: Number(start), end: Number(end) });
    return to && `${to.start}:${to.end}:${type}`;
  };
  const attributes = Object.entries(edit.attributes ?? {}).flatMap(([key, change]) => {
    const to = movedKey(key);
    return to ? [[to, change]] : [];
  });
  return {
    edit: {
      removed: movedKeys(edit.removed),
      added: edit.added.flatMap((entity) => {
        const to = moved(entity);
        return to ? [{ ...entity, ...to }] : [];
      }),
      accepted: movedKeys(edit.accepted),
      acceptedTogether: movedKeys(edit.acceptedTogether),
      whole: false, // it was said of another text
      ...(attributes.length && { attributes: Object.fromEntries(attributes) }),
    },
    lost: lost.size,
  };
}

/**
 * Whether a text is no later version of the earlier one: of that, less than half stands at its beginning and its end.
 *
 * @param {string} before
 * @param {string} after
 */
export function isAnother(before, after) {
  const { same, last } = common(before, after);
  return 2 * (same + last) < before.length;
}

/**
 * How many characters two texts have in common at their beginning, and at their end.
 *
 * @param {string} before
 * @param {string} after
 */
function common(before, after) {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same++;
  let last = 0;
  while (last < shorter - same && before.at(-1 - last) === after.at(-1 - last)) last++;
  return { same, last };
}

/**
 * A function that gives the place of a span in the later text; undefined if it is not there as it was.
 *
 * @param {string} before
 * @param {string} after
 */
function mover(before, after) {
  const { same, last } = common(before, after);
  const by = after.length - before.length;
  const from = before.length - last;
  return (/** @type {number} */ start, /** @type {number} */ end) => {
    // Words that something was put next to are other words now.
    if (end < same || (end === same && !isInWord(after, end))) return { start, end };
    if (start > from || (start === from && !isInWord(after, start + by)))
      return { start: start + by, end: end + by };
    return undefined;
  };
}
