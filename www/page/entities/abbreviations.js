// Abbreviations that a text explains: "Parkinson's disease (PD)", and later just "PD".
//
// The algorithm is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying
// abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8 (2003) 451-462:
// the letters of the short form are sought in the long form from right to left, and its first
// letter has to begin a word.

import { literal } from '../pattern.js';

/**
 * @typedef {import('../state.js').Entity} Entity
 * @typedef {{ start: number, end: number }} Span
 * @typedef {{ short: string, at: Span, long: Span }} Definition  `at` is where the short form is explained.
 */

const LONGEST_SHORT = 10;
const MOST_INSIDE = 200; // what is longer between parentheses is a remark

/**
 * Every abbreviation that the text explains, in order.
 *
 * @param {string} text
 * @returns {Definition[]}
 */
export function findDefinitions(text) {
  /** @type {Definition[]} */
  const found = [];
  for (const match of text.matchAll(/[([]([^()[\]]*)[)\]]/g)) {
    const open = match.index;
    const inside = match[1];
    if (inside.length > MOST_INSIDE) continue;
    // "(PD; see below)", "(PD, n = 3)"
    const head = trimmed(text, open + 1, open + 1 + (/[;,]\s/.exec(inside)?.index ?? inside.length));
    const short = text.slice(head.start, head.end);
    if (isShortForm(short)) {
      const long = longForm(text, short, before(text, open, short));
      if (long) found.push({ short, at: head, long });
    } else {
      // The other way round: "PD (Parkinson's disease)".
      const word = /[\p{L}\p{N}][^\s()[\]]*(?=\s*$)/u.exec(text.slice(Math.max(0, open - 40), open));
      if (!word || !isShortForm(word[0])) continue;
      const start = Math.max(0, open - 40) + word.index;
      const long = longForm(text, word[0], head);
      if (long) found.push({ short: word[0], at: { start, end: start + word[0].length }, long });
    }
  }
  return found;
}

/**
 * The entities that abbreviations add: wherever a short form stands, from its explanation on, while
 * its long form is an entity and nothing is marked there yet. They have the type and the score of
 * the long form.
 *
 * @param {string} text
 * @param {Definition[]} definitions
 * @param {Entity[]} entities  Sorted by start.
 * @returns {Entity[]}  Sorted by start.
 */
export function derive(text, definitions, entities) {
  /** @type {Map<string, Entity>} the last explanation counts, for what comes after it */
  const meaning = new Map();
  /** @type {Entity[]} */
  const derived = [];
  const known = definitions
    .map((definition) => ({ ...definition, entity: named(definition, entities) }))
    .filter(({ entity }) => entity);
  if (!known.length) return derived;

  const shorts = [...new Set(known.map(({ short }) => short))].sort((a, b) => b.length - a.length);
  const anyOf = shorts.map((short) => literal(short)).join('|');
  const mention = new RegExp(`(?<![\\p{L}\\p{N}])(${anyOf})s?(?![\\p{L}\\p{N}])`, 'gu');
  let next = 0; // the first definition that comes after
  let near = 0; // the first entity that may still touch
  for (const match of text.matchAll(mention)) {
    const start = match.index;
    const end = start + match[0].length;
    while (next < known.length && known[next].at.start <= start) {
      meaning.set(known[next].short, /** @type {Entity} */ (known[next].entity));
      next++;
    }
    const source = meaning.get(match[1]);
    if (!source) continue;
    while (near < entities.length && entities[near].end <= start && entities[near].start < start) near++;
    let taken = false;
    for (let i = near; i < entities.length && entities[i].start < end; i++) taken ||= entities[i].end > start;
    if (taken) continue;
    derived.push({ start, end, type: source.type, text: match[0], score: source.score, origin: 'abbreviation' });
  }
  return derived;
}

/**
 * The entity that is the long form: it ends where the long form does and leaves none of it out.
 *
 * @param {Definition} definition
 * @param {Entity[]} entities
 */
export function named({ long }, entities) {
  return entities.find(({ start, end }) => start <= long.start && end === long.end);
}

/** @param {string} short */
function isShortForm(short) {
  return (
    short.length >= 2 &&
    short.length <= LONGEST_SHORT &&
    /^[\p{L}\p{N}]/u.test(short) &&
    /\p{L}/u.test(short) &&
    /[\p{Lu}\p{N}]/u.test(short) && // "(see)" is none; a rule of ours, for running text
    short.split(/\s+/).length <= 2
  );
}

/**
 * Where a long form may lie: so many words before the parenthesis, in the same sentence.
 *
 * @param {string} text
 * @param {number} open
 * @param {string} short
 * @returns {Span}
 */
function before(text, open, short) {
  const most = Math.min(short.length + 5, short.length * 2);
  const from = Math.max(0, open - 300);
  const near = text.slice(from, open);
  const sentence = Math.max(0, ...Array.from(near.matchAll(/[.!?]\s+(?=\p{Lu})|\n\s*\n/gu), (m) => m.index + m[0].length));
  const words = [...near.slice(sentence).matchAll(/\S+/g)];
  const first = words.at(-most)?.index ?? words[0]?.index ?? 0;
  return trimmed(text, from + sentence + first, open);
}

/**
 * The shortest long form at the end of `within` that spells the short form.
 *
 * @param {string} text
 * @param {string} short
 * @param {Span} within
 * @returns {Span | undefined}
 */
function longForm(text, short, within) {
  const lower = text.slice(within.start, within.end).toLowerCase();
  let at = lower.length - 1;
  for (let i = short.length - 1; i >= 0; i--) {
    const letter = short[i].toLowerCase();
    if (!/[\p{L}\p{N}]/u.test(letter)) continue;
    while (at >= 0 && (lower[at] !== letter || (i === 0 && at > 0 && /[\p{L}\p{N}]/u.test(lower[at - 1])))) at--;
    if (at < 0) return undefined;
    at--;
  }
  // Back to the beginning of the word that the first letter is in.
  while (at >= 0 && !/\s/.test(lower[at])) at--;
  const start = within.start + at + 1;
  const long = text.slice(start, within.end);
  const words = long.split(/[\s-]+/);
  if (long.length <= short.length || words.includes(short)) return undefined;
  if (words.length > Math.min(short.length + 5, short.length * 2)) return undefined;
  return { start, end: within.end };
}

/**
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {Span}
 */
function trimmed(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  return { start, end };
}
