// Which attributes the reader wants entities to have, kept for the next visit.

const KEY = 'bioner-attributes';

/**
 * @typedef {import('../entities/attributes.js').Wanted} Wanted
 *
 * `presets` has what the reader has chosen for each preset; '' is the reader's own choice of types. `link` holds for
 * all of them.
 * @typedef {{ presets: Record<string, Partial<Wanted>>, link: boolean }} StoredAttributes
 */

/** What an earlier visit has stored, or nothing. @returns {StoredAttributes} */
export function storedAttributes() {
  try {
    const { presets, link } = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    /** @type {StoredAttributes['presets']} */
    const known = {};
    for (const [preset, { assertion, sections }] of Object.entries(presets))
      known[preset] = { assertion, sections };
    return { presets: known, link: link === true };
  } catch {
    return { presets: {}, link: false }; // nothing is stored, or something else is
  }
}

/** @param {StoredAttributes} attributes */
export function storeAttributes(attributes) {
  try {
    localStorage.setItem(KEY, JSON.stringify(attributes));
  } catch {
    // No storage: the choice lasts as long as the page.
  }
}
