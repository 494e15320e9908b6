// Small sums.

export const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The middle value; undefined of none. */
export function median(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (!sorted.length) return undefined;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The same list, begun `by` places later: who goes first changes from one turn to the next. */
export function rotated(list, by) {
  const from = list.length ? by % list.length : 0;
  return [...list.slice(from), ...list.slice(0, from)];
}

/** To so many digits that count. */
export const digits = (value, count = 3) =>
  Number.isFinite(value) ? Number(value.toPrecision(count)) : undefined;
