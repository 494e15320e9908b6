// Style sheets that are loaded later than the page.

/** By the names of their files. @type {Map<string, Promise<void>>} */
const added = new Map();

/**
 * Adds a style sheet of the page, once; resolves when it is there. Where an attempt has failed, the next call makes
 * another.
 *
 * @param {string} name  Of a file in style/.
 * @returns {Promise<void>}
 */
export function addStyle(name) {
  const known = added.get(name);
  if (known) return known;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL(`../../style/${name}`, import.meta.url).href;
  /** @type {Promise<void>} */
  const loading = new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      added.delete(name);
      reject(new Error(`${name} could not be loaded`));
    });
  });
  added.set(name, loading);
  document.head.append(link);
  return loading;
}
