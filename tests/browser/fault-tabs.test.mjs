// Two tabs at once, a reload in the middle of a queue, and a new version of the site while a tab is open: with the real
// model on the real page.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { after, before } from 'node:test';
import {
  DONE_MS,
  LOADED_MS,
  open,
  openBeside,
  openBlank,
  serve,
  settled,
  file,
} from './helper.mjs';

const site = await serve();
let a, b;
before(
  async () => {
    const blank = await openBlank(site.url);
    site.weights();
    [a, b] = await Promise.all([
      openBeside(blank.context, site.url),
      openBeside(blank.context, site.url),
    ]);
    await blank.page.close();
    await Promise.all([a.ready(), b.ready()]);
  },
  { timeout: 2 * LOADED_MS },
);
after(() => a.context.close());

const rows = ({ page }) => page.locator('#documents-body tr');
const states = (tab) => rows(tab).evaluateAll((all) => all.map(({ dataset }) => dataset.state));
const count = ({ page }, expected, selector = '') =>
  page.waitForFunction(
    ([expected, selector]) =>
      document.querySelectorAll(`#documents-body tr${selector}`).length === expected,
    [expected, selector],
    { timeout: DONE_MS },
  );
const agree = ({ page }) => page.locator('dialog .main-button').click();

test('two tabs that are opened together download the model once', () => {
  assert.equal(site.weights().length, 5);
});

test('what one tab adds, finds, corrects and removes, the other one shows', {
  timeout: 2 * DONE_MS,
}, async () => {
  await a.page.setInputFiles('#file', [
    file('a.txt', 'Aspirin for headache.'),
    file('b.txt', 'Metformin for diabetes.'),
  ]);
  await count(b, 2);
  await b.extract.click();
  await b.state('done', DONE_MS);
  await count(a, 2, '[data-state=done]');
  await rows(b).first().click();
  await b.marks.first().waitFor();
  await rows(a).first().click();
  await a.marks.first().waitFor();
  const found = await a.marks.count();
  assert.ok(found >= 2);
  await a.marks.first().focus();
  await a.page.keyboard.press('Delete');
  await b.page.waitForFunction(
    (left) => document.querySelectorAll('[data-testid=annotated] [data-type]').length === left,
    found - 1,
  );
  // The next thing that the other tab stores must not bring back what is gone.
  await b.marks.first().focus();
  await b.page.keyboard.press('Delete');
  await settled(b.page);
  await rows(a).last().getByRole('button', { name: 'Remove b.txt' }).click();
  await count(b, 1);
  await b.page.reload();
  await b.ready();
  await settled(b.page);
  assert.deepEqual(await states(b), ['done']);
  await rows(b).first().click();
  await settled(b.page);
  assert.equal(await b.marks.count(), found - 2, 'both corrections are there');
});

test('both add at the same moment, and nothing of either is lost', async () => {
  const many = (prefix) => Array.from({ length: 40 }, (_, i) => file(`${prefix}${i}.txt`, 'Gout.'));
  for (const { page } of [a, b]) {
    await page.evaluate(() => {
      const now = Date.now();
      Date.now = () => Math.floor(now / 1e7) * 1e7; // the same for both
    });
  }
  await Promise.all([
    a.page.setInputFiles('#file', many('a')),
    b.page.setInputFiles('#file', many('b')),
  ]);
  await count(a, 81);
  await count(b, 81);
});

test('one tab removes everything: the other one does not bring it back', async () => {
  await a.page.getByRole('button', { name: 'Delete everything kept here' }).click();
  await agree(a);
  await a.page.getByText(/^Deleted:/).waitFor();
  await count(b, 0);
  const databases = () => b.page.evaluate(() => indexedDB.databases());
  assert.deepEqual(await databases(), [], 'that the other one looks creates none');
  await b.page.reload();
  await b.ready();
  assert.equal(await rows(b).count(), 0);
  assert.deepEqual(await databases(), [], 'nor does a visit');
});

test('reloaded in the middle of a queue of 50: nothing is lost, nothing comes twice', {
  timeout: 3 * DONE_MS,
}, async () => {
  await a.page.close();
  const texts = Array.from({ length: 50 }, (_, i) => `Aspirin for ${i} of headache.`);
  const lines = texts.map((text, i) => JSON.stringify({ id: `doc-${i}`, text })).join('\n');
  await b.choose('Chemical');
  await b.page.setInputFiles('#file', file('d.jsonl', lines));
  await b.page.getByText('50 documents added').waitFor();
  await b.page.reload(); // at once: what is said to be there is stored
  await b.ready();
  await count(b, 50, '[data-state=waiting]');
  await b.extract.click();
  await b.page.waitForFunction(
    () => document.querySelectorAll('#documents-body [data-state=done]').length >= 7,
    null,
    { timeout: DONE_MS },
  );
  await b.page.reload();
  await b.ready();
  const before = await states(b);
  assert.equal(before.length, 50);
  const finished = before.filter((state) => state === 'done').length;
  assert.ok(finished >= 7 && before.includes('waiting'), before.join());
  await b.page.evaluate(() => {
    globalThis.read = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.kind === 'extract') globalThis.read.push(message.text);
      return postMessage.call(this, message, ...rest);
    };
  });
  await b.extract.click();
  await b.state('done', DONE_MS);
  assert.match(await b.status.textContent(), new RegExp(`^${50 - finished} documents done`));
  assert.deepEqual(
    await b.page.evaluate(() => globalThis.read),
    texts.slice(finished),
    'what was done is not read again',
  );
  await settled(b.page);
  const [got] = await Promise.all([
    b.page.waitForEvent('download'),
    b.page.getByRole('button', { name: 'Download all documents as JSON Lines' }).click(),
  ]);
  const all = (await readFile(await got.path(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    all.map(({ id }) => id),
    texts.map((_, i) => `doc-${i}`),
  );
  for (const { entities } of all)
    assert.deepEqual(
      entities.map(({ text }) => text),
      ['Aspirin'],
    );
  assert.deepEqual(b.trouble, []);
});

/** The site as a new version that the page that is open knows nothing of: other scripts, another module, other weights. */
function replaceSite() {
  site.spoil((request, response) => {
    if (/\/models\/.*\.bin$/.test(request.url)) return response.end('other weights');
    if (!/\/(worker|pkg|client)\b|manifest\.json/.test(request.url)) return false;
    response.setHeader('content-type', 'text/javascript');
    return response.end('throw new Error("a new version")');
  });
}
const kill = async ({ page }) => {
  for (const worker of page.workers())
    await worker
      .evaluate(
        () =>
          void setTimeout(() => {
            throw new Error('killed');
          }),
      )
      .catch(() => {});
};

test('a new version of the site while a tab is open, at its first visit: the tab goes on with its own', {
  timeout: 3 * LOADED_MS,
}, async () => {
  await b.page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  });
  await b.page.reload();
  await b.ready();
  replaceSite();
  await kill(b);
  await b.run('Aspirin for headache.');
  assert.ok((await b.rows.count()) >= 1);
  site.mend();
  assert.deepEqual(b.trouble, []);
});

test('the same where the browser keeps nothing: the page says to reload it, and that helps', {
  timeout: 3 * LOADED_MS,
}, async () => {
  const tab = await open(site.url, { serviceWorkers: 'block', cores: 2 });
  await tab.ready();
  replaceSite();
  await kill(tab);
  await tab.input.fill('Aspirin for headache.');
  await tab.extract.click();
  await tab.state('error');
  assert.match(
    await tab.status.textContent(),
    /reload the page: there may be a new version of it\. Code: module\.$/,
  );
  await tab.page.locator('#language').click();
  assert.match(await tab.status.textContent(), /rechargez la page .* Code : module\.$/);
  site.mend();
  await tab.page.reload();
  await tab.ready();
  await tab.context.close();
});
