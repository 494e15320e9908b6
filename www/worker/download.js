// One file over the network, with patience: a stalled or broken transfer is tried again.

import { BionerError } from '../client/errors.js';
import { isLocal, readLocal } from './local.js';

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500; // doubled after every attempt
const STALL_MS = 20_000; // without a single byte

/**
 * @typedef {object} DownloadOptions
 * @property {(received: number) => void} [onBytes]  Bytes received so far in the current attempt.
 * @property {(attempt: number) => void} [onRetry]   The attempt about to be made, from 2.
 * @property {RequestCache} [cache]
 * @property {number} [attempts]
 */

/** A failure that trying again may mend. */
class Transient extends Error {}

/**
 * Downloads `url`, `expected` bytes long at most. A body that ends early without an error is
 * returned as it is, and of one that is too long nothing: whether it is the right one is the
 * checksum's business.
 *
 * @param {string} url
 * @param {number} expected
 * @param {DownloadOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function download(
  url,
  expected,
  { onBytes, onRetry, cache = 'no-store', attempts = ATTEMPTS } = {},
) {
  if (isLocal(url)) return readLocal(url, expected, onBytes);
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(url, expected, cache, onBytes);
    } catch (error) {
      if (error instanceof BionerError) throw error;
      if (attempt === attempts) {
        const why = /** @type {Error} */ (error).message;
        throw new BionerError(
          'network',
          `${url} could not be downloaded: ${why} (${attempts} attempts).`,
          {
            cause: error,
          },
        );
      }
      onRetry?.(attempt + 1);
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

/**
 * @param {string} url
 * @param {number} expected
 * @param {RequestCache} cache
 * @param {DownloadOptions['onBytes']} onBytes
 */
async function once(url, expected, cache, onBytes) {
  const stall = new AbortController();
  const giveUp = () => stall.abort(new Transient(`nothing arrived for ${STALL_MS / 1000} seconds`));
  let timer = setTimeout(giveUp, STALL_MS);
  try {
    const response = await fetch(url, { cache, credentials: 'same-origin', signal: stall.signal });
    if (!response.ok) throw refused(url, response);
    return await readBody(response, expected, (received) => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, STALL_MS);
      onBytes?.(received);
    });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The bytes of a response, into one buffer of the expected size; none if it is longer.
 *
 * @param {Response} response
 * @param {number} expected
 * @param {(received: number) => void} [onBytes]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function readBody(response, expected, onBytes) {
  const bytes = new Uint8Array(expected);
  let received = 0;
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, received);
    if (received + value.length > expected) {
      await reader.cancel();
      return bytes.subarray(0, 0);
    }
    bytes.set(value, received);
    received += value.length;
    onBytes?.(received);
  }
}

/**
 * @param {string} url
 * @param {Response} response
 */
function refused(url, { status }) {
  const message = `the server answered ${status}`;
  const mayPass = status >= 500 || status === 408 || status === 429;
  return mayPass
    ? new Transient(message)
    : new BionerError('network', `${url} cannot be downloaded: ${message}.`);
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
