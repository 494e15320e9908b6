// The WebAssembly module. The extension has another file in the place of this one (extension/model/module.js).

import { unloaded } from '../client/errors.js';
import { binaryName } from './binary.js';

/**
 * Loads the module that the script at `url` binds.
 *
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function importModule(url) {
  try {
    const module = await import(url);
    await module.default({ module_or_path: new URL(binaryName(), url) });
    return module;
  } catch (cause) {
    throw unloaded(cause);
  }
}
