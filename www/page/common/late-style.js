// Style sheets that are loaded later than the page.

/**
 * Adds a style sheet of the page; resolves when it is there. The name is that of a file in style/.
 *
 * @param {string} name
 * @returns {Promise<void>}
 */
export function addStyle(name) {
  const { href } = new URL(`../../style/${name}`, import.meta.url);
  if (Array.from(document.styleSheets).some((sheet) => sheet.href === href))
    return Promise.resolve();
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
