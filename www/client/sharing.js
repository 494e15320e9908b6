// One text worked on by several workers. The first leads: it answers its share of the sentences,
// takes the answers of the others, and says what all of them mean, in the order of the text, just as
// if it had worked alone.

/**
 * @typedef {import('./link.js').Link} Link
 * @typedef {import('./link.js').Extraction} Extraction
 */

/**
 * Of n workers the first has the sentences 0, n, 2n, …, the second 1, n + 1, ….
 *
 * @param {Link[]} links
 * @param {string} text
 * @param {object} options
 * @returns {Extraction}
 */
export function extractTogether([leader, ...others], text, options) {
  const shared = (/** @type {number} */ first) => ({
    ...options,
    share: { first, of: 1 + others.length },
  });
  const led = leader.extract(text, shared(0));
  const helps = others.map((link, index) => link.help(text, shared(index + 1)));
  for (const { parts } of helps) {
    const pass = async () => {
      for (let answers = await parts.next(); answers; answers = await parts.next())
        led.supply(answers);
    };
    pass().catch((error) => led.parts.fail(error));
  }
  const cancel = () => {
    for (const work of [led, ...helps]) work.cancel();
  };
  return { parts: led.parts, cancel };
}
