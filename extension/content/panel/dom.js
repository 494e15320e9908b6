// Making elements.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<Omit<HTMLElementTagNameMap[K], 'role'>> & { [attribute: `${string}-${string}`]: string, role?: string }} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key === 'role' || key.includes('-')) element.setAttribute(key, String(value));
    else Reflect.set(element, key, value);
  }
  element.append(...children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * A drawing of lines, 16 by 16.
 *
 * @param {string} path
 */
export function icon(path) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

/**
 * Runs `task` once before the next frame, however often it is asked for.
 *
 * @param {() => void} task
 */
export function coalesced(task) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    // A timer, because a tab in the background has no frames and its panel must not be behind.
    setTimeout(() => {
      waiting = false;
      task();
    }, 16);
  };
}
