// The server of the benchmark: isolated pages (so that threads work), and a count of what was sent.
//
//   /bioner/   the project's own page, module and model, by the project's own server; or several
//              checkouts, each under a path of its own
//   the rest   `folders`, kept by the browser for as long as the measurement lasts
import { createReadStream, existsSync, statSync } from 'node:fs';
import http from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createServer, listen, PROJECT_FOLDERS } from '../../scripts/serve.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * @param {Record<string, string>} folders  URL path prefix -> folder.
 * @param {Record<string, Record<string, string>>} [checkouts]  URL path prefix -> what the project's
 *   server takes.
 * @returns {Promise<{ origin: string, sent: () => number, close: () => void }>} `sent` gives the bytes
 *   of bodies sent since it was last asked.
 */
export async function serve(folders, checkouts = { '/bioner/': PROJECT_FOLDERS }) {
  const projects = new Map();
  for (const [prefix, paths] of Object.entries(checkouts))
    projects.set(prefix, await createServer(paths));
  let sent = 0;
  const server = http.createServer((request, response) => {
    const { write, end } = response;
    const count = (body) => {
      if (typeof body === 'string' || body instanceof Uint8Array) sent += Buffer.byteLength(body);
    };
    response.write = (...args) => {
      count(args[0]);
      return Reflect.apply(write, response, args);
    };
    response.end = (...args) => {
      count(args[0]);
      return Reflect.apply(end, response, args);
    };
    const [prefix, project] = [...projects].find(([path]) => request.url?.startsWith(path)) ?? [];
    if (prefix && project && request.url) {
      request.url = request.url.slice(prefix.length - 1);
      return project.emit('request', request, response);
    }
    answer(request, response, folders).catch(() => response.destroy());
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    origin: `http://localhost:${port}`,
    sent() {
      const bytes = sent;
      sent = 0;
      return bytes;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(request, response, folders) {
  const path = decodeURIComponent(request.url.split(/[?#]/, 1)[0]);
  const prefix = Object.keys(folders).find((candidate) => path.startsWith(candidate));
  const folder = prefix ? folders[prefix] : '';
  const file = prefix ? normalize(join(folder, path.slice(prefix.length))) : '';
  const inside = prefix && file.startsWith(folder + sep);
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-embedder-policy', 'require-corp');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  if (!inside || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
  response.setHeader('content-length', statSync(file).size);
  response.setHeader('cache-control', 'max-age=86400');
  response.writeHead(200);
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(file), response);
}
