// Marks are written anew whenever something about them changes. Who goes through them by keyboard stays at the place.

/** Where the entity or the annotation of a mark begins. @param {HTMLElement} mark */
const startOf = ({ dataset }) => Number(dataset.start ?? dataset.givenStart);

/**
 * Gives the focus to the mark at a place of the text; if there is none, to the next one, or else to the last one. A text
 * without marks gets it itself.
 *
 * @param {HTMLElement} article
 * @param {{ start: number, type?: string }} place  `type`: of the mark, if several begin there.
 */
export function focusMark(article, { start, type }) {
  const marks = /** @type {HTMLElement[]} */ ([...article.querySelectorAll('mark:not(.off)')]);
  const here = marks.filter((mark) => startOf(mark) === start);
  const mark =
    here.find(({ dataset }) => dataset.of === type) ??
    here[0] ??
    marks.find((one) => startOf(one) > start) ??
    marks[marks.length - 1];
  // At the same place, nothing is scrolled: the reader may be elsewhere in the text.
  if (mark) return mark.focus({ preventScroll: startOf(mark) === start });
  article.tabIndex = -1; // no longer than it has the focus, so that a click on the text does not give it
  article.addEventListener('blur', () => article.removeAttribute('tabindex'), { once: true });
  article.focus({ preventScroll: true });
}

/**
 * Writes marks anew. If one of them has the focus, the mark that is then in its place gets it.
 *
 * @param {HTMLElement} article
 * @param {() => void} write
 */
export function keepingFocus(article, write) {
  const { activeElement } = document;
  const mark =
    article.contains(activeElement) && activeElement instanceof HTMLElement
      ? activeElement.closest('mark')
      : null;
  write();
  if (mark && !mark.isConnected)
    focusMark(article, { start: startOf(mark), type: mark.dataset.of });
}
