// The vocabulary that comes with the program: its folder has a manifest.json as a model's has, so it is
// fetched, verified and kept as weights are.

import { BionerError, toPlain } from '../client/errors.js';
import { isLocal } from '../worker/local.js';
import { keepAlone, readManifest } from '../worker/manifest.js';
import { Store } from '../worker/store.js';
import { readWeights } from '../worker/weights.js';

/**
 * The bytes of the file. `keep` is to be called when they have become a vocabulary.
 *
 * @param {string} url  Of its manifest.
 * @param {(progress: import('../worker/weights.js').WeightsProgress) => void} onProgress
 * @returns {Promise<{ bytes: Uint8Array, keep: () => Promise<void> }>}
 */
export async function readVocabulary(url, onProgress) {
  // It works as well if it cannot be kept for the next visit.
  const store = new Store(() => {});
  if (!isLocal(url)) await store.open();
  try {
    const read = await readManifest(url, store, () => {});
    const { manifest } = read;
    const bytes = new Uint8Array(manifest.size);
    let at = 0;
    for await (const piece of readWeights(manifest, store, onProgress)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return { bytes, keep: () => keepAlone(read, store) };
  } catch (error) {
    const { code, message } = toPlain(error);
    if (!code.startsWith('model-')) throw error;
    throw new BionerError('vocabulary', `The vocabulary cannot be used: ${message}`);
  }
}
