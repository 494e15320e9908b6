// The models of a page's elements: one for each address, however many elements ask for it.

import { Bioner } from '../client.js';

/**
 * @typedef {import('../client.d.ts').LoadProgress} LoadProgress
 * @typedef {(progress: LoadProgress) => void} Listener
 * @typedef {{ ner: Promise<Bioner>, listeners: Set<Listener> }} Shared
 */

/** @type {Map<string, Shared>} */
const models = new Map();

/**
 * @param {{ model: string | null, module: string | null }} where  As for `Bioner.load`.
 * @param {Listener} onProgress
 * @returns {Promise<Bioner>}
 */
export async function sharedModel({ model, module }, onProgress) {
  const key = JSON.stringify([model, module]);
  let shared = models.get(key);
  if (!shared) {
    /** @type {Set<Listener>} */
    const listeners = new Set();
    const ner = Bioner.load({
      model: model ?? undefined,
      module: module ?? undefined,
      onProgress: (progress) => {
        for (const listener of listeners) listener(progress);
      },
    });
    shared = { ner, listeners };
    models.set(key, shared);
    ner.catch(() => models.delete(key)); // the next one tries again
  }
  shared.listeners.add(onProgress);
  try {
    return await shared.ner;
  } finally {
    shared.listeners.delete(onProgress);
  }
}
