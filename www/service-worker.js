// Stores the page and the module on the device, so that both open without a network. The model's worker stores the
// weights; which weights belong to this version is said by their manifest, which is stored here.
//
// This is a classic script, because not every browser runs a module as a service worker. The list of files and
// checksums is shell.js, which scripts/shell.mjs writes. A change of any file changes shell.js, which makes the
// browser install this worker again. All files of a version are used together: a new version is used when the last
// page of the old one is closed.

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

/** Stores every file of this version. If one cannot be fetched, or is not the file listed, the version is not used. */
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
 * The files that earlier versions have stored, by checksum. An update fetches only those that have changed.
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
  // The headers are stored too: the policies among them must apply offline as well.
  const headers = new Headers(response.headers);
  headers.set('x-bioner-sha256', sum);
  return new Response(bytes, { headers });
}

/** Drops what earlier versions have stored. */
async function dropOld() {
  const old = (await caches.keys()).filter(
    (key) => key.startsWith('bioner-page-') && key !== CACHE,
  );
  await Promise.all(old.map((key) => caches.delete(key)));
  // Pages that were opened before there was a service worker are of this version. They stay so: what they load later
  // comes from here, whatever the site has by then.
  if (!old.length) await scope.clients.claim();
}

/**
 * The file of the page that is requested, if it is one.
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
  try {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(ROOT + name);
    if (kept) return kept;
    // The cache has been emptied: it is filled again, unless the site has another version by now.
    const response = await download(name, files[name]);
    await cache.put(ROOT + name, response.clone());
    return response;
  } catch {
    return fetch(request);
  }
}
