// The page without a network: kept whole, opened again with the server gone, brought up to date; and
// the page for sceptics, whose numbers are the browser's own.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { createServer, PROJECT_FOLDERS } from '../../scripts/serve.mjs';
import { shellFiles } from '../../scripts/shell.mjs';
import { LOADED_MS, open, openBlank, serve } from './helper.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The list as the service worker gets it. */
async function listOf(url) {
  const script = await (await fetch(new URL('shell.js', url))).text();
  const self = {};
  new Function('self', script)(self);
  return self.SHELL;
}

test('the list names every file that the pages ask for, with its checksum', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const { url, requests } = await serve();
  const { files, version } = await listOf(url);
  assert.match(version, /^[0-9a-f]{16}$/);
  assert.deepEqual(files, shellFiles(PROJECT_FOLDERS));
  for (const [name, sum] of Object.entries(files)) {
    const body = Buffer.from(await (await fetch(new URL(name, url))).arrayBuffer());
    assert.equal(createHash('sha256').update(body).digest('hex'), sum, name);
  }
  requests.length = 0;
  const tab = await open(url, { serviceWorkers: 'block' });
  await tab.ready();
  await tab.page.goto(`${url}privacy.html`);
  await tab.ready();
  const asked = new Set(
    requests.map((path) => path.split('?')[0].slice(1)).filter((path) => !path.endsWith('.bin')),
  );
  assert.ok(asked.has('models/default/manifest.json'));
  for (const path of asked) {
    if (path !== '' && path !== 'service-worker.js') assert.ok(path in files, `${path} is kept`);
  }
  await tab.context.close();
});

test('with the server gone: reload, extract, change to the other page', {
  timeout: 4 * LOADED_MS,
}, async () => {
  let gone = false;
  const site = await serve();
  site.spoil((_request, response) => gone && response.destroy());
  const tab = await open(site.url);
  await tab.ready();
  gone = true;
  await tab.context.setOffline(true);
  site.requests.length = 0;
  await tab.page.reload();
  await tab.ready();
  await tab.page.getByRole('button', { name: 'Abstract' }).click();
  assert.match(await tab.input.inputValue(), /amiodarone/i);
  await tab.run('Aspirin for headache.');
  assert.ok((await tab.rows.count()) >= 2);
  await tab.page.goto(`${site.url}privacy.html`);
  await tab.ready();
  await tab.page.goto(site.url);
  await tab.ready();
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

test('ready, also where the browser does not tell that the service worker is installed', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const site = await serve();
  const tab = await openBlank(site.url);
  await tab.context.addInitScript(() => {
    Object.defineProperty(ServiceWorker.prototype, 'state', { get: () => 'installing' });
    ServiceWorker.prototype.addEventListener = () => {};
  });
  await tab.page.goto(site.url);
  await tab.ready();
  await tab.context.close();
});

test('a new version comes whole, and fetches only what has changed', {
  timeout: 4 * LOADED_MS,
}, async (t) => {
  const www = join(mkdtempSync(join(tmpdir(), 'bioner-www-')), 'www');
  t.after(() => rmSync(join(www, '..'), { recursive: true }));
  cpSync(join(ROOT, 'www'), www, { recursive: true });
  const site = await serve({ folders: { ...PROJECT_FOLDERS, '/': www }, at: '/bioner/' });
  const tab = await open(site.url);
  await tab.ready();
  const { version } = await listOf(site.url);
  const words = join(www, 'text', 'en.js');
  writeFileSync(words, readFileSync(words, 'utf8').replace('Extract entities', 'Find entities'));
  assert.notEqual((await listOf(site.url)).version, version);

  site.requests.length = 0;
  await tab.page.reload(); // still the old one, whole; meanwhile the new one is fetched
  await tab.ready();
  await tab.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration?.update();
    const worker = registration?.installing ?? registration?.waiting;
    if (worker?.state !== 'installing') return;
    await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
  });
  const fetched = site.requests.filter((path) => !/service-worker|shell|models/.test(path));
  assert.deepEqual(fetched, ['/bioner/text/en.js']);
  // The old one goes with its last page. This one is of the same origin, and not of the worker's scope.
  const next = await tab.context.newPage();
  next.setDefaultTimeout(LOADED_MS);
  site.spoil((request, response) => request.url === '/outside' && response.end('outside'));
  await next.goto(new URL('/outside', site.url).href);
  await tab.page.close();
  await next.waitForFunction(async (scope) => {
    const registration = await navigator.serviceWorker.getRegistration(scope);
    return !registration?.waiting && registration?.active?.state === 'activated';
  }, site.url);
  await next.goto(site.url);
  await next.getByRole('button', { name: 'Find entities' }).waitFor();
  assert.equal(
    (await next.evaluate(() => caches.keys())).filter((name) => name.startsWith('bioner-page-'))
      .length,
    1,
  );
  await tab.context.close();
});

test('a version goes with its weights, whatever the site has by now; the page says how to get the new ones', {
  timeout: 4 * LOADED_MS,
}, async () => {
  const site = await serve();
  const tab = await open(site.url);
  await tab.ready();
  site.spoil((request, response) => {
    if (!request.url.includes('/models/')) return false;
    const shard = { path: 'shard-000.bin', size: 3, sha256: '0'.repeat(64) };
    const isManifest = request.url.endsWith('/manifest.json');
    return response.end(isManifest ? JSON.stringify({ shards: [shard] }) : 'new');
  });
  await tab.page.reload();
  await tab.ready();
  await tab.run('Aspirin for headache.');

  await tab.page.evaluate(() => caches.delete('bioner')); // the browser has dropped the weights
  await tab.page.reload();
  await tab.state('error');
  const said = await tab.status.textContent();
  assert.match(said, /close all tabs of this page and open it again: .* Code: model-checksum\.$/);
  await tab.page.locator('#language').click();
  assert.match(
    await tab.status.textContent(),
    /fermez tous les onglets de cette page, puis rouvrez-la : .* Code : model-checksum\.$/,
  );
  site.mend();
  await tab.page.locator('#retry').click();
  await tab.ready();
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

test('extraction under a policy that forbids every request whatever', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const site = await createServer(PROJECT_FOLDERS);
  const { url, requests, spoil } = await serve();
  void site;
  const tab = await open(url);
  await tab.ready();
  // From now on any request fails the test, and the browser itself refuses what is not of this page.
  await tab.page.evaluate(() => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content =
      "connect-src 'none'; img-src 'none'; script-src 'none'; worker-src 'none'; style-src 'none'; font-src 'none'; frame-src 'none'";
    document.head.append(meta);
    globalThis.refused = [];
    addEventListener('securitypolicyviolation', (event) =>
      globalThis.refused.push(event.blockedURI),
    );
  });
  assert.equal(
    await tab.page.evaluate(() =>
      fetch('./app.js').then(
        () => 'sent',
        () => 'refused',
      ),
    ),
    'refused',
    'the policy is in force',
  );
  await tab.page.evaluate(() => (globalThis.refused.length = 0));
  tab.trouble.length = 0;
  requests.length = 0;
  spoil((_request, response) => response.destroy());
  await tab.context.route('**', (route) => route.abort());
  await tab.run('Selegiline-induced postural hypotension in two patients with asthma.');
  assert.ok((await tab.rows.count()) >= 2);
  assert.deepEqual(requests, []);
  assert.deepEqual(await tab.page.evaluate(() => globalThis.refused), []);
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

test('the page for sceptics: nothing while extracting, also offline; getting out is refused, and seen', {
  timeout: 3 * LOADED_MS,
}, async () => {
  const { url } = await serve();
  const tab = await open(`${url}privacy.html`);
  const count = (id) => tab.page.locator(`#${id}`).getAttribute('data-count').then(Number);
  await tab.ready();
  assert.ok((await count('page-loading')) > 5, 'the page’s own files are seen');
  assert.ok(
    (await count('worker-loading')) > 5,
    'the worker’s are too: the module and the weights',
  );
  await tab.extract.click();
  await tab.state('done');
  assert.match(
    (await tab.page.locator('#outcome').textContent()) ?? '',
    /^\d+ entities found, with 0 requests\.$/,
  );
  assert.ok((await tab.page.locator('#annotated mark').count()) >= 2);
  const focused = await tab.page.evaluate(() => document.activeElement?.id);
  assert.equal(focused, 'extract', 'the focus is back at the button that was pressed');
  await tab.context.setOffline(true);
  await tab.page.getByText('Your browser says: no network').waitFor();
  await tab.extract.click();
  await tab.page
    .getByText(/found without a network, with 0 requests/)
    .waitFor({ timeout: LOADED_MS });
  await tab.context.setOffline(false);
  assert.equal(await count('page-after'), 0);
  assert.equal(await count('worker-after'), 0);
  assert.deepEqual(tab.trouble, []);

  await tab.page.getByRole('button', { name: 'Try to send the text away' }).click();
  await tab.page.getByText(/^Not sent: both attempts failed/).waitFor();
  assert.equal(await count('page-refused'), 1);
  assert.equal(await count('worker-refused'), 1);
  assert.deepEqual([await count('page-foreign'), await count('worker-foreign')], [0, 0]);
  const asked = tab.trouble.filter(
    (line) => line.startsWith('asked') && !line.includes('example.com'),
  );
  assert.deepEqual(asked, []);
  await tab.context.close();
});

test('the page for sceptics says what is missing on a page that is not secure', async () => {
  const site = await serve();
  const tab = await openBlank(site.url);
  await tab.context.addInitScript(() => {
    for (const name of ['subtle', 'randomUUID'])
      Object.defineProperty(crypto, name, { value: undefined });
  });
  await tab.page.goto(`${site.url}privacy.html`);
  await tab.page.getByText(/opened over https/).waitFor();
  await tab.context.close();
});

test('the page for sceptics says what went wrong in words, in both languages', {
  timeout: 3 * LOADED_MS,
}, async () => {
  const site = await serve();
  site.poisonWorkers();
  const tab = await open(`${site.url}privacy.html`, { serviceWorkers: 'block' });
  const outcome = tab.page.locator('#outcome');
  const language = tab.page.locator('#language');
  await tab.ready();
  await tab.input.fill('POISON.');
  await tab.extract.click();
  await tab.state('error');
  assert.match(await outcome.textContent(), /^The model stopped unexpectedly, .* Code: crashed\.$/);
  await language.click();
  assert.match(
    await outcome.textContent(),
    /^Le modèle s’est arrêté de façon inattendue, .* Code : crashed\.$/,
  );
  await tab.input.evaluate((box) => (box.value = 'a'.repeat(1_000_001)));
  await tab.extract.click();
  assert.match(await outcome.textContent(), /^Le texte a 1\s000\s001 caractères/);
  await language.click();
  assert.match(await outcome.textContent(), /^The text has 1,000,001 characters/);
  await tab.context.close();
});

test('both pages carry the same policy', () => {
  const policy = (page) =>
    /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(
      readFileSync(join(ROOT, 'www', page), 'utf8'),
    )?.[1];
  assert.ok(policy('index.html'));
  assert.equal(policy('privacy.html'), policy('index.html'));
});

test('it can be installed: a manifest with icons of the sizes it says', async () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'www/manifest.webmanifest'), 'utf8'));
  for (const { src, sizes, type } of manifest.icons) {
    const bytes = readFileSync(join(ROOT, 'www', src));
    if (type !== 'image/png') continue;
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
  }
  assert.equal(manifest.start_url, './');
});

test('before the model the page can be used, and all but module and weights has less than 320 kB', {
  timeout: LOADED_MS,
}, async () => {
  const site = await serve();
  site.spoil((request) => request.url.includes('/models/') && new Promise(() => {})); // never comes
  const tab = await openBlank(site.url);
  const bodies = [];
  tab.page.on(
    'response',
    // The modules are WebAssembly and the code that is generated with it.
    (response) => !response.url().includes('/pkg/') && bodies.push(response.body().catch(() => '')),
  );
  await tab.page.goto(site.url);
  await tab.page.getByRole('button', { name: 'Abstract' }).click();
  await tab.choose('Disease');
  await tab.extract.click();
  await tab.page.getByText('Your text is next').waitFor();
  const total = (await Promise.all(bodies)).reduce((sum, body) => sum + body.length, 0);
  assert.ok(total > 100_000 && total < 320_000, `${total} bytes, before any compression`);
  await tab.context.close();
});
