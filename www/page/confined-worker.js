// The model's worker, under the page's own Content-Security-Policy.
//
// A worker fetched from the network has the policy its own response carries, and a static host
// sends none: the meta tag would bind the page and not the model. A worker made from a blob has its
// maker's policy, so this one is a single line that imports the real worker.

/** @type {string | undefined} */
let script;

export function createWorker() {
  const worker = new URL('../worker.js', import.meta.url).href;
  script ??= URL.createObjectURL(new Blob([`import ${JSON.stringify(worker)};`], { type: 'text/javascript' }));
  return new Worker(script, { type: 'module', name: 'bioner' });
}
