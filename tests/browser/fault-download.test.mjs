// The model on a bad way into the page: cut anywhere, spoilt, refused its memory, frozen. The real model on the real
// page. What load.test.mjs has is not repeated.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, afterEach } from 'node:test';
import { gzipSync } from 'node:zlib';
import { launchProfile } from '../../scripts/chromium.mjs';
import { LOADED_MS, open, serve, whileFrozen } from './helper.mjs';

const site = await serve();
afterEach(() => site.mend());
const { shards } = JSON.parse(
  await readFile(new URL('../../models/default/manifest.json', import.meta.url), 'utf8'),
);
const shardOf = ({ url }) => shards.findIndex(({ path }) => url.endsWith(`/${path}`));
const bytesOf = (i) => readFile(new URL(`../../models/default/${shards[i].path}`, import.meta.url));
const first = ({ headers }) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
const languageButton = (page) => page.locator('#language');

/** Sends a file from a byte on, and ends the connection in order when so many bytes are sent. */
function sendUpTo(response, bytes, from, to, headers = {}) {
  response.writeHead(from ? 206 : 200, {
    'content-length': bytes.length - from,
    ...(from && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    ...headers,
  });
  response.write(bytes.subarray(from, to), () => response.socket?.end());
}

test('a download that is cut goes on with the next byte, wherever it is cut', {
  timeout: 2 * LOADED_MS,
}, async () => {
  // Shard 0: after its first byte, within, and before its last byte. Shard 1: before it begins. Shard 3: within, while
  // it is sent compressed, where the bytes that have arrived say nothing of those to come.
  const cuts = { 0: [1, 10_000_001, shards[0].size - 1], 1: [0], 3: [5_000_000] };
  const asked = [];
  const packed = gzipSync(await bytesOf(3), { level: 1 });
  site.spoil(async (request, response) => {
    const i = shardOf(request);
    if (i < 0) return false;
    asked.push([i, first(request)]);
    const cut = cuts[i]?.shift();
    if (cut === undefined) return false;
    if (cut === 0) return response.destroy();
    const isPacked = i === 3;
    const headers = isPacked ? { 'content-encoding': 'gzip' } : {};
    sendUpTo(response, isPacked ? packed : await bytesOf(i), first(request), cut, headers);
    return true;
  });
  const tab = await open(site.url);
  await tab.ready();
  const of = (i) => asked.filter(([shard]) => shard === i).map(([, from]) => from);
  const [start, ...resumed] = of(0);
  assert.equal(start, 0);
  for (const [nth, cut] of [1, 10_000_001, shards[0].size - 1].entries()) {
    // When a connection breaks, the browser drops what it has not handed out yet: on a busy machine a megabyte and more.
    const lost = cut - resumed[nth];
    assert.ok(lost >= 0 && lost < 1 << 22, `cut after ${cut} bytes, resumed at ${resumed[nth]}`);
  }
  assert.equal(resumed.length, 3);
  assert.deepEqual(new Set(of(1)), new Set([0]));
  assert.ok(of(1).length >= 2, 'the browser itself may have asked once more');
  assert.deepEqual(of(2), [0]);
  assert.deepEqual(of(3), [0, 0]);
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

test('wrong bytes are fetched once more; wrong again, the page says so, and trying again mends it', {
  timeout: 3 * LOADED_MS,
}, async () => {
  const asked = [];
  let wrong = { 0: 1, 1: Number.POSITIVE_INFINITY };
  site.spoil(async (request, response) => {
    const i = shardOf(request);
    if (i < 0) return false;
    asked.push(i);
    if (!(wrong[i]-- > 0)) return false;
    const bytes = await bytesOf(i);
    bytes[bytes.length - 1] ^= 1;
    return response.end(bytes);
  });
  const tab = await open(site.url);
  await tab.state('error');
  assert.deepEqual(asked, [0, 0, 1, 1], 'each of them twice, and then no more');
  const said = await tab.status.textContent();
  assert.match(
    said,
    /files are not the ones they should be. Try again; .* Code: model-checksum\.$/,
  );
  await languageButton(tab.page).click();
  assert.match(await tab.status.textContent(), /Réessayez ; .* Code : model-checksum\.$/);
  await languageButton(tab.page).click();
  wrong = {};
  await tab.page.getByRole('button', { name: 'Try again' }).click();
  await tab.ready();
  assert.deepEqual(asked.slice(4), [1, 2, 3, 4], 'shard 0 was sound and is kept');
  await tab.run('Aspirin for headache.');
  assert.ok((await tab.rows.count()) >= 2);
  await tab.context.close();
});

test('frozen in the middle of the download, and resumed', { timeout: 2 * LOADED_MS }, async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  let begun;
  const half = new Promise((resolve) => (begun = resolve));
  site.spoil(async (request, response) => {
    if (shardOf(request) !== 1) return false;
    const bytes = await bytesOf(1);
    response.writeHead(200, { 'content-length': bytes.length });
    response.write(bytes.subarray(0, 9_000_000), begun);
    await held;
    response.end(bytes.subarray(9_000_000));
    return true;
  });
  site.weights();
  const tab = await open(site.url);
  await half;
  await whileFrozen(tab.page, release);
  await tab.ready();
  assert.equal(site.weights().length, shards.length);
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

/** Memory refused by the browser itself: no memory of WebAssembly gets more pages of 64 kB than this. */
async function withPages(pages, check) {
  const context = await launchProfile('', {
    args: [`--js-flags=--wasm-max-mem-pages=${pages}`],
    headless: true,
  });
  after(() => context.close());
  const page = await context.newPage();
  await page.goto(site.url);
  await page.waitForSelector('[data-testid=status]:is([data-state=error], [data-state=ready])', {
    timeout: LOADED_MS,
  });
  await check(page);
  await context.close();
}

test('memory refused: a sentence says so, and what to do', {
  timeout: 3 * LOADED_MS,
}, async (t) => {
  const told = async (page) => {
    const status = page.getByTestId('status');
    assert.match(
      await status.textContent(),
      /^This tab does not get enough memory for the model\. Close other tabs .* Code: memory\.$/,
    );
    await languageButton(page).click();
    assert.match(
      await status.textContent(),
      /^Cet onglet n’obtient pas assez de mémoire .* Code : memory\.$/,
    );
    await page.locator('#retry').waitFor();
  };
  await t.test('while the weights are read', () => withPages(1000, told));
  await t.test('before there is any', () => withPages(8, told));
});
