// Reviewed documents as lines of a corpus, as training and `bioner eval` read them. Pure functions.

import { isWhole } from './items.js';

/**
 * One JSON line for each document that was reviewed as a whole: `{"id", "text", "types", "entities"}`, with offsets
 * in code points. `types` are those that were asked for. An entity that the reader has marked as another type is
 * left out, because the others of that type were not looked for.
 *
 * @param {import('./items.js').ReadDocument[]} documents
 * @returns {{ content: string, lines: number, leftOut: number }}  `leftOut` counts entities.
 */
export function trainingLines(documents) {
  let leftOut = 0;
  const lines = documents.filter(isWhole).map(({ name, results }) => {
    const { text, types, entities } = results;
    const kept = entities.filter(({ type }) => types.includes(type));
    leftOut += entities.length - kept.length;
    const inPoints = codePoints(text);
    return JSON.stringify({
      id: name,
      text,
      types,
      entities: kept.map(({ start, end, type }) => ({
        start: inPoints(start),
        end: inPoints(end),
        type,
      })),
    });
  });
  return { content: lines.map((line) => `${line}\n`).join(''), lines: lines.length, leftOut };
}

/**
 * From an offset in UTF-16 code units to one in code points.
 *
 * @param {string} text
 * @returns {(offset: number) => number}
 */
function codePoints(text) {
  /** The offsets of the second halves of surrogate pairs. */
  const halves = Array.from(text.matchAll(/[\u{10000}-\u{10ffff}]/gu), ({ index }) => index + 1);
  return (offset) => {
    let [low, high] = [0, halves.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (halves[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return offset - low;
  };
}
