// Words of the text that the reader selects, by mouse, touch or keyboard.

import { byId } from '../common/dom.js';
import { wholeWords } from '../entities/words.js';
import { offsetOf } from './text-offset.js';

/** @typedef {import('../state/state.js').Results} Results */

/**
 * Calls `open` when words have been selected.
 *
 * @param {() => Results | undefined} results  Whose text is shown, if it can be corrected.
 * @param {(span: { start: number, end: number }, at: DOMRect) => void} open  Called with the whole words, and where
 *   they end on the page.
 */
export function onSelection(results, open) {
  const article = byId('annotated');
  const openAtSelection = () => {
    const shown = results();
    const selection = getSelection();
    if (!shown || !selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return;
    const [start, end] = [
      offsetOf(article, range.startContainer, range.startOffset),
      offsetOf(article, range.endContainer, range.endOffset),
    ];
    const span = wholeWords(shown.text, start, end);
    if (!span || span.end > shown.upTo) return;
    const rects = range.getClientRects();
    open(span, rects[rects.length - 1] ?? range.getBoundingClientRect());
  };
  // A click may collapse the selection after this event.
  article.addEventListener('pointerup', () => setTimeout(openAtSelection));
  article.addEventListener('keyup', (event) => {
    if (event.shiftKey || event.key === 'Shift') openAtSelection();
  });
}
