// The WebAssembly module. The extension has another file in the place of this one (extension/model/module.js).

import { unloaded } from '../client/errors.js';
import { binaryName } from './binary.js';
import { compiledLocal } from './local.js';

/**
 * Loads the module that the script at `url` binds.
 *
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function importModule(url) {
  try {
    const module = await import(url);
    const binary = new URL(binaryName(), url);
    await module.default({ module_or_path: (await compiledLocal(binary)) ?? binary });
    return module;
  } catch (cause) {
    throw unloaded(cause);
  }
}
