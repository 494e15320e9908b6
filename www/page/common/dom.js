// DOM helpers of the views.

export { coalesced, icon, make } from '../../shared/dom.js';

/**
 * The element with this id. It must be in the page.
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
 * Highlights an element for a moment.
 *
 * @param {HTMLElement} element
 */
export function flash(element) {
  clearTimeout(flashing.get(element));
  element.classList.remove('flash');
  void element.offsetWidth; // restarts the animation
  element.classList.add('flash');
  flashing.set(
    element,
    setTimeout(() => element.classList.remove('flash'), FLASH_MS),
  );
}
