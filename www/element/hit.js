// What lies under the pointer. Highlights have no elements and so get no events: the browser is
// asked which character is at a point, and the ranges whether it is theirs.

/**
 * The innermost of `marks` at a point of the window, if any.
 *
 * @template {{ range: Range }} T
 * @param {Iterable<T>} marks
 * @param {number} x
 * @param {number} y
 * @returns {T | undefined}
 */
export function hit(marks, x, y) {
  const place = caretAt(x, y);
  if (!place || place.node.nodeType !== Node.TEXT_NODE) return undefined;
  /** @type {T | undefined} */
  let best;
  for (const mark of marks) {
    const { range } = mark;
    if (!range.isPointInRange(place.node, place.offset)) continue;
    // The nearest character is also found from the margin beside it.
    if (!Array.from(range.getClientRects()).some((box) => contains(box, x, y))) continue;
    if (!best || range.toString().length < best.range.toString().length) best = mark;
  }
  return best;
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {{ node: Node, offset: number } | undefined}
 */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place ? { node: place.offsetNode, offset: place.offset } : undefined;
  }
  const range = document.caretRangeFromPoint?.(x, y); // Safari, and Chrome before 128
  return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}

/**
 * @param {DOMRect} box
 * @param {number} x
 * @param {number} y
 */
const contains = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
