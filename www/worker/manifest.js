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

/**
 * Fetches the manifest, or falls back on the one of the last visit where the network is down.
 *
 * @param {string} url
 * @param {import('./store.js').Store} store
 * @param {(attempt: number) => void} onRetry
 * @returns {Promise<Manifest>}
 */
export async function readManifest(url, store, onRetry) {
  const key = `manifest?${encodeURIComponent(url)}`;
  const kept = await (await store.get(key))?.text();
  // Asked for at every visit (a few hundred bytes), so that better weights reach everybody.
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
  const manifest = parseManifest(json, url);
  if (json !== kept) await store.put(key, json, '');
  return manifest;
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
