// Whether another engine with the same weights gives the same answers: that it does the same work.
import { Problem } from '../../scripts/common.mjs';
import { mentions } from '../browser/page/lines.js';

/** Of the mentions of either, another decoder's must agree with ours on so many. */
const LEAST_AGREEMENT = 0.6;

/**
 * The share of the mentions that either found which both found; a problem if it is too small.
 *
 * @param {string} name  The other's.
 * @param {string[]} ours  Our answers, a sentence each.
 * @param {string[]} theirs  The other's to the same sentences.
 * @param {string[]} types
 */
export function agreement(name, ours, theirs, types) {
  let [both, either] = [0, 0];
  for (const [i, answer] of ours.entries()) {
    const found = new Set(mentions(answer, types));
    const other = mentions(theirs[i], types);
    const common = other.filter((mention) => found.has(mention)).length;
    both += common;
    either += found.size + other.length - common;
  }
  const share = either ? both / either : 1;
  if (share < LEAST_AGREEMENT) {
    throw new Problem(
      `${name} gives other answers than ours (${share.toFixed(2)}): ${JSON.stringify(theirs)}`,
    );
  }
  return share;
}
