// Style sheets that are loaded later than the page.

/** @type {Map<string, Promise<void>>} */
const added = new Map();

/**
 * Adds a style sheet of the page, once; resolves when it is there. The name is that of a file in style/.
 *
 * @param {string} name
 * @returns {Promise<void>}
 */
export function addStyle(name) {
  let sheet = added.get(name);
  if (!sheet) {
    sheet = load(name).catch((error) => {
      added.delete(name); // the next call tries again
      throw error;
    });
    added.set(name, sheet);
  }
  return sheet;
}

/**
 * @param {string} name
 * @returns {Promise<void>}
 */
function load(name) {
  const { href } = new URL(`../../style/${name}`, import.meta.url);
  const link = document.createElement('link');
  Object.assign(link, { rel: 'stylesheet', href });
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`${name} could not be loaded`));
    });
    document.head.append(link);
  });
}
