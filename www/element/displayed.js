// What of a document is displayed, as far as styles and attributes say it.

const SKIPPED = new Set(
  (
    'ANNOTATION ANNOTATION-XML AUDIO BUTTON CANVAS DATALIST IFRAME IMG INPUT METER NOSCRIPT OBJECT OPTION PROGRESS RP ' +
    'SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA VIDEO'
  ).split(' '),
);

/**
 * The computed style, or undefined where there is none: in a document that is not shown.
 *
 * @param {Element} element
 * @returns {CSSStyleDeclaration | undefined}
 */
export function styleOf(element) {
  try {
    const style = element.ownerDocument.defaultView?.getComputedStyle(element);
    return style?.display ? style : undefined;
  } catch {
    return undefined; // a document model that has styles for some elements only
  }
}

/**
 * Whether an element is left out with all that is in it: controls, scripts, what is not displayed.
 *
 * @param {Element} element
 * @param {CSSStyleDeclaration | undefined} style  Its computed style.
 */
export function isLeftOut(element, style) {
  if (
    SKIPPED.has(element.nodeName.toUpperCase()) ||
    element.hasAttribute('hidden') ||
    isFolded(element)
  )
    return true;
  const { display, contentVisibility } =
    /** @type {CSSStyleDeclaration & { contentVisibility?: string }} */ (
      style ?? /** @type {HTMLElement} */ (element).style ?? {}
    );
  if (display === 'none' || contentVisibility === 'hidden' || isClipped(style)) return true;
  return element.getAttribute('aria-hidden') === 'true' && !replacesClipped(element);
}

/**
 * Whether the text directly in an element is invisible. What is in its children may be visible again.
 *
 * @param {CSSStyleDeclaration | undefined} style
 */
export function isInvisible(style) {
  return (
    style !== undefined &&
    (/^(hidden|collapse)$/.test(style.visibility) || /^0(px)?$/.test(style.fontSize))
  );
}

/**
 * In a closed `details` only the summary is displayed; its computed styles do not say so.
 *
 * @param {Element} element
 */
function isFolded(element) {
  const parent = element.parentElement;
  if (parent?.nodeName !== 'DETAILS' || parent.hasAttribute('open')) return false;
  return [...parent.children].find(({ nodeName }) => nodeName === 'SUMMARY') !== element;
}

/**
 * Whether an element is cut down to nothing, which is how text for screen readers alone is written.
 *
 * @param {CSSStyleDeclaration | undefined} style
 */
function isClipped(style) {
  if (!style || !/^(absolute|fixed)$/.test(style.position)) return false;
  const sides = /^rect\((.*)\)$/
    .exec(style.clip ?? '')?.[1]
    .split(/[\s,]+/)
    .map(parseFloat);
  if (sides && (sides[2] - sides[0] <= 1 || sides[1] - sides[3] <= 1)) return true;
  if (/^inset\((?:[5-9]\d|100)%/.test(style.clipPath ?? '')) return true;
  return (
    /hidden|clip/.test(style.overflow ?? '') &&
    parseFloat(style.width) <= 1 &&
    parseFloat(style.height) <= 1
  );
}

/**
 * Formulas are often written twice: once for screen readers, clipped, and beside it once for the eye,
 * with `aria-hidden`. Then the latter is what is displayed; elsewhere `aria-hidden` marks decoration.
 *
 * @param {Element} element
 */
function replacesClipped(element) {
  const isCut = (/** @type {Node | null} */ node) =>
    node instanceof Element && isClipped(styleOf(node));
  const isSpace = (/** @type {Node | null} */ node) => node instanceof Text && !node.data.trim();
  const { previousSibling: before, nextSibling: after } = element;
  return (
    isCut(isSpace(before) ? (before?.previousSibling ?? null) : before) ||
    isCut(isSpace(after) ? (after?.nextSibling ?? null) : after)
  );
}
