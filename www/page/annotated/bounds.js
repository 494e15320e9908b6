// The buttons that move a bound of an entity by a word: what they are called in the texts, what they move, and how
// they are drawn.

/** @type {readonly (readonly ['editStartBack' | 'editStartOn' | 'editEndBack' | 'editEndOn', 'start' | 'end', -1 | 1, string])[]} */
export const BOUND_MOVES = [
  ['editStartBack', 'start', -1, 'M9.500 4 5.500 8l4 4M3 3v10'],
  ['editStartOn', 'start', 1, 'M6.500 4l4 4-4 4M3 3v10'],
  ['editEndBack', 'end', -1, 'M9.500 4 5.500 8l4 4M13 3v10'],
  ['editEndOn', 'end', 1, 'M6.500 4l4 4-4 4M13 3v10'],
];
