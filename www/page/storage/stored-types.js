// The types that the reader has chosen, kept for the next visit.

const KEY = 'bioner-types';

/**
 * As in the state of the page.
 * @typedef {{ preset: string, offered: readonly string[], chosen: string[] }} StoredTypes
 */

/**
 * What an earlier visit has stored, if it can be read.
 *
 * @returns {StoredTypes | undefined}
 */
export function storedTypes() {
  try {
    const { preset, offered, chosen } = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (![offered, chosen].every(Array.isArray)) return undefined;
    const names = [...new Set([...offered, ...chosen])];
    if (![preset, ...names].every((name) => typeof name === 'string')) return undefined;
    return { preset, offered: names, chosen: names.filter((name) => chosen.includes(name)) };
  } catch {
    return undefined; // nothing is stored, or something else is
  }
}

/** @param {StoredTypes} types */
export function storeTypes({ preset, offered, chosen }) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ preset, offered, chosen }));
  } catch {
    // No storage: the choice lasts as long as the page.
  }
}
