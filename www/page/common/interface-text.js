// Fills in the interface's texts. The HTML names each text by its key; the texts are set again when the
// language changes.

import { onLanguage } from '../../language.js';
import { text as words } from '../../text.js';

/** Attribute that holds the key -> what is set to the text. */
const SETTERS = {
  'data-text': (/** @type {HTMLElement} */ element, /** @type {string} */ text) =>
    (element.textContent = text),
  'data-label': (/** @type {HTMLElement} */ element, /** @type {string} */ text) =>
    element.setAttribute('aria-label', text),
  'data-hint': (/** @type {HTMLElement} */ element, /** @type {string} */ text) =>
    (element.title = text),
  'data-placeholder': (/** @type {HTMLElement} */ element, /** @type {string} */ text) =>
    element.setAttribute('placeholder', text),
};

/**
 * @param {string} titleKey  The key of the document's title.
 * @param {() => object} [others]  Texts of this page alone, in the current language.
 */
export function mountInterfaceText(titleKey, others = () => ({})) {
  const textOf = (/** @type {string} */ key) => lookUp(key, { ...words, ...others() });
  const fill = () => {
    document.documentElement.lang = words.lang;
    document.title = textOf(titleKey);
    for (const [attribute, set] of Object.entries(SETTERS)) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        set(/** @type {HTMLElement} */ (element), textOf(element.getAttribute(attribute) ?? ''));
      }
    }
  };
  onLanguage(fill);
  fill();
}

/**
 * @param {string} key  Its parts are separated by dots.
 * @param {any} value
 */
function lookUp(key, value) {
  for (const part of key.split('.')) value = value?.[part];
  if (typeof value !== 'string') throw new Error(`there is no text ${key}`);
  return value;
}
