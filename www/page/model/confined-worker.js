// Starts a worker under the page's own Content-Security-Policy.
//
// A worker that is fetched from the network has the policy of its own response, and a static host sends
// none: the page's meta tag would not bind the worker. A worker made from a blob inherits the policy of the
// page. So the worker's script is a blob of a few lines that import the real modules.

/** @type {Map<string, string>} source -> blob URL */
const scripts = new Map();

/** The model's worker. */
export const createWorker = () =>
  confinedWorker('bioner', [new URL('../../worker.js', import.meta.url)]);

/**
 * @param {string} name
 * @param {URL[]} modules  Imported one after the other.
 */
export function confinedWorker(name, modules) {
  const source = modules.map(({ href }) => `import ${JSON.stringify(href)};\n`).join('');
  const script =
    scripts.get(source) ?? URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  scripts.set(source, script);
  return new Worker(script, { type: 'module', name });
}
