// Keeps the page and the module on the device, so that both open without a network. The weights are
// not its business: the model's worker keeps those itself.
//
// A classic script, because not every browser starts a module as a service worker. The list of files
// and checksums comes from shell.js, which scripts/shell.mjs writes; any change of a file changes
// shell.js, and so the browser installs this worker anew. The files of one version always come
// together: the new ones are used when the last page of the old version is closed.

/* global SHELL */
/** @type {any} */ (self).importScripts('./shell.js');

const { version, files } = /** @type {any} */ (self).SHELL;
const scope = /** @type {any} */ (self);
const CACHE = `bioner-page-${version}`;
const ROOT = new URL('./', self.location.href).href;

scope.addEventListener('install', (/** @type {any} */ event) => event.waitUntil(install()));
scope.addEventListener('activate', (/** @type {any} */ event) => event.waitUntil(dropOld()));
scope.addEventListener('fetch', (/** @type {any} */ event) => {
  const name = nameOf(event.request);
  if (name) event.respondWith(answer(event.request, name));
});

/** Every file is there and is what the list says, or none of this version is used. */
async function install() {
  const cache = await caches.open(CACHE);
  const known = await olderFiles();
  await Promise.all(
    Object.entries(files).map(async ([name, sha256]) => {
      const kept = known.get(sha256);
      const response = kept ? await kept() : await download(name, sha256);
      await cache.put(ROOT + name, response);
    }),
  );
}

/**
 * What earlier versions have kept, by checksum: an update fetches only what has changed.
 *
 * @returns {Promise<Map<string, () => Promise<Response>>>}
 */
async function olderFiles() {
  const found = new Map();
  for (const key of await caches.keys()) {
    if (!key.startsWith('bioner-page-')) continue;
    const cache = await caches.open(key);
    for (const request of await cache.keys()) {
      const sum = (await cache.match(request))?.headers.get('x-bioner-sha256');
      if (sum) found.set(sum, () => cache.match(request));
    }
  }
  return found;
}

/**
 * @param {string} name
 * @param {string} sha256
 */
async function download(name, sha256) {
  const response = await fetch(ROOT + name, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const bytes = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sum = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sum !== sha256) throw new Error(`${name} is not the file that shell.js names`);
  // With the headers it came with: the policies among them have to hold offline too.
  const headers = new Headers(response.headers);
  headers.set('x-bioner-sha256', sum);
  return new Response(bytes, { headers });
}

async function dropOld() {
  const old = (await caches.keys()).filter((key) => key.startsWith('bioner-page-') && key !== CACHE);
  await Promise.all(old.map((key) => caches.delete(key)));
}

/**
 * The file of the page a request asks for, if it is one.
 *
 * @param {Request} request
 */
function nameOf({ url, method, mode }) {
  if (method !== 'GET' || !url.startsWith(ROOT)) return undefined;
  const name = decodeURIComponent(url.slice(ROOT.length).split(/[?#]/, 1)[0]);
  if (mode === 'navigate' && name === '') return 'index.html';
  return name in files ? name : undefined;
}

/**
 * @param {Request} request
 * @param {string} name
 */
async function answer(request, name) {
  const kept = await (await caches.open(CACHE)).match(ROOT + name);
  return kept ?? fetch(request); // somebody has emptied the cache
}
