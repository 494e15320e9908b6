// One file over the network, with patience: a stalled or broken transfer goes on where it stopped.

import { BionerError, isOutOfMemory } from '../client/errors.js';
import { isLocal, readLocal } from './local.js';

const ATTEMPTS = 4; // one after the other that bring nothing
const FIRST_PAUSE_MS = 500; // doubled after every attempt that brought nothing
const STALL_MS = 20_000; // without a single byte
const SOMETHING = 1 << 16; // an attempt that brings fewer bytes has brought nothing

/**
 * @typedef {object} DownloadOptions
 * @property {(received: number) => void} [onBytes]  Bytes received so far.
 * @property {(attempt: number) => void} [onRetry]   The attempt about to be made, from 2.
 * @property {RequestCache} [cache]
 * @property {number} [attempts]
 *
 * What has arrived: so many bytes, at the beginning of `bytes`.
 * @typedef {{ bytes: Uint8Array<ArrayBuffer>, received: number }} Arrived
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
  const arrived = { bytes: new Uint8Array(expected), received: 0 };
  let furthest = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      await once(url, arrived, cache, onBytes);
      return arrived.bytes.subarray(0, arrived.received);
    } catch (error) {
      if (error instanceof BionerError || isOutOfMemory(error)) throw error;
      if (arrived.received >= furthest + SOMETHING) attempt = 1;
      furthest = Math.max(furthest, arrived.received);
      if (attempt >= attempts) throw failed(url, attempts, error);
      onRetry?.(attempt + 1);
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

/**
 * Asks for what has not arrived yet.
 *
 * @param {string} url
 * @param {Arrived} arrived
 * @param {RequestCache} cache
 * @param {DownloadOptions['onBytes']} onBytes
 */
async function once(url, arrived, cache, onBytes) {
  const stall = new AbortController();
  const giveUp = () => stall.abort(new Transient(`nothing arrived for ${STALL_MS / 1000} seconds`));
  let timer = setTimeout(giveUp, STALL_MS);
  const from = arrived.received;
  try {
    const response = await fetch(url, {
      cache,
      credentials: 'same-origin',
      signal: stall.signal,
      ...(from && { headers: { range: `bytes=${from}-` } }),
    });
    if (!continues(response, from)) arrived.received = 0;
    if (!response.ok) throw refused(url, response);
    if (response.status === 206 && !arrived.received) throw new Transient('another part came');
    const isLasting = response.type === 'basic' && !response.headers.has('content-encoding');
    try {
      await receive(response, arrived, (received) => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, STALL_MS);
        onBytes?.(received);
      });
    } catch (error) {
      if (!isLasting) arrived.received = 0; // offsets are those of what is sent, not of the file
      throw error;
    }
  } finally {
    clearTimeout(timer);
  }
}
/**
 * Whether a response begins with the byte that was asked for.
 *
 * @param {Response} response
 * @param {number} from
 */
const continues = ({ status, headers }, from) =>
  status === 206 && Boolean(headers.get('content-range')?.startsWith(`bytes ${from}-`));

/**
 * The bytes of a response, behind those that have arrived; none if there are too many.
 *
 * @param {Response} response
 * @param {Arrived} arrived
 * @param {(received: number) => void} [onBytes]
 */
export async function receive(response, arrived, onBytes) {
  const { bytes } = arrived;
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    if (arrived.received + value.length > bytes.length) {
      await reader.cancel();
      arrived.received = 0;
      return;
    }
    bytes.set(value, arrived.received);
    arrived.received += value.length;
    onBytes?.(arrived.received);
  }
}

/**
 * @param {string} url
 * @param {number} attempts
 * @param {unknown} cause
 */
function failed(url, attempts, cause) {
  const why = /** @type {Error} */ (cause).message;
  return new BionerError(
    'network',
    `${url} could not be downloaded: ${why} (${attempts} attempts).`,
    { cause },
  );
}

/** A part that the server has no longer. */
const NO_SUCH_PART = 416;

/**
 * @param {string} url
 * @param {Response} response
 */
function refused(url, { status }) {
  const message = `the server answered ${status}`;
  const mayPass = status >= 500 || [408, NO_SUCH_PART, 429].includes(status);
  return mayPass
    ? new Transient(message)
    : new BionerError('network', `${url} cannot be downloaded: ${message}.`);
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
