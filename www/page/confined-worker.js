// The model's worker, under the page's own Content-Security-Policy.
//
// A worker fetched from the network has the policy its own response carries, and a static host
// sends none: the meta tag would bind the page and not the model. A worker made from a blob has its
// maker's policy, so this one is a few lines that import the real worker.

/** @type {Map<string, string>} */
const scripts = new Map();

export const createWorker = () => confinedWorker('bioner', ['../worker.js']);

/**
 * @param {string} name
 * @param {string[]} modules  Run one after the other; relative to this file.
 */
export function confinedWorker(name, modules) {
  const source = modules.map((path) => `import ${JSON.stringify(new URL(path, import.meta.url).href)};\n`).join('');
  const script = scripts.get(source) ?? URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  scripts.set(source, script);
  return new Worker(script, { type: 'module', name });
}
