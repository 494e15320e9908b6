// The little that page, element and extension need from the DOM.

/**
 * A new element. Properties that start with `data-` or `aria-`, `role` and `for` become attributes.
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

/** The drawings of the icons, as paths of lines in a 16 by 16 box. */
export const DRAWINGS = { close: 'M4 4l8 8M12 4l-8 8' };

/**
 * An icon drawn with the paths given.
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
 * Runs `work` soon, in one go for many calls, and at most every `pause` milliseconds. By a timer, because
 * a tab in the background draws no frames and must not be behind.
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

const TIP_GAP = 14; // pixels from the pointer
const TIP_MARGIN = 4; // pixels from the edge of the window

/**
 * Puts a tip, which is shown and fixed, beside the pointer: below it, or above where there is no room.
 *
 * @param {HTMLElement} tip
 * @param {number} x
 * @param {number} y
 */
export function placeTip(tip, x, y) {
  const { clientWidth, clientHeight } = document.documentElement;
  const { offsetWidth, offsetHeight } = tip;
  const below = y + TIP_GAP + offsetHeight < clientHeight;
  tip.style.left = `${Math.max(TIP_MARGIN, Math.min(x, clientWidth - offsetWidth - TIP_MARGIN))}px`;
  tip.style.top = `${below ? y + TIP_GAP : y - TIP_GAP - offsetHeight}px`;
}

const KEEP_MS = 60_000; // the browser may be asking where to put the file

/**
 * Hands out a file.
 *
 * @param {string | Blob} content
 * @param {string} name
 * @param {string} media  Of a text.
 */
export function download(content, name, media) {
  // Encoded here: a lone surrogate must not make the whole file fail.
  const blob =
    content instanceof Blob
      ? content
      : new Blob([new TextEncoder().encode(content)], { type: `${media};charset=utf-8` });
  const url = URL.createObjectURL(blob);
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
