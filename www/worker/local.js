// A model's file in a folder, where there is no browser: Node, Deno and Bun read it from the disk.

import { BionerError } from '../client/errors.js';
import { builtin } from '../client/runtime.js';

const PIECE_BYTES = 8 << 20;

/**
 * Whether the file is read from the disk, and so need not be kept anywhere else.
 *
 * @param {string} url
 */
export const isLocal = (url) => url.startsWith('file:') && builtin('node:fs') !== undefined;

/**
 * The bytes of a file, `expected` at most; none if it is longer. What `download` gives of an address.
 *
 * @param {string} url
 * @param {number} expected
 * @param {(received: number) => void} [onBytes]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function readLocal(url, expected, onBytes) {
  const { promises } = /** @type {typeof import('node:fs')} */ (builtin('node:fs'));
  try {
    const file = await promises.open(new URL(url));
    try {
      return await readWhole(file, expected, onBytes);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadable(url, cause);
  }
}

/**
 * The module in a file on the disk; undefined if it is somewhere else. It is compiled in one go: Deno 2.9 ends as a
 * whole when a worker is stopped while it compiles in the background.
 *
 * @param {URL} url
 */
export async function compiledLocal(url) {
  if (!isLocal(url.href)) return undefined;
  const { promises } = /** @type {typeof import('node:fs')} */ (builtin('node:fs'));
  const bytes = await promises.readFile(url).catch((cause) => {
    throw unreadable(url.href, cause);
  });
  return new WebAssembly.Module(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
}

/**
 * A GGUF file on the disk, which is read when its bytes are asked for.
 *
 * @param {string} url
 * @returns {Promise<File>}
 */
export async function openLocal(url) {
  const { openAsBlob, promises } = /** @type {typeof import('node:fs')} */ (builtin('node:fs'));
  try {
    await (await promises.open(new URL(url))).close(); // says better why it cannot be read
    const name = decodeURIComponent(url.slice(url.lastIndexOf('/') + 1));
    return new File([/** @type {any} */ (await openAsBlob(new URL(url)))], name);
  } catch (cause) {
    throw unreadable(url, cause);
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} expected
 * @param {(received: number) => void} [onBytes]
 */
async function readWhole(file, expected, onBytes) {
  const bytes = new Uint8Array(expected + 1); // one more byte tells that the file is longer
  let received = 0;
  while (received < bytes.length) {
    const length = Math.min(PIECE_BYTES, bytes.length - received);
    const { bytesRead } = await file.read(bytes, received, length, received);
    if (!bytesRead) return bytes.subarray(0, received);
    received += bytesRead;
    onBytes?.(Math.min(received, expected));
  }
  return bytes.subarray(0, 0);
}

/**
 * @param {string} url
 * @param {unknown} cause
 */
function unreadable(url, cause) {
  const { fileURLToPath } = /** @type {typeof import('node:url')} */ (builtin('node:url'));
  const { code, message } = /** @type {{ code?: string, message?: string }} */ (cause);
  const path = fileURLToPath(url);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const hint = path.endsWith('manifest.json') ? ' Is this the folder of a model?' : '';
    return new BionerError('io', `There is no file ${path}.${hint}`, { cause });
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'this process may not' : message;
  return new BionerError('io', `${path} cannot be read: ${why}.`, { cause });
}
