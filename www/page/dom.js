// The little that the views need from the DOM.

export { coalesced, icon, make } from '../shared/dom.js';

/**
 * The element with this id, which index.html has.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T}
 */
export function byId(id) {
  return /** @type {T} */ (document.getElementById(id));
}

const FLASH_MS = 1400;
/** @type {WeakMap<Element, ReturnType<typeof setTimeout>>} */
const flashing = new WeakMap();

/**
 * Takes hold of the reader's eye for a moment.
 *
 * @param {HTMLElement} element
 */
export function flash(element) {
  clearTimeout(flashing.get(element));
  element.classList.remove('flash');
  void element.offsetWidth; // so that the animation begins again
  element.classList.add('flash');
  flashing.set(element, setTimeout(() => element.classList.remove('flash'), FLASH_MS));
}
