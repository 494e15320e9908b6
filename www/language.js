// The language of the interface, and how numbers are written in it. The texts are in text/.

/** @typedef {'en' | 'fr'} Language */

export const LANGUAGES = /** @type {const} */ (['en', 'fr']);
const KEY = 'bioner-language';

/** @type {Language} */
export let language = stored() ?? preferred();

/** @type {((language: Language) => void)[]} */
const listeners = [];

/**
 * Calls `listener` at every change. Listeners are called in the order in which they were added.
 *
 * @param {(language: Language) => void} listener
 */
export function onLanguage(listener) {
  listeners.push(listener);
}

/** @param {Language} chosen  Stored for the next visit. */
export function setLanguage(chosen) {
  language = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // No storage: the choice lasts as long as the page.
  }
  for (const listener of listeners) listener(chosen);
}

/**
 * A function that gives the texts of a part of the interface in the current language. For parts with files of their
 * own, which are loaded with them.
 *
 * @template T
 * @param {Record<Language, T>} texts
 */
export const inLanguage = (texts) => () => texts[language];

/** The language chosen at an earlier visit. */
function stored() {
  try {
    return LANGUAGES.find((known) => known === localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}

/** The first of the browser's languages that the interface has. */
function preferred() {
  const wanted = navigator.languages ?? [navigator.language];
  for (const tag of wanted) {
    const found = LANGUAGES.find((known) => tag.toLowerCase().split('-')[0] === known);
    if (found) return found;
  }
  return 'en';
}

/** @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}

/** @param {number} value */
export function decimal(value) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(
    value,
  );
}

/** @param {number} value  From 0 to 1, with two digits. */
export function score(value) {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(value);
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export function plural(count, one, many) {
  return new Intl.PluralRules(language).select(count) === 'one' ? one : many;
}

/**
 * The number with its noun.
 *
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export function counted(count, one, many) {
  return `${number(count)} ${plural(count, one, many)}`;
}

/**
 * @param {number} value
 * @param {string} [mega]  What a million bytes are called.
 */
export function megabytes(value, mega = 'MB') {
  return `${decimal(value / 1e6)} ${mega}`;
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 10) return `${decimal(Math.max(seconds, 0.1))} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
