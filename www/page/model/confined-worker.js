// Starts a worker under the page's own Content-Security-Policy.
//
// A worker that is fetched from the network has the policy of its own response, and a static host sends
// none: the page's meta tag would not bind the worker. A worker made from a blob inherits the policy of the
// page. So the worker's script is a blob of a few lines that import the real modules.
//
// It imports them dynamically: in Firefox (seen in 153) the static imports of a worker that is made from a blob
// pass by the service worker, so they fail without a network. Until the modules are there, messages are held back.

/** @type {Map<string, string>} source -> blob URL */
const scripts = new Map();

/**
 * Imports modules one after the other; then they get the messages that have come in the meantime. If one cannot be
 * loaded, the page gets the message by which a worker says that it has failed (client/link.js).
 */
const START = `async (modules) => {
  const early = [];
  const hold = (event) => {
    event.stopImmediatePropagation(); // a module that is there already hears of it below
    early.push(event);
  };
  addEventListener('message', hold);
  try {
    for (const module of modules) await import(module);
  } catch (error) {
    return postMessage({ kind: 'failed', error: { code: 'module', message: String(error) } });
  } finally {
    removeEventListener('message', hold);
  }
  for (const { data, ports } of early)
    dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
}`;

/** The model's worker. */
export const createWorker = () =>
  confinedWorker('bioner', [new URL('../../worker.js', import.meta.url)]);

/**
 * @param {string} name
 * @param {URL[]} modules  Imported one after the other.
 */
export function confinedWorker(name, modules) {
  const source = `(${START})(${JSON.stringify(modules.map(({ href }) => href))});`;
  const script =
    scripts.get(source) ?? URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  scripts.set(source, script);
  return new Worker(script, { type: 'module', name });
}
