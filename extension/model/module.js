// The WebAssembly module, in the place of www/worker/module.js: the one in this package, imported by name.

import * as module from '../../pkg/bioner.js';
import { unloaded } from '../../www/client/errors.js';
import { binaryName } from '../../www/worker/binary.js';

/** Loads the module. @returns {Promise<any>} */
export async function importModule() {
  try {
    await module.default({ module_or_path: new URL(`../../pkg/${binaryName()}`, import.meta.url) });
    return module;
  } catch (cause) {
    throw unloaded(cause);
  }
}
