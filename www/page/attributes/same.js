// What has stayed the same from one annotation to the next. Pure functions.

/** @typedef {import('../entities/attributes.js').Annotation} Annotation */

/**
 * The annotation with the objects of the one before wherever they say the same, so that what has not changed is not
 * shown anew.
 *
 * @param {Annotation} annotation
 * @param {Annotation | undefined} before
 * @returns {Annotation}
 */
export function keepingSame(annotation, before) {
  if (!before) return annotation;
  const attributes = new Map(
    Array.from(annotation.attributes, ([key, now]) => {
      const then = before.attributes.get(key);
      return [key, then && isSame(now, then) ? then : now];
    }),
  );
  const sections = isSame(annotation.sections, before.sections)
    ? before.sections
    : annotation.sections;
  return { ...annotation, attributes, sections };
}

/** @param {unknown} a @param {unknown} b  Plain values. */
const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);
