// What a correction removes and adds: words that are marked, an entity that gets another type or other bounds. Pure
// functions.

/**
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {Pick<import('../state/state.js').Results, 'text' | 'entities'>} Marked
 */

/**
 * Marks the given spans. Entities of the same type that overlap them are removed.
 *
 * @param {Marked} results
 * @param {{ start: number, end: number }[]} spans
 * @param {string} type
 */
export function marking(results, spans, type) {
  const add = spans.map(({ start, end }) => entity(results.text, start, end, type, 'added'));
  return { remove: add.flatMap((one) => overlapping(results, one)), add };
}

/**
 * Puts another entity in the place of one, and of those of its type that it overlaps.
 *
 * @param {Marked} results
 * @param {Entity} before
 * @param {Partial<Entity>} changes
 */
export function replacement(results, before, changes) {
  const { start, end, type } = { ...before, ...changes };
  const origin = before.origin === 'added' ? 'added' : 'edited';
  const after = entity(results.text, start, end, type, origin);
  return { remove: [before, ...overlapping(results, after)], add: [after] };
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
