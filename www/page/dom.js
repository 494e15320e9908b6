// The little that the views need from the DOM.

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

/**
 * A new element. Properties that start with `data-` or `aria-`, and `role`, become attributes.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (/^(data-|aria-|role$|for$)/.test(name)) element.setAttribute(name, String(value));
    else Reflect.set(element, name, value);
  }
  element.append(...children);
  return element;
}

/**
 * An icon drawn with the paths given, in a 16 by 16 box.
 *
 * @param {...string} paths
 */
export function icon(...paths) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  for (const d of paths) {
    const path = document.createElementNS(svg.namespaceURI, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/**
 * Runs `work` soon, in one go for many calls, and at most every `pause` milliseconds.
 *
 * @param {() => void} work
 * @param {number} pause
 */
export function coalesced(work, pause) {
  let last = -Infinity;
  let due = false;
  return () => {
    if (due) return;
    due = true;
    setTimeout(
      () => {
        due = false;
        last = performance.now();
        work();
      },
      Math.max(0, last + pause - performance.now()),
    );
  };
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
