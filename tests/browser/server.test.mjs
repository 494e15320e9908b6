// The development server, over plain HTTP.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { serve } from './helper.mjs';

const ROOT = new URL('../../', import.meta.url);
const { url } = await serve();

/** A request as written, without the tidying that fetch does to paths. */
function raw(path, { method = 'GET', headers = {}, base = url } = {}) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path, method, headers }, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({
        status: response.statusCode,
        headers: response.headers,
        body: Buffer.concat(chunks),
      });
    });
    request.on('error', reject).end();
  });
}

test('the page, the module and the model lie where the page looks for them', async () => {
  const types = {
    '/': 'text/html; charset=utf-8',
    '/client.js': 'text/javascript; charset=utf-8',
    '/style/controls.css': 'text/css; charset=utf-8',
    '/pkg/bioner.js': 'text/javascript; charset=utf-8',
    '/pkg/bioner_bg.wasm': 'application/wasm',
    '/models/default/manifest.json': 'application/json',
    '/icon.svg': 'image/svg+xml',
  };
  for (const [path, type] of Object.entries(types)) {
    const { status, headers } = await raw(path, { method: 'HEAD' });
    assert.equal(status, 200, path);
    assert.equal(headers['content-type'], type, path);
  }
  const page = await raw('/?from=here');
  assert.deepEqual(page.body, await readFile(new URL('www/index.html', ROOT)));
});

test('headers isolate the page and allow no foreign origin', async () => {
  for (const path of ['/', '/worker.js', '/pkg/bioner.js', '/nothing-here']) {
    const { headers } = await raw(path);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'.*connect-src 'self'.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /https?:|\*|unsafe-inline|'unsafe-eval'/);
  }
});

test('nothing outside the three folders is served', async () => {
  const paths = [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/pkg/../../package.json',
    '/models/%2e%2e/%2e%2e/Cargo.toml',
    '/..%5cpackage.json',
    '/.git/config',
    '/pkg/%00',
    '/%',
    '//etc/passwd',
    '/pkg',
  ];
  for (const path of paths) {
    const { status, body } = await raw(path);
    assert.ok(status === 400 || status === 404, `${path}: ${status}`);
    assert.ok(body.length < 40, path);
  }
});

test('only reading is allowed', async () => {
  const { status, headers } = await raw('/', { method: 'POST' });
  assert.equal(status, 405);
  assert.equal(headers.allow, 'GET, HEAD');
});

test('an unchanged file is not sent again', async () => {
  const first = await raw('/client.js');
  const again = await raw('/client.js', { headers: { 'if-none-match': first.headers.etag } });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test('ranges', async () => {
  const whole = (await raw('/client.js')).body;
  const range = (range) => raw('/client.js', { headers: { range } });
  const some = await range('bytes=10-19');
  assert.equal(some.status, 206);
  assert.equal(some.headers['content-range'], `bytes 10-19/${whole.length}`);
  assert.deepEqual(some.body, whole.subarray(10, 20));
  assert.deepEqual((await range('bytes=100-')).body, whole.subarray(100));
  assert.deepEqual((await range('bytes=-7')).body, whole.subarray(-7));
  assert.deepEqual((await range(`bytes=5-${whole.length * 2}`)).body, whole.subarray(5));
  assert.equal((await range(`bytes=${whole.length}-`)).status, 416);
  assert.equal((await range('bytes=0-1,5-6')).status, 200);
});

/** The command itself; resolves with what it printed, and how it ended if it did. */
async function start(env) {
  const child = spawn(process.execPath, ['scripts/serve.mjs'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  const said = { out: '', err: '' };
  child.stderr.on('data', (data) => (said.err += data));
  const exit = once(child, 'exit').then(([code]) => code);
  const line = once(child.stdout, 'data').then(([data]) => (said.out += data));
  return { child, said, exit, line };
}

test('npm start prints the address, and says when the port is taken', async () => {
  const first = await start({ PORT: '0' });
  const address = /^http:\/\/localhost:(\d+)\/\n$/.exec(await first.line);
  assert.ok(address, first.said.out);
  const [, port] = address;
  assert.equal((await fetch(address[0].trim())).status, 200);

  const second = await start({ PORT: port });
  assert.equal(await second.exit, 1);
  assert.match(second.said.err, new RegExp(`^Port ${port} is taken.*PORT=\\d+ npm start\\n$`));
  first.child.kill();

  const third = await start({ PORT: 'eighty' });
  assert.equal(await third.exit, 1);
  assert.match(third.said.err, /PORT must be a number/);
});
