// The model on its way into the page: kept, verified, resumed, refused.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import test, { afterEach } from 'node:test';
import { until } from '../common/until.mjs';
import { file, inLibrary, LOADED_MS, open, openBlank, serve } from './helper.mjs';

const site = await serve();
afterEach(() => site.mend());
const manifest = JSON.parse(
  await readFile(new URL('../../models/default/manifest.json', import.meta.url), 'utf8'),
);
const shardBytes = (i) =>
  readFile(new URL(`../../models/default/${manifest.shards[i].path}`, import.meta.url));
const isShard = (request, i) => request.url.endsWith(`/${manifest.shards[i].path}`);
const isManifest = (request) => request.url.endsWith('/manifest.json');

/** Answers manifest.json with something else. */
const otherManifest = (body) =>
  site.spoil(
    (request, response) =>
      isManifest(request) && response.end(typeof body === 'string' ? body : JSON.stringify(body)),
  );

/** Puts a model on the site that is none, with a manifest that it agrees with. */
function otherModel() {
  const junk = Buffer.from('%PDF-1.7 not a model at all '.repeat(100));
  const shard = {
    path: 'junk.bin',
    size: junk.length,
    sha256: createHash('sha256').update(junk).digest('hex'),
  };
  otherManifest({ name: 'junk', size: junk.length, shards: [shard] });
  site.spoil((request, response) => request.url.endsWith('/junk.bin') && response.end(junk));
}

/** The code and message that loading fails with in the library, in a context of its own. */
async function failure(options = {}) {
  const tab = await openBlank(site.url);
  const caught = await inLibrary(
    tab.page,
    async ({ Bioner, BionerError }) => {
      const model = new URL('../models/default/', location.href);
      const module = new URL('../pkg/bioner.js', location.href);
      try {
        (await Bioner.load({ model, module })).close();
      } catch (error) {
        return { code: error.code, message: error.message, typed: error instanceof BionerError };
      }
    },
    options,
  );
  await tab.context.close();
  assert.ok(caught?.typed, 'loading fails with a BionerError');
  return caught;
}

test('a second visit downloads no weights, a new model’s shards replace the old', {
  timeout: 4 * LOADED_MS,
}, async (t) => {
  site.weights();
  const tab = await open(site.url);
  await tab.ready();
  assert.equal(site.weights().length, manifest.shards.length);
  await tab.page.reload();
  await tab.ready();
  assert.deepEqual(site.weights(), []);

  await t.test('one kept shard is corrupt: only that one comes again', async () => {
    const { sha256 } = manifest.shards[1];
    await tab.page.evaluate(async (sha256) => {
      const cache = await caches.open('bioner');
      const request = (await cache.keys()).find(({ url }) => url.endsWith(sha256));
      const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
      bytes[1000] ^= 1;
      await cache.put(request, new Response(bytes));
    }, sha256);
    await tab.page.reload();
    await tab.ready();
    assert.equal(site.weights().length, 1);
    await tab.page.reload();
    await tab.ready();
    assert.deepEqual(site.weights(), [], 'and is kept again');
  });

  await t.test('it loads with the network down', async () => {
    site.spoil((request, response) => request.url.includes('/models/') && response.destroy());
    await tab.page.reload();
    await tab.ready();
  });

  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

test('a cut transfer is tried again, and what is whole is not fetched twice', {
  timeout: 2 * LOADED_MS,
}, async () => {
  let cuts = 0;
  site.spoil(async (request, response) => {
    if (!isShard(request, 1) || ++cuts > 2) return false;
    response.writeHead(200, { 'content-length': manifest.shards[1].size });
    // Not at once: of a connection that ends before its answer has begun, Chromium asks again by itself.
    response.write((await shardBytes(1)).subarray(0, 3_000_000), () =>
      setTimeout(() => response.destroy(), 300),
    );
    return true;
  });
  site.weights();
  const tab = await open(site.url);
  await tab.page.getByText(/attempt 2/).waitFor({ timeout: LOADED_MS });
  await tab.ready();
  assert.equal(site.weights().length, manifest.shards.length + 2);
  await tab.context.close();
});

test('a failed download is said, and trying again resumes', {
  timeout: 3 * LOADED_MS,
}, async () => {
  let failing = true;
  site.spoil(
    (request, response) => failing && isShard(request, 2) && response.writeHead(503).end(),
  );
  const tab = await open(site.url);
  await tab.state('error');
  assert.match((await tab.status.textContent()) ?? '', /could not be downloaded.*try again/i);
  site.weights();
  failing = false;
  await tab.page.getByRole('button', { name: 'Try again' }).click();
  await tab.ready();
  const again = site.weights();
  assert.ok(
    !again.some((url) => url.endsWith(manifest.shards[0].path)),
    'the first shard was kept',
  );
  assert.ok(again.some((url) => url.endsWith(manifest.shards[2].path)));
  await tab.context.close();
});

test('a slow download shows that it moves, and a text waits for the model', {
  timeout: 2 * LOADED_MS,
}, async () => {
  let slow = true;
  site.spoil(async (request, response) => {
    if (!isShard(request, 0)) return false;
    const bytes = await shardBytes(0);
    response.writeHead(200, { 'content-length': bytes.length });
    for (let at = 0; at < bytes.length; at += 1 << 19) {
      response.write(bytes.subarray(at, at + (1 << 19)));
      if (slow) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    response.end();
    return true;
  });
  const tab = await open(site.url);
  const note = tab.page.locator('#progress-note');
  const notes = new Set();
  await until(async () => notes.add(await note.textContent()).size >= 4, 'a note that moves');
  await tab.input.fill('Aspirin for headache.');
  await tab.extract.click();
  assert.equal(await tab.status.getAttribute('data-state'), 'loading');
  await tab.page.getByText('Your text is next.').waitFor();
  slow = false;
  await tab.state('done', LOADED_MS);
  await tab.context.close();
});

test('documents wait for the model as a text does, whatever is in the box', {
  timeout: 2 * LOADED_MS,
}, async () => {
  let go = () => {};
  const held = new Promise((resolve) => (go = resolve));
  site.spoil(async (request) => isShard(request, 0) && void (await held));
  const tab = await open(site.url);
  await tab.input.fill('Aspirin for headache.');
  await tab.page.setInputFiles('#file', [
    file('a.txt', 'Ibuprofen for fever.'),
    file('b.txt', 'Warfarin for stroke.'),
  ]);
  await tab.page.getByTestId('answer').getByText('2 documents added').waitFor();
  await tab.page.getByRole('button', { name: 'Extract from 2 documents' }).click();
  await tab.page.getByText('Your documents are next.').waitFor();
  go();
  await tab.state('done', LOADED_MS);
  assert.match((await tab.status.textContent()) ?? '', /^2 documents done/);
  site.mend();
  await tab.context.close();
});

test('weights that are not what the manifest says are refused', async () => {
  const spoilt = [
    (bytes) =>
      Buffer.concat([bytes.subarray(0, 5), Buffer.from([bytes[5] ^ 1]), bytes.subarray(6)]),
    (bytes) => bytes.subarray(0, bytes.length - 1),
    (bytes) => Buffer.concat([bytes, Buffer.from([0])]),
    () => Buffer.from('<!doctype html><title>Welcome</title>'),
  ];
  for (const change of spoilt) {
    site.spoil(
      async (request, response) => isShard(request, 0) && response.end(change(await shardBytes(0))),
    );
    const { code, message } = await failure();
    site.mend();
    assert.equal(code, 'model-checksum');
    assert.match(message, /shard|incomplete|changed/);
  }
});

test('a manifest that is none is refused', async () => {
  const { shards } = manifest;
  for (const body of [
    '',
    '<!doctype html>',
    '{}',
    '[]',
    'null',
    '{"shards":[]}',
    { ...manifest, size: 1 },
    { ...manifest, shards: [{ ...shards[0], sha256: 'abc' }] },
    { ...manifest, shards: [{ ...shards[0], size: -1 }] },
    { ...manifest, shards: [{ ...shards[0], size: 1e12 }] },
    { ...manifest, shards: [{ ...shards[0], path: undefined }] },
  ]) {
    otherManifest(body);
    const { code } = await failure();
    site.mend();
    assert.equal(code, 'model-manifest', JSON.stringify(body));
  }
});

test('sound bytes that are no model, or half a model, are refused by the engine', {
  timeout: LOADED_MS,
}, async () => {
  otherModel();
  const foreign = await failure();
  site.mend();
  assert.equal(foreign.code, 'model-file');

  otherManifest({ name: 'half', shards: manifest.shards.slice(0, 1) });
  const truncated = await failure();
  assert.equal(truncated.code, 'model-file');
});

test('weights that the engine refuses do not take the place of those that work', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const tab = await openBlank(site.url);
  const load = () =>
    inLibrary(tab.page, async ({ Bioner }) => {
      try {
        (await Bioner.load()).close();
        return 'loaded';
      } catch (error) {
        return error.code;
      }
    });
  assert.equal(await load(), 'loaded');
  otherModel();
  assert.equal(await load(), 'model-file');
  site.mend();
  site.spoil((request, response) => request.url.includes('/models/') && response.destroy());
  assert.equal(await load(), 'loaded', 'they are kept, and so is what says which they are');
  await tab.context.close();
});

test('a missing model and a missing module are told apart', { timeout: LOADED_MS }, async () => {
  site.spoil((request, response) => isManifest(request) && response.writeHead(404).end());
  assert.equal((await failure()).code, 'network');
  site.mend();
  site.spoil((request, response) => request.url.includes('/pkg/') && response.writeHead(404).end());
  assert.equal((await failure()).code, 'module');
  site.mend();
  site.spoil(
    (request, response) => request.url.endsWith('/worker.js') && response.writeHead(404).end(),
  );
  assert.equal((await failure()).code, 'module');
});

test('a worker that cannot be loaded is told on the page, and tried again', {
  timeout: 2 * LOADED_MS,
}, async () => {
  site.spoil(
    (request, response) => request.url.endsWith('/worker.js') && response.writeHead(404).end(),
  );
  const tab = await open(site.url);
  await tab.state('error');
  assert.match((await tab.status.textContent()) ?? '', /program itself could not be loaded/);
  site.mend();
  await tab.page.getByRole('button', { name: 'Try again' }).click();
  await tab.ready();
  await tab.context.close();
});

test('storage full: a warning, and everything works', { timeout: LOADED_MS * 2 }, async () => {
  const tab = await openBlank(site.url);
  const devtools = await tab.context.newCDPSession(tab.page);
  await devtools.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(site.url).origin,
    quotaSize: 10_000_000,
  });
  await tab.page.goto(site.url);
  await tab.ready();
  assert.match((await tab.page.locator('#warning').textContent()) ?? '', /could not be kept/);
  await tab.run('Aspirin for headache.');
  await tab.context.close();
});

test('no caches at all (a private window): a warning, and everything works', {
  timeout: LOADED_MS * 2,
}, async () => {
  const worker = await readFile(new URL('../../www/worker.js', import.meta.url), 'utf8');
  const denied = `Object.defineProperty(self, 'caches', { get() { throw new DOMException('denied', 'SecurityError'); } });\n`;
  site.spoil((request, response) => {
    if (!request.url.endsWith('/worker.js')) return false;
    response.setHeader('content-type', 'text/javascript');
    return response.end(denied + worker);
  });
  const tab = await open(site.url);
  await tab.ready();
  assert.match((await tab.page.locator('#warning').textContent()) ?? '', /could not be kept/);
  await tab.run('Aspirin for headache.');
  await tab.context.close();
});

test('what the browser lacks is said before anything is downloaded', async () => {
  const lacks = {
    'simd-missing': () => (WebAssembly.validate = () => false),
    'wasm-missing': () => delete globalThis.WebAssembly,
    'worker-missing': () => delete globalThis.Worker,
    'insecure-context': () => Object.defineProperty(crypto, 'subtle', { value: undefined }),
  };
  for (const [code, remove] of Object.entries(lacks)) {
    const tab = await openBlank(site.url);
    await tab.context.addInitScript(remove);
    site.weights();
    await tab.page.goto(site.url);
    await tab.state('error');
    const said = (await tab.status.textContent()) ?? '';
    assert.match(said, code === 'insecure-context' ? /https/ : /Firefox 114/, code);
    assert.deepEqual(site.weights(), [], code);
    const thrown = await inLibrary(tab.page, ({ Bioner }) =>
      Bioner.load().catch(({ code }) => code),
    );
    assert.equal(thrown, code);
    await tab.context.close();
  }
});

test('loading can be given up', async () => {
  const tab = await openBlank(site.url);
  const [name, after] = await inLibrary(tab.page, async ({ Bioner }) => {
    const controller = new AbortController();
    const model = new URL('../models/default/', location.href);
    const loading = Bioner.load({
      model,
      module: new URL('../pkg/bioner.js', location.href),
      signal: controller.signal,
    });
    let at = 0;
    setTimeout(() => {
      at = performance.now();
      controller.abort();
    }, 300);
    const error = await loading.catch((reason) => reason);
    return [error.name, performance.now() - at];
  });
  assert.equal(name, 'AbortError');
  assert.ok(after < 100, `${after} ms`);
  await tab.context.close();
});
