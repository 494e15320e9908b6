// Puts the interface's words into the page: where index.html names a text by its key, and at every
// change of language again.

import { onLanguage } from '../../language.js';
import { text as words } from '../../text.js';

/** Attribute naming the key -> what the text is put into. */
const PLACES = {
  'data-text': (/** @type {HTMLElement} */ element, /** @type {string} */ text) => (element.textContent = text),
  'data-label': (/** @type {HTMLElement} */ element, /** @type {string} */ text) => element.setAttribute('aria-label', text),
  'data-hint': (/** @type {HTMLElement} */ element, /** @type {string} */ text) => (element.title = text),
  'data-placeholder': (/** @type {HTMLElement} */ element, /** @type {string} */ text) =>
    element.setAttribute('placeholder', text),
};

/**
 * @param {string} titleKey  Of the document's title.
 */
export function mountWords(titleKey) {
  const put = () => {
    document.documentElement.lang = words.lang;
    document.title = textOf(titleKey);
    for (const [attribute, place] of Object.entries(PLACES)) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        place(/** @type {HTMLElement} */ (element), textOf(element.getAttribute(attribute) ?? ''));
      }
    }
  };
  onLanguage(put);
  put();
}

/** @param {string} key  With dots between its parts. */
function textOf(key) {
  /** @type {any} */
  let value = words;
  for (const part of key.split('.')) value = value?.[part];
  if (typeof value !== 'string') throw new Error(`there is no text ${key}`);
  return value;
}
