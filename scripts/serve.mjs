// The page on this machine, with Node alone: `npm start`.
//
// The page's own folder is the root, and the built modules, the models and the vocabulary lie beside it, in
// the layout of the gathered site: /pkg/, /models/ and /vocabulary/. `node serve.mjs FOLDER` serves a gathered site.

import { createReadStream, existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const PROJECT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** URL path prefix -> folder. The longest prefix that fits counts. */
export const PROJECT_FOLDERS = {
  '/pkg/': path.join(PROJECT, 'pkg'),
  '/models/': path.join(PROJECT, 'models'),
  '/vocabulary/': path.join(PROJECT, 'vocabulary'),
  '/': path.join(PROJECT, 'www'),
};

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/**
 * A server, not yet listening.
 *
 * @param {Record<string, string>} [folders]
 * @returns {Promise<http.Server>}
 */
export async function createServer(folders = PROJECT_FOLDERS) {
  const headers = await securityHeaders(folders['/']);
  return http.createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(request, response, folders).catch((error) => {
      if (response.headersSent) return response.destroy();
      const status = error.status ?? 500;
      if (status === 500) console.error(error);
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...error.headers });
      response.end(`${status} ${http.STATUS_CODES[status]}\n`);
    });
  });
}

/**
 * The page's policy is written once, in its own meta tag. As a header it binds workers too, and it
 * can say what a meta tag cannot: who may frame the page.
 *
 * @param {string} page  The folder of index.html.
 */
export async function securityHeaders(page) {
  const html = await readFile(path.join(page, 'index.html'), 'utf8');
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1];
  if (!policy) throw new Error('index.html has no Content-Security-Policy');
  return {
    'content-security-policy': `${policy.replace(/\s+/g, ' ').trim()}; frame-ancestors 'none'`,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {Record<string, string>} folders
 */
async function answer(request, response, folders) {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw refusal(405, { allow: 'GET, HEAD' });
  if (/^\/shell\.js(?:\?|$)/.test(request.url ?? '')) {
    if (!existsSync(path.join(folders['/'], 'shell.js'))) return answerShell(response, folders);
  }
  const { file, info } = await locate(request.url ?? '/', folders);
  const tag = `"${info.size.toString(36)}-${Math.trunc(info.mtimeMs).toString(36)}"`;
  response.setHeader('etag', tag);
  response.setHeader('cache-control', 'no-cache'); // kept, and asked about: the tag makes that cheap
  response.setHeader('accept-ranges', 'bytes');
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) {
    response.writeHead(304).end();
    return;
  }
  response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
  const range = byteRange(request, info.size, tag);
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  response.setHeader('content-length', end - start + 1);
  if (range) response.setHeader('content-range', `bytes ${start}-${end}/${info.size}`);
  response.writeHead(range ? 206 : 200);
  if (request.method === 'HEAD' || info.size === 0) {
    response.end();
    return;
  }
  await pipeline(createReadStream(file, { start, end }), response).catch((error) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error; // the other side went away
  });
}

/**
 * The list for the service worker, which a gathered site has as a file.
 *
 * @param {http.ServerResponse} response
 * @param {Record<string, string>} folders
 */
async function answerShell(response, folders) {
  const { shellScript } = await import('./shell.mjs');
  response.setHeader('content-type', TYPES['.js']);
  response.setHeader('cache-control', 'no-cache');
  response.end(shellScript(folders));
}

/**
 * The file a URL stands for, inside its folder even after links are followed.
 *
 * @param {string} url
 * @param {Record<string, string>} folders
 */
async function locate(url, folders) {
  let pathname;
  try {
    pathname = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    throw refusal(400);
  }
  if (pathname.includes('\0') || pathname.includes('\\')) throw refusal(400);
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const prefix = prefixes.find((candidate) => pathname.startsWith(candidate));
  if (!prefix) throw refusal(400);
  const inside = pathname.slice(prefix.length);
  if (inside.split('/').some((part) => part.startsWith('.'))) throw refusal(404); // .., .git, .env
  try {
    const folder = await realpath(folders[prefix]);
    const wanted = path.join(
      folder,
      inside,
      inside === '' || inside.endsWith('/') ? 'index.html' : '',
    );
    const file = await realpath(wanted);
    const info = await stat(file);
    if (info.isFile() && file.startsWith(folder + path.sep)) return { file, info };
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (!['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(code)) throw error;
  }
  throw refusal(404);
}

/**
 * The one range asked for, or undefined for the whole file: also where several are asked for, or
 * the file is not the one the asker has begun with.
 *
 * @param {http.IncomingMessage} request
 * @param {number} size
 * @param {string} tag
 */
function byteRange({ headers }, size, tag) {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return undefined;
  if (headers['if-range'] && headers['if-range'] !== tag) return undefined;
  const [from, to] = [asked[1], asked[2]];
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start > end) throw refusal(416, { 'content-range': `bytes */${size}` });
  return { start, end };
}

/**
 * @param {number} status
 * @param {Record<string, string>} [headers]
 */
function refusal(status, headers) {
  return Object.assign(new Error(String(status)), { status, headers });
}

/**
 * @param {http.Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>} the port
 */
export function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () =>
      resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port),
    );
  });
}

async function main() {
  const asked = process.env.PORT || '8080';
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT must be a number from 0 to 65535, not "${asked}".`);
  }
  const folders = process.argv[2] ? { '/': path.resolve(process.argv[2]) } : PROJECT_FOLDERS;
  // This machine alone, under both its addresses, as either may be what "localhost" means.
  const [host, ...others] = process.env.HOST ? [process.env.HOST] : ['127.0.0.1', '::1'];
  const bound = await listen(await createServer(folders), port, host).catch((error) => {
    if (error.code === 'EADDRINUSE')
      throw new Error(`Port ${port} is taken. Choose another: PORT=${port + 1} npm start`);
    if (error.code === 'EACCES')
      throw new Error(`Port ${port} needs privileges. Choose another: PORT=8080 npm start`);
    throw error;
  });
  for (const other of others)
    await listen(await createServer(folders), bound, other).catch(() => {});
  console.log(`http://localhost:${bound}/`);
}

if (process.argv[1] && fileURLToPath(import.meta.url) === (await realpath(process.argv[1]))) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
