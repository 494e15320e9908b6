// Words in a text: their edges, and where given words occur. Pure functions.

const WORD = /[\p{L}\p{N}\p{M}]/u;

/**
 * The nearest offset where a word starts or ends, or `offset` itself if there is none.
 *
 * @param {string} text
 * @param {number} offset
 * @param {'start' | 'end'} edge
 * @param {-1 | 1} direction
 */
export function nextEdge(text, offset, edge, direction) {
  const isEdge = (/** @type {number} */ at) => {
    const [before, after] = [text[at - 1] ?? '', text[at] ?? ''];
    const [outside, inside] = edge === 'start' ? [before, after] : [after, before];
    if (/\s/.test(inside) || inside === '') return false;
    return (
      !(WORD.test(inside) && WORD.test(outside)) && !/^[\ud800-\udfff]{2}$/.test(before + after)
    );
  };
  for (let at = offset + direction; at >= 0 && at <= text.length; at += direction)
    if (isEdge(at)) return at;
  return offset;
}

/**
 * Whether an offset is in the middle of a word.
 *
 * @param {string} text
 * @param {number} at
 */
export const isInWord = (text, at) =>
  at > 0 && at < text.length && WORD.test(text[at - 1]) && WORD.test(text[at]);

/**
 * The whole words that a selection touches, without white space around them; undefined if it touches none.
 *
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function wholeWords(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  if (start === end) return undefined;
  while (isInWord(text, start)) start--;
  while (isInWord(text, end)) end++;
  return { start, end };
}

/**
 * Where the given words occur as whole words, in any case and with any white space between them.
 *
 * @param {string} text
 * @param {string} words
 * @returns {{ start: number, end: number }[]}
 */
export function occurrences(text, words) {
  const pattern = words.split(/\s+/).map(escapePattern).join('\\s+');
  const found = text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu'));
  return Array.from(found, ({ index, 0: { length } }) => ({ start: index, end: index + length }));
}

/**
 * A pattern that matches exactly `text`, in an expression with the flag `u`. With that flag it is a syntax
 * error to escape a character that needs no escape, such as the hyphen.
 *
 * @param {string} text
 */
const escapePattern = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
