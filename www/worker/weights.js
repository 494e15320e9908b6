// The model's bytes, in order, verified: from the store where they are kept, else from the network,
// a shard at a time. While one shard is verified and read, the next one is already on its way; two
// shards at most are in memory.

import { BionerError } from '../client/errors.js';
import { download, receive } from './download.js';
import { alone } from './turns.js';

/**
 * @typedef {import('./manifest.js').Shard} Shard
 * @typedef {import('./store.js').Store} Store
 *
 * @typedef {object} WeightsProgress
 * @property {number} loaded   Bytes here so far.
 * @property {number} total
 * @property {number} cached   How many of `loaded` needed no download.
 * @property {number} attempt  1, or which attempt is being made after a failure.
 */

/**
 * Yields the bytes of every shard.
 *
 * @param {import('./manifest.js').Manifest} manifest
 * @param {Store} store
 * @param {(progress: WeightsProgress) => void} onProgress
 * @param {object} [options]
 * @param {boolean} [options.keptOnly]  Whether to fail rather than download.
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>}
 */
export async function* readWeights(manifest, store, onProgress, { keptOnly = false } = {}) {
  const { shards, size: total, url: owner } = manifest;
  const received = new Array(shards.length).fill(0);
  const fromStore = new Array(shards.length).fill(0);
  const sum = (/** @type {number[]} */ values) => values.reduce((a, b) => a + b, 0);
  const report = (attempt = 1) =>
    onProgress({ loaded: sum(received), total, cached: sum(fromStore), attempt });

  /** @param {number} i */
  const fetchShard = (i) => {
    const bytes = readShard(shards[i], store, {
      owner,
      keptOnly,
      onBytes: (count, kept) => {
        received[i] = count;
        fromStore[i] = kept ? count : 0;
        report();
      },
      onRetry: report,
    });
    bytes.catch(() => {}); // it is awaited, and its failure seen, only after the shard before it
    return bytes;
  };

  report();
  let next = fetchShard(0);
  for (let i = 0; i < shards.length; i++) {
    const bytes = await next;
    if (i + 1 < shards.length) next = fetchShard(i + 1);
    yield bytes;
  }
}

/**
 * @param {Shard} shard
 * @param {Store} store
 * @param {{ owner: string, keptOnly: boolean, onBytes: (count: number, kept: boolean) => void, onRetry: (attempt: number) => void }} watch
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function readShard(shard, store, { owner, keptOnly, onBytes, onRetry }) {
  const watch = { onBytes: (/** @type {number} */ count) => onBytes(count, false), onRetry };
  const fromStore = () => keptShard(shard, store, onBytes);
  const kept = await fromStore();
  if (kept) return kept;
  if (keptOnly) throw new BionerError('storage', `${shard.url} is not kept here.`);
  const fetched = () => fetchedShard(shard, store, owner, watch);
  if (!store.works) return fetched();
  // Another tab may be about to fetch it.
  return alone(`bioner ${shard.sha256}`, async () => (await fromStore()) ?? fetched());
}

/**
 * A shard that is kept and sound. One that is not sound is dropped.
 *
 * @param {Shard} shard
 * @param {Store} store
 * @param {(count: number, kept: boolean) => void} onBytes
 */
async function keptShard(shard, store, onBytes) {
  const kept = await store.get(shard.sha256);
  if (!kept) return undefined;
  const arrived = { bytes: new Uint8Array(shard.size), received: 0 };
  await receive(kept, arrived, (count) => onBytes(count, true)).catch(() => {});
  const bytes = arrived.bytes.subarray(0, arrived.received);
  if (await matches(bytes, shard)) return bytes;
  await store.drop(shard.sha256);
  onBytes(0, false);
  return undefined;
}

/**
 * @param {Shard} shard
 * @param {Store} store
 * @param {string} owner
 * @param {import('./download.js').DownloadOptions} watch
 */
async function fetchedShard(shard, store, owner, watch) {
  // A second try, past every cache on the way: a proxy or a cut transfer may have spoilt the first.
  for (const cache of /** @type {RequestCache[]} */ (['no-store', 'reload'])) {
    const bytes = await download(shard.url, shard.size, { ...watch, cache });
    if (await matches(bytes, shard)) {
      await store.put(shard.sha256, bytes, owner);
      return bytes;
    }
  }
  throw new BionerError(
    'model-checksum',
    `${shard.url} is not what the manifest says: it is incomplete or has been changed. None of it was used.`,
  );
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Shard} shard
 */
async function matches(bytes, { size, sha256 }) {
  if (bytes.length !== size) return false;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}
