// Nothing leaves: under the server's headers, and on a plain static host by the page's own policy.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { listen } from '../../scripts/serve.mjs';
import { until } from '../common/until.mjs';
import { LOADED_MS, open, serve, settled } from './helper.mjs';

const ROOT = new URL('../../', import.meta.url);

/** Another origin that would hear of anything that leaks. */
async function eavesdropper() {
  const heard = [];
  const server = http.createServer((request, response) => {
    heard.push(request.url);
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' })
      .end('heard');
  });
  const port = await listen(server, 0, '127.0.0.1');
  return { heard, url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

/** Tries to carry something out; which ways worked. */
const leak = async (url) => {
  const tries = {
    fetch: () => fetch(`${url}fetch`, { mode: 'no-cors' }),
    socket: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${url.replace('http', 'ws')}socket`);
        socket.onopen = resolve;
        socket.onerror = reject;
      }),
    script: () => import(`${url}script.js`),
    beacon: () => navigator.sendBeacon?.(`${url}beacon`, 'text') || Promise.reject(),
    image: () =>
      new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = resolve;
        image.onerror = reject;
        image.src = `${url}image.png`;
      }),
  };
  const worked = [];
  for (const [name, attempt] of Object.entries(tries)) {
    try {
      await attempt();
      worked.push(name);
    } catch {
      // as it should be
    }
  }
  return worked;
};

/** Page and worker cannot reach another origin, and the page does its work. */
async function holds(url) {
  const outside = await eavesdropper();
  const tab = await open(url);
  await tab.ready();
  await tab.run('Aspirin for headache.');
  assert.deepEqual(tab.trouble, []);
  const [worker] = tab.page.workers();
  assert.ok(worker, 'the model lives in a worker');
  await tab.page.evaluate(() => {
    globalThis.refused = [];
    addEventListener('securitypolicyviolation', ({ blockedURI }) =>
      globalThis.refused.push(blockedURI),
    );
  });
  await worker.evaluate(leak, outside.url);
  await tab.page.evaluate(leak, outside.url);
  // sendBeacon answers true before the policy is looked at: it is waited for that the browser refuses it.
  await tab.page.waitForFunction(() => globalThis.refused.some((uri) => uri.includes('beacon')));
  assert.deepEqual(outside.heard, []);
  outside.close();
  return tab;
}

test('the eavesdropper does hear what no policy forbids', async () => {
  const [here, outside] = [await eavesdropper(), await eavesdropper()];
  const tab = await open(here.url);
  await tab.page.evaluate(leak, outside.url);
  for (const way of ['fetch', 'script.js', 'beacon', 'image.png']) {
    await until(() => outside.heard.includes(`/${way}`), way);
  }
  here.close();
  outside.close();
  await tab.context.close();
});

test('under the server’s headers', { timeout: 2 * LOADED_MS }, async () => {
  const { url, requests } = await serve();
  const tab = await holds(url);
  assert.equal(await tab.page.evaluate(() => crossOriginIsolated), true);

  requests.length = 0;
  await tab.run('Ibuprofen for fever.');
  assert.deepEqual(requests, [], 'extraction asks for nothing');

  await tab.context.setOffline(true);
  await tab.run('Paracetamol for migraine.');
  assert.deepEqual(requests, []);
  await tab.context.close();
});

test('on a static host without headers, from a sub-path', { timeout: 2 * LOADED_MS }, async () => {
  const { url } = await serve({ at: '/some/where/deep/', bare: true });
  const tab = await holds(url);
  await tab.page.getByRole('button', { name: 'Discharge note' }).click();
  assert.match(await tab.input.inputValue(), /^DISCHARGE SUMMARY/);
  await tab.context.close();
});

test('the gathered site', { timeout: 2 * LOADED_MS }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bioner-site-'));
  try {
    const site = path.join(folder, 'site');
    const made = spawnSync(process.execPath, ['scripts/site.mjs', site], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(made.status, 0, made.stderr);
    const { url } = await serve({ folders: { '/': site }, at: '/bioner/', bare: true });
    const tab = await holds(url);
    await tab.context.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Everything that this origin has on the device. */
async function everythingStored() {
  const databases = {};
  for (const { name } of await indexedDB.databases()) {
    const resultOf = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await resultOf(indexedDB.open(name));
    databases[name] = {};
    for (const store of database.objectStoreNames)
      databases[name][store] = await resultOf(
        database.transaction(store).objectStore(store).getAll(),
      );
    database.close();
  }
  const cached = {};
  for (const name of await caches.keys())
    cached[name] = (await (await caches.open(name)).keys()).map(({ url }) => url);
  return {
    databases,
    caches: cached,
    local: { ...localStorage },
    session: { ...sessionStorage },
    cookie: document.cookie,
  };
}

test('what is stored is what SECURITY.md says, and a text in the box is not', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const NAME = 'Quastelbury'; // stands for a patient's name
  const { url } = await serve();
  const tab = await open(url);
  const said = [];
  tab.page.on('console', (message) => said.push(message.text()));
  await tab.ready();
  await tab.run(`${NAME} took aspirin for headache.`);
  await tab.page.locator('#theme').click();
  await tab.page.locator('#language').click();
  const file = (name, content) =>
    tab.page.setInputFiles('#file', {
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    });
  await file('broken.json', `[{"text": "${NAME} has`);
  await tab.page.locator('#problems-list li').first().waitFor({ state: 'attached' });
  await settled(tab.page);
  const { databases, ...kept } = await tab.page.evaluate(everythingStored);
  assert.ok(!JSON.stringify({ databases, kept }).includes(NAME), 'the text is not kept');

  const security = readFileSync(new URL('SECURITY.md', ROOT), 'utf8');
  const table = security.slice(security.indexOf('| page |'), security.indexOf('| extension |'));
  const told = [...table.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  const isTold = (name) =>
    told.some((one) => (one.endsWith('…') ? name.startsWith(one.slice(0, -1)) : name === one));
  const names = [databases, kept.caches, kept.local].flatMap((one) => Object.keys(one));
  assert.ok(names.length >= 4, `${names}`);
  for (const name of names) assert.ok(isTold(name), `${name} is not in SECURITY.md`);
  assert.deepEqual([kept.session, kept.cookie], [{}, '']);

  const line = JSON.stringify({ id: 'a', text: `${NAME} took ibuprofen.` });
  await file('two.jsonl', `${line}\n${line}\n`);
  await tab.page.locator('#documents-body tr').nth(1).waitFor();
  await settled(tab.page);
  const after = await tab.page.evaluate(everythingStored);
  assert.ok(JSON.stringify(after.databases).includes(NAME), 'documents of the list are');
  assert.ok(!JSON.stringify({ ...after, databases: {} }).includes(NAME), 'and there alone');
  assert.ok(!said.some((text) => text.includes(NAME)), `${said}`);
  await tab.context.close();
});
