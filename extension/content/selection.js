// The words that the reader has selected on the page.

import { Article } from './article.js';

/** The selection as a text to be read; undefined where nothing with words in it is selected. */
export function selectedText() {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0).cloneRange();
  const home = elementOf(range.commonAncestorContainer);
  const article = new Article({ home, pieces: [range], pmid: '', listed: false });
  return article.text ? article : undefined;
}

/** @param {Node} node */
export function elementOf(node) {
  return /** @type {Element} */ (
    node instanceof Element ? node : (node.parentElement ?? document.documentElement)
  );
}
