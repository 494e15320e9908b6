// The first script of a thread in Node. It gives the thread what a web worker has and the worker's script uses, `self`
// and its messages, and runs that script.

import { setFlagsFromString } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
Object.assign(globalThis, {
  self: globalThis,
  postMessage: (/** @type {unknown} */ message) => port.postMessage(message),
});
// Messages wait in the port until somebody listens.
Object.defineProperty(globalThis, 'onmessage', {
  set: (listener) => port.on('message', (data) => listener({ data })),
});

// Node 20's engine has relaxed SIMD as it was standardized, behind a flag. Later ones have it without.
if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

await import(workerData);
