// From a place in the page to an offset in the text that is shown there.

/**
 * @param {HTMLElement} shown  Contains the text, and nothing else.
 * @param {Node} node
 * @param {number} offset  In the node.
 */
export function offsetOf(shown, node, offset) {
  const range = document.createRange();
  range.setStart(shown, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}
