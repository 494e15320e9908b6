// What the browser or runtime must have, asked before anything is downloaded.

import { BionerError } from './errors.js';
import { builtin, isRuntime } from './runtime.js';

const [HERE, WORKING] = isRuntime()
  ? ['This runtime', 'Node 20.16 or later, Deno and Bun work']
  : ['This browser', 'Chrome or Edge 96, Firefox 114, Safari 16.4, or anything later, works'];

// The smallest module with a 128-bit vector in it: (func (result v128) (i8x16.splat (i32.const 0))).
// biome-ignore format: a section of the module a line
const SIMD_MODULE = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, // magic, version 1
  0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, //       types: () -> v128
  0x03, 0x02, 0x01, 0x00, //                         functions: one, of type 0
  0x0a, 0x08, 0x01, 0x06, 0x00, //                   code: one body of 6 bytes, no locals
  0x41, 0x00, 0xfd, 0x0f, 0x0b, //                   i32.const 0, i8x16.splat, end
);

/**
 * Throws the BionerError that says what the model needs and the browser lacks, if anything.
 *
 * @param {unknown} createWorker  What starts workers, if the caller has something: enough where there are no web workers.
 */
export function checkSupport(createWorker) {
  checkWorkers(createWorker);
  if (!WebAssembly.validate(SIMD_MODULE)) {
    throw new BionerError(
      'simd-missing',
      `${HERE}, or the processor it runs on, lacks WebAssembly SIMD, which the model needs. ${WORKING}.`,
    );
  }
}

/**
 * The same for modules in workers that do without SIMD.
 *
 * @param {unknown} createWorker
 */
export function checkWorkers(createWorker) {
  if (typeof WebAssembly !== 'object') {
    throw new BionerError(
      'wasm-missing',
      `${HERE} does not run WebAssembly, or a policy forbids it. ${WORKING}.`,
    );
  }
  const hasThreads = isRuntime() && (createWorker || builtin('node:worker_threads'));
  if (typeof Worker !== 'function' && !hasThreads) {
    throw new BionerError('worker-missing', `${HERE} does not start web workers here. ${WORKING}.`);
  }
  if (typeof crypto !== 'object' || !crypto.subtle) {
    throw new BionerError(
      'insecure-context',
      'What is downloaded can only be verified on a page opened over https, or from localhost. Open this page that way.',
    );
  }
}
