// Numbers as a language writes them.

/**
 * @param {string} language
 * @param {number} value  0 to 1.
 */
export function percentIn(language, value) {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(value);
}
