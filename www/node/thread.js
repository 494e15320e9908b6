// The first script of a thread in Node. It gives the thread what a web worker has and the worker's script uses, then
// runs that script: `self` with its messages, and `fetch` for files, of which the modules are two.

import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const { fetch: overNetwork } = globalThis;

/**
 * @param {RequestInfo | URL} resource
 * @param {RequestInit} [init]
 */
async function fetchAlsoFiles(resource, init) {
  const url = new URL(resource instanceof Request ? resource.url : resource);
  if (url.protocol !== 'file:') return overNetwork(resource, init);
  const type = url.pathname.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
  return new Response(await readFile(url), { headers: { 'content-type': type } });
}

Object.assign(globalThis, {
  self: globalThis,
  fetch: fetchAlsoFiles,
  postMessage: (/** @type {unknown} */ message) => port.postMessage(message),
});
// Messages wait in the port until somebody listens.
Object.defineProperty(globalThis, 'onmessage', {
  set: (listener) => port.on('message', (data) => listener({ data })),
});

// Node 20's engine has relaxed SIMD as it was standardized, behind a flag. Later ones have it without.
if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

await import(workerData);
