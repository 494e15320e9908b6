// What a model consists of: manifest.json, read and checked before anything it names is fetched.

import { BionerError } from '../client/errors.js';
import { download } from './download.js';

const LARGEST_MANIFEST = 1 << 20;
const LARGEST_SHARD = 64 * 2 ** 20; // one is held whole in memory while it is verified

/**
 * @typedef {object} Shard
 * @property {string} url     Absolute.
 * @property {number} size    In bytes.
 * @property {string} sha256  Hexadecimal, lower case.
 *
 * @typedef {object} Manifest
 * @property {string} url
 * @property {string} name
 * @property {number} size
 * @property {string} [format]
 * @property {string[]} [types]
 * @property {string} [licence]
 * @property {Shard[]} shards
 */

/** @param {string} url */
const keyOf = (url) => `manifest?${encodeURIComponent(url)}`;

/**
 * @param {string} url
 * @param {import('./store.js').Store} store
 */
const keptManifest = async (url, store) => (await store.get(keyOf(url)))?.text();

/**
 * Fetches the manifest, or falls back on the one that was kept where the network is down.
 *
 * @param {string} url
 * @param {import('./store.js').Store} store
 * @param {(attempt: number) => void} onRetry
 * @returns {Promise<{ manifest: Manifest, json: string }>}  `json` is the manifest as it came.
 */
export async function readManifest(url, store, onRetry) {
  const kept = await keptManifest(url, store);
  // Asked for at every visit (a few hundred bytes), so that better weights reach everybody. On the page the service
  // worker answers, with the manifest that belongs to the page's version.
  const options = {
    onRetry,
    cache: /** @type {const} */ ('no-cache'),
    attempts: kept ? 1 : undefined,
  };
  let json;
  try {
    json = new TextDecoder().decode(await download(url, LARGEST_MANIFEST, options));
  } catch (error) {
    if (!kept) throw error;
    json = kept;
  }
  return { manifest: parseManifest(json, url), json };
}

/**
 * Keeps a manifest and its weights for the next visit, and drops the weights that the same address had before. It is
 * called when they are in use: weights that this version of the program refuses must not replace those that work.
 *
 * @param {{ manifest: Manifest, json: string }} read
 * @param {import('./store.js').Store} store
 */
export async function keepAlone({ manifest: { url, shards }, json }, store) {
  if (json !== (await keptManifest(url, store))) await store.put(keyOf(url), json, '');
  await store.prune(
    url,
    shards.map(({ sha256 }) => sha256),
  );
}

/**
 * @param {string} json
 * @param {string} url  Where it came from; shards are named relative to it.
 * @returns {Manifest}
 */
export function parseManifest(json, url) {
  let value;
  try {
    value = JSON.parse(json);
  } catch {
    throw foreign(url, 'it is not JSON');
  }
  if (!Array.isArray(value?.shards) || value.shards.length === 0)
    throw foreign(url, 'it names no shards');
  const shards = value.shards.map((/** @type {any} */ shard) => {
    const { path, size, sha256 } = shard ?? {};
    if (typeof path !== 'string' || !URL.canParse(path, url))
      throw foreign(url, 'a shard has no path');
    if (!Number.isInteger(size) || size <= 0 || size > LARGEST_SHARD) {
      throw foreign(url, `${path} has no sensible size`);
    }
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256))
      throw foreign(url, `${path} has no checksum`);
    return { url: new URL(path, url).href, size, sha256: sha256.toLowerCase() };
  });
  const size = shards.reduce(
    (/** @type {number} */ sum, /** @type {Shard} */ shard) => sum + shard.size,
    0,
  );
  if (value.size !== undefined && value.size !== size)
    throw foreign(url, 'its sizes do not add up');
  return { ...value, name: String(value.name ?? 'model'), url, size, shards };
}

/**
 * @param {string} url
 * @param {string} why
 */
function foreign(url, why) {
  return new BionerError('model-manifest', `${url} does not describe a model: ${why}.`);
}
