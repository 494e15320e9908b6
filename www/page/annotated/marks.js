// How the text is divided into marks and blocks. Pure functions.

import { outermostFirst } from '../entities/order.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * A run of text, or a mark with the pieces inside it. Where two marks cross, the later one is cut: its first
 * piece is the mark, and the rest continues it.
 * @typedef {{ start: number, end: number, entity?: Entity, first?: boolean, children?: Piece[] }} Piece
 */

/**
 * The pieces of the text from `from` to `to`, in order and nested.
 *
 * @param {Entity[]} entities  Those that touch the range, in any order; they are clipped to it.
 * @param {number} from
 * @param {number} to
 * @returns {Piece[]}
 */
export function nest(entities, from, to) {
  /** @type {Piece[]} */
  const pending = entities
    .filter((entity) => entity.start < to && from < entity.end)
    .map((entity) => ({
      start: Math.max(entity.start, from),
      end: Math.min(entity.end, to),
      entity,
      first: entity.start >= from,
    }))
    .sort(outermostFirst);

  /** @type {Piece} */
  const root = { start: from, end: to, children: [] };
  const open = [root];
  let at = from;
  /** @param {number} until */
  const text = (until) => {
    if (at < until) open[open.length - 1].children?.push({ start: at, end: until });
    at = Math.max(at, until);
  };
  /** @param {number} until */
  const close = (until) => {
    while (open.length > 1 && open[open.length - 1].end <= until) {
      text(open[open.length - 1].end);
      open.pop();
    }
  };
  while (pending.length) {
    const piece = /** @type {Piece} */ (pending.shift());
    close(piece.start);
    text(piece.start);
    const parent = open[open.length - 1];
    if (piece.end > parent.end) {
      insert(pending, { ...piece, start: parent.end, first: false });
      piece.end = parent.end;
    }
    piece.children = [];
    parent.children?.push(piece);
    open.push(piece);
  }
  close(to);
  text(to);
  return root.children ?? [];
}

/**
 * @param {Piece[]} sorted
 * @param {Piece} piece
 */
function insert(sorted, piece) {
  const at = sorted.findIndex((other) => outermostFirst(piece, other) < 0);
  sorted.splice(at < 0 ? sorted.length : at, 0, piece);
}

// The browser lays out a block as a whole when something in it changes, and not at all while it is out of sight.
// So blocks are neither very small nor very large. A block ends at the widest kind of gap that fits.
const CUTS = [
  { from: 800, gap: /\n[^\S\n]*\n\s*/g }, // between paragraphs
  { from: 2_400, gap: /\n/g },
  { from: 4_800, gap: /[.!?]\s+/g },
  { from: 9_600, gap: /\s+/g },
];
const MAX_BLOCK = 20_000;

/**
 * Divides the text into blocks, which are shown one below the other.
 *
 * @param {string} text
 * @returns {{ start: number, end: number }[]}
 */
export function blocksOf(text) {
  const blocks = [];
  for (let start = 0; start < text.length; ) {
    const end = nextCut(text, start);
    blocks.push({ start, end });
    start = end;
  }
  return blocks;
}

/**
 * @param {string} text
 * @param {number} start
 */
function nextCut(text, start) {
  const limit = Math.min(text.length, start + MAX_BLOCK);
  for (const [i, { from, gap }] of CUTS.entries()) {
    const until = Math.min(limit, start + (CUTS[i + 1]?.from ?? MAX_BLOCK));
    if (start + from >= until) break;
    gap.lastIndex = 0;
    const found = gap.exec(text.slice(start + from, until));
    if (found) return start + from + found.index + found[0].length;
  }
  if (limit === text.length) return limit;
  const low = text.charCodeAt(limit);
  return low >= 0xdc00 && low <= 0xdfff ? limit - 1 : limit; // not between the halves of a surrogate pair
}
