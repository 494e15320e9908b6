// One text worked on by several workers: each has every nth sentence, and here their results become
// those of the whole text, in its order.

import { Parts } from './parts.js';

/**
 * @typedef {import('../client.d.ts').Part} Part
 * @typedef {Part & { ends?: number[] }} WorkersPart  `ends`: where the part's sentences end.
 * @typedef {{ parts: Parts, cancel: () => void }} Extraction
 * @typedef {Pick<Part, 'entities' | 'raw'>} Sentence
 */

/**
 * Joins extractions of shares: that of the sentences 0, n, 2n, … first, then that of 1, n + 1, ….
 *
 * @param {Extraction[]} shares
 * @returns {Extraction}
 */
export function merge(shares) {
  const parts = new Parts();
  /** @type {number[]} sentences in each share, as far as known */
  const totals = [];
  /** @type {Sentence[][]} sentences of each share that are finished and not given out */
  const waiting = shares.map(() => []);
  let done = 0;

  const total = () => totals.reduce((sum, count) => sum + count, 0);
  const giveOut = () => {
    /** @type {Part} */
    const part = { entities: [], raw: [], done, total: total() };
    for (let next = waiting[part.done % shares.length].shift(); next; ) {
      part.entities.push(...next.entities);
      part.raw.push(...next.raw);
      part.done += 1;
      next = waiting[part.done % shares.length].shift();
    }
    if (part.done > done) parts.push(part);
    done = part.done;
  };

  const read = async (/** @type {Extraction} */ { parts: own }, /** @type {number} */ index) => {
    for (let part = await own.next(); part; part = await own.next()) {
      if (totals[index] === undefined) {
        totals[index] = part.total;
        // The first part says how many sentences there are: of the whole, once all have said it.
        if (Object.keys(totals).length === shares.length) parts.push({ entities: [], raw: [], done, total: total() });
      }
      waiting[index].push(...sentences(part));
      if (Object.keys(totals).length === shares.length) giveOut();
    }
  };
  Promise.all(shares.map(read)).then(
    () => parts.finish(),
    (error) => parts.fail(error),
  );
  return { parts, cancel: () => shares.forEach(({ cancel }) => cancel()) };
}

/**
 * A part, sentence by sentence.
 *
 * @param {WorkersPart} part
 * @returns {Sentence[]}
 */
function sentences({ entities, raw, ends = [] }) {
  let from = 0;
  return ends.map((end, index) => {
    let to = from;
    while (to < entities.length && entities[to].start < end) to += 1;
    const own = entities.slice(from, to);
    from = to;
    return { entities: own, raw: raw.slice(index, index + 1) };
  });
}
