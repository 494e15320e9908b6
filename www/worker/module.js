// The WebAssembly module. The extension has another file in the place of this one (extension/model/module.js).

import { toPlain } from '../client/errors.js';
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
    throw { code: 'module', message: `The program could not be loaded: ${toPlain(cause).message}` };
  }
}
