// The WebAssembly module: the one with relaxed SIMD where the browser has that, else the one that
// every supported browser runs. Both give the same results to the bit.

import { toPlain } from '../client/errors.js';

// The smallest module with an instruction of relaxed SIMD in it:
// (func (result v128) (i8x16.relaxed_swizzle (i8x16.splat (i32.const 0)) (i8x16.splat (i32.const 0)))).
// biome-ignore format: a section of the module a line
const RELAXED_MODULE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // magic, version 1
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, //       types: () -> v128
  0x03, 0x02, 0x01, 0x00, //                         functions: one, of type 0
  0x0a, 0x0f, 0x01, 0x0d, 0x00, //                   code: one body of 13 bytes, no locals
  0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f, // twice i32.const 0, i8x16.splat
  0xfd, 0x80, 0x02, 0x0b, //                         i8x16.relaxed_swizzle, end
);

/**
 * Loads the module that the script at `url` binds.
 *
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function importModule(url) {
  const file = WebAssembly.validate(RELAXED_MODULE) ? 'bioner_relaxed_bg.wasm' : 'bioner_bg.wasm';
  try {
    const module = await import(url);
    await module.default({ module_or_path: new URL(file, url) });
    return module;
  } catch (cause) {
    throw { code: 'module', message: `The program could not be loaded: ${toPlain(cause).message}` };
  }
}
