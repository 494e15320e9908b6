// What the engine has, and how long it takes.

import { Bioner } from '../client.js';
import { binaryName } from '../worker/binary.js';

const has = (condition) => (condition ? 'yes' : 'no');

/** What is different between engines, as far as the program uses it. */
window.features = async () => [
  ['relaxed SIMD', has(binaryName() !== 'bioner_bg.wasm')],
  ['`crossOriginIsolated`', has(globalThis.crossOriginIsolated)],
  ['`SharedArrayBuffer`', has(typeof SharedArrayBuffer === 'function')],
  ['`navigator.hardwareConcurrency`', navigator.hardwareConcurrency ?? 'no'],
  ['`navigator.deviceMemory`', navigator.deviceMemory ?? 'no'],
  ['`navigator.storage`', has(navigator.storage)],
  ['asks to keep storage (`persist`)', has(navigator.storage?.persist)],
  ['room for storage (`estimate`)', has(navigator.storage?.estimate)],
  ['cache API', has(await globalThis.caches?.keys().catch(() => undefined))],
  ['IndexedDB', has(globalThis.indexedDB)],
  ['service worker', has(navigator.serviceWorker)],
  ['web locks', has(navigator.locks)],
  ['custom highlights', has(globalThis.CSS?.highlights)],
  ['`caretPositionFromPoint`', has(document.caretPositionFromPoint)],
  ['a worker hears what a policy refuses it', has(await hearsRefusals())],
];

/** Whether a worker that is refused a request gets the event that says so. */
function hearsRefusals() {
  const source = `addEventListener('securitypolicyviolation', () => postMessage(true));
    fetch('https://example.com/').catch(() => setTimeout(() => postMessage(false), 1000));`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
}

/** @type {Bioner} */
let ner;

/** Seconds until the model is loaded. */
window.load = async () => {
  ner?.close();
  const begin = performance.now();
  ner = await Bioner.load();
  await ner.settled;
  return (performance.now() - begin) / 1000;
};

/** Seconds for a text, and the number of entities. */
window.extract = async (text, types) => {
  const begin = performance.now();
  let entities = 0;
  for await (const part of ner.extract(text, { types })) entities += part.entities.length;
  return { seconds: (performance.now() - begin) / 1000, entities, workers: ner.info.workers };
};
document.body.dataset.ready = '';
