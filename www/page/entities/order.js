// What identifies an entity in its text, and the order of entities.

/**
 * A key that no two entities of one text share.
 *
 * @param {{ start: number, end: number, type: string }} entity
 */
export const keyOf = ({ start, end, type }) => `${start}:${end}:${type}`;

/**
 * Compares by start; of two that start together, the longer one comes first.
 *
 * @param {{ start: number, end: number }} a
 * @param {{ start: number, end: number }} b
 */
export function outermostFirst(a, b) {
  return a.start - b.start || b.end - a.end;
}
