// A model that is a file of the reader's: taken in slices, so that it is never whole in memory.
// Nothing of it is kept, and nothing of it goes anywhere.

import { BionerError, toPlain } from '../client/errors.js';

// Two memories of the module have to hold it, the packed weights and what works on them, and
// WebAssembly has 4 GB.
const LARGEST_FILE = 1.5e9;
const SLICE_BYTES = 8 << 20;

/**
 * What stands for the manifest that a model's folder would have.
 *
 * @param {Blob} file
 */
export function describeFile(file) {
  const name = file instanceof File ? file.name.replace(/\.gguf$/i, '') : 'model';
  if (file.size > LARGEST_FILE) {
    const gigabytes = (file.size / 1e9).toFixed(1);
    throw new BionerError(
      'model-unsupported',
      `this model is not supported: the file has ${gigabytes} GB, and a browser tab takes 1.5 GB at most`,
    );
  }
  return { name, size: file.size };
}

/**
 * Yields the bytes of the file, in order.
 *
 * @param {Blob} file
 * @param {(progress: import('./weights.js').WeightsProgress) => void} onProgress
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 */
export async function* readFile(file, onProgress) {
  const total = file.size;
  for (let at = 0; at < total; at += SLICE_BYTES) {
    const bytes = await slice(file, at);
    yield bytes;
    const loaded = at + bytes.length;
    onProgress({ loaded, total, cached: loaded, attempt: 1 });
  }
}

/**
 * @param {Blob} file
 * @param {number} at
 */
async function slice(file, at) {
  try {
    return new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer());
  } catch (cause) {
    // It was changed, moved or unplugged since it was chosen.
    throw new BionerError(
      'model-file',
      `the model file cannot be read: ${toPlain(cause).message}`,
      { cause },
    );
  }
}
