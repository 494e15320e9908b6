// What the service worker keeps so that the page opens without a network: a list of every file of
// the page and the module with its checksum, as the script shell.js. It is made from the files
// themselves wherever they are served or gathered, so that it cannot be out of date.
//
// The weights and the vocabulary have a store of their own. The manifest of the weights is in the list, so
// that a version of the page goes with the weights that it was published with. That of the vocabulary is
// not: it may first be wanted long after the page was stored, when the site has another one.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Not part of the opened page: types, notes, the list and its reader, what hosts read. */
const LEFT_OUT = [
  /\.d\.ts$/,
  /\.md$/,
  /^shell\.js$/,
  /^service-worker\.js$/,
  /^serve\.mjs$/,
  /^shell\.mjs$/,
  /\.txt$/,
  /\/sources\.json$/,
];
const OWN_STORE = /^(models|vocabulary)\//;
const MANIFEST = 'models/default/manifest.json';
const KEPT_ANYWAY = [/^examples\//];

/**
 * The files of the page below a folder, as paths with slashes, sorted.
 *
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? /** @type {any} */ (entry).path, entry.name).slice(
        folder.replace(/[/\\]$/, '').length + 1,
      ),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part.startsWith('_')))
    .sort();
}

/**
 * Every file's path in the site, and its SHA-256.
 *
 * @param {Record<string, string>} folders  URL path prefix -> folder, as for the server.
 * @returns {Record<string, string>}
 */
export function shellFiles(folders) {
  /** @type {Record<string, string>} */
  const files = {};
  for (const [prefix, folder] of Object.entries(folders).sort()) {
    for (const path of filesIn(folder)) {
      const url = prefix.slice(1) + path;
      if (OWN_STORE.test(url) && url !== MANIFEST) continue;
      if (
        LEFT_OUT.some((pattern) => pattern.test(url)) &&
        !KEPT_ANYWAY.some((pattern) => pattern.test(url))
      )
        continue;
      files[url] = createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex');
    }
  }
  return files;
}

/**
 * shell.js: the list, and a version that changes with any of its files.
 *
 * @param {Record<string, string>} folders
 */
export function shellScript(folders) {
  const files = shellFiles(folders);
  const version = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  return `// Written by scripts/shell.mjs: what service-worker.js keeps.\nself.SHELL = ${JSON.stringify({ version, files }, null, 2)};\n`;
}
