// Storage that is missing, full, emptied, blocked, newer or older than the page. Where only documents matter the model
// never comes; what load.test.mjs has of storage for the model is not repeated.

import assert from 'node:assert/strict';
import test, { afterEach } from 'node:test';
import { LOADED_MS, open, openBeside, openBlank, serve, settled, file } from './helper.mjs';

const site = await serve();
afterEach(() => site.mend());
/** Lets no weights through: the page is there, and the model is not. */
const withoutModel = () =>
  site.spoil((request) => request.url.includes('/models/') && new Promise(() => {}));

const note = (page) => page.locator('#documents-note');
const rows = (page) => page.locator('#documents-body tr');
const stored = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('bioner');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          database.onversionchange = () => database.close();
          const all = database.transaction('documents').objectStore('documents').getAll();
          all.onsuccess = () => {
            database.close();
            resolve(all.result);
          };
        };
      }),
  );
const addTwo = (page) =>
  page.setInputFiles('#file', [file('a.txt', 'Aspirin.'), file('b.txt', 'Gout.')]);

test('the browser has emptied all it kept: everything comes again, and is kept again', {
  timeout: 3 * LOADED_MS,
}, async () => {
  const tab = await open(site.url);
  await tab.ready();
  const kept = () =>
    tab.page.evaluate(async () => {
      const names = (await caches.keys()).sort();
      const counts = names.map(async (name) => (await (await caches.open(name)).keys()).length);
      return Promise.all(counts);
    });
  const before = await kept();
  site.weights();
  await tab.page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    await new Promise((resolve) => (indexedDB.deleteDatabase('bioner').onsuccess = resolve));
  });
  await tab.page.reload();
  await tab.ready();
  assert.equal(site.weights().length, 5);
  const again = await kept();
  assert.equal(again[0], before[0], 'the weights');
  assert.ok(again[1] > 100, `of the page, all that was asked for: ${again[1]} files`);
  await tab.page.reload();
  await tab.ready();
  assert.deepEqual(site.weights(), []);
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

const WITHOUT = {
  'there is no IndexedDB': () => {
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
  },
  'it may not be used': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
  },
  'it is broken': () => {
    IDBFactory.prototype.open = () => {
      const request = { error: new DOMException('broken', 'UnknownError') };
      setTimeout(() => request.onerror());
      return request;
    };
  },
  'it never answers': () => {
    IDBFactory.prototype.open = () => ({});
    const { setTimeout } = window;
    window.setTimeout = (work, delay, ...values) =>
      setTimeout(work, delay === 10_000 ? 50 : delay, ...values);
  },
};

for (const [what, remove] of Object.entries(WITHOUT)) {
  test(`${what} (a private window): the page says that nothing is kept`, async () => {
    withoutModel();
    const tab = await openBlank(site.url);
    await tab.context.addInitScript(remove);
    await tab.page.goto(site.url);
    await addTwo(tab.page);
    await note(tab.page).getByText('This browser keeps nothing here').waitFor();
    assert.equal(await rows(tab.page).count(), 2);
    await tab.page.locator('#language').click();
    assert.match(await note(tab.page).textContent(), /^Ce navigateur ne conserve rien ici/);
    assert.deepEqual(tab.trouble, []);
    await tab.context.close();
  });
}

test('without IndexedDB documents are read all the same', { timeout: 2 * LOADED_MS }, async () => {
  const tab = await openBlank(site.url);
  await tab.context.addInitScript(WITHOUT['it may not be used']);
  await tab.page.goto(site.url);
  await tab.ready();
  await addTwo(tab.page);
  await tab.extract.click();
  await tab.state('done');
  assert.match(await tab.status.textContent(), /^2 documents done/);
  await tab.context.close();
});

test('no room for documents: the page says so, and keeps them open', async () => {
  withoutModel();
  const tab = await openBlank(site.url);
  const { page } = tab;
  const devtools = await tab.context.newCDPSession(page);
  const { origin } = new URL(site.url);
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
  await page.goto(site.url);
  await addTwo(page);
  await note(page).getByText('Kept on this device').waitFor();
  await page.setInputFiles('#file', [
    file('c.txt', 'Gout. '.repeat(1e6)),
    file('d.txt', 'Asthma.'),
  ]);
  await note(page).getByText('This browser keeps nothing here').waitFor();
  assert.equal(await rows(page).count(), 4);
  await page.reload();
  await rows(page).nth(1).waitFor();
  assert.equal(await rows(page).count(), 2, 'what was there before is still there');
  await tab.context.close();
});

/** Makes a database as another version of the page would have. */
const makeDatabase = (page, version, stores, documents = []) =>
  page.evaluate(
    ({ version, stores, documents }) =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('bioner', version);
        request.onerror = () => reject(request.error);
        request.onupgradeneeded = () => {
          for (const [name, keyPath] of stores) request.result.createObjectStore(name, { keyPath });
          const store = request.transaction.objectStore('documents');
          for (const document of documents) store.add(document);
        };
        request.onsuccess = () => {
          globalThis.held = request.result; // an old version may not let go of it
          resolve();
        };
      }),
    { version, stores, documents },
  );
const DOCUMENTS = ['documents', 'key'];

test('a newer version has the database: this one says so, and touches nothing', async () => {
  withoutModel();
  const tab = await openBlank(site.url);
  await makeDatabase(tab.page, 3, [DOCUMENTS], [{ key: 'new', shape: 'unknown' }]);
  await tab.page.evaluate(() => globalThis.held.close());
  await tab.page.goto(site.url);
  await addTwo(tab.page);
  await note(tab.page).getByText('A newer version of this page has been opened').waitFor();
  await tab.page.locator('#language').click();
  assert.match(await note(tab.page).textContent(), /^Une version plus récente de cette page/);
  assert.deepEqual(await stored(tab.page), [{ key: 'new', shape: 'unknown' }]);
  await tab.context.close();
});

test('a tab of an old version does not let go of the database: the page does not wait for it', async () => {
  withoutModel();
  const tab = await openBlank(site.url);
  await makeDatabase(tab.page, 1, [DOCUMENTS]);
  await tab.context.addInitScript(() => {
    const { setTimeout } = window;
    window.setTimeout = (work, delay, ...values) =>
      setTimeout(work, delay === 10_000 ? 300 : delay, ...values);
  });
  const other = await openBeside(tab.context, site.url);
  await addTwo(other.page);
  await note(other.page).getByText('This browser keeps nothing here').waitFor();
  await tab.page.close();
  await other.page.setInputFiles('#file', [file('c.txt', 'Gout.'), file('d.txt', 'Asthma.')]);
  await rows(other.page).nth(3).waitFor();
  await settled(other.page);
  // Whether the first two are stored depends on when the old tab lets go.
  const names = (await stored(other.page)).map(({ name }) => name);
  assert.deepEqual(names.slice(-2), ['c.txt', 'd.txt'], 'it is tried again');
  await tab.context.close();
});

const TEXT = 'Aspirin caused gastric ulcer.';
const FOUND = [
  { start: 0, end: 7, type: 'Chemical', text: 'Aspirin', score: 0.9 },
  { start: 15, end: 28, type: 'Disease', text: 'gastric ulcer', score: 0.8 },
];
const RESULTS = {
  types: ['Chemical', 'Disease'],
  format: 'lines-grouped',
  found: FOUND,
  raw: [{ start: 0, end: 29, text: '' }],
  total: 1,
};
/** As the versions have stored them, one after the other; then what none has stored. */
const OLD = [
  { key: 1, name: 'waiting', text: TEXT, state: 'waiting' },
  {
    key: 2,
    name: 'first',
    text: TEXT,
    state: 'done',
    results: { ...RESULTS, edit: { removed: ['0:7:Chemical'], added: [] } },
  },
  { key: 3, name: 'failed', text: TEXT, state: 'failed', error: 'crashed' },
  {
    key: 4,
    name: 'with annotations',
    text: TEXT,
    titleEnd: 7,
    given: [FOUND[0]],
    givenTypes: ['Chemical'],
    state: 'done',
    results: {
      ...RESULTS,
      edit: { removed: [], added: [{ ...FOUND[0], start: 8, end: 14, text: 'caused' }] },
    },
  },
  {
    key: 5,
    name: 'decided',
    text: TEXT,
    state: 'waiting',
    edit: { removed: [], added: [], accepted: ['0:7:Chemical'], acceptedTogether: [], whole: true },
  },
  { key: 6, name: 'no text', state: 'waiting' },
  {
    key: 7,
    name: 'nothing found',
    text: TEXT,
    state: 'done',
    results: { ...RESULTS, found: null },
  },
];

test('documents of older versions are there, with corrections; what cannot be read stays as it is', async () => {
  withoutModel();
  const tab = await openBlank(site.url);
  const { page } = tab;
  await makeDatabase(page, 1, [DOCUMENTS], OLD);
  await page.evaluate(() => globalThis.held.close());
  await page.goto(site.url);
  await rows(page).nth(4).waitFor();
  await settled(page);
  const shown = await rows(page).evaluateAll((all) => all.map(({ dataset }) => dataset.state));
  assert.deepEqual(shown, ['waiting', 'done', 'failed', 'done', 'waiting']);
  const warning = page.locator('#warning');
  assert.match(
    await warning.textContent(),
    /^2 stored documents cannot be read: .*reload the page/,
  );
  await page.locator('#language').click();
  assert.match(await warning.textContent(), /^2 documents conservés ne peuvent pas être lus/);
  await page.locator('#language').click();
  const marksOf = async (nth) => {
    await rows(page).nth(nth).click();
    await tab.marks.first().waitFor();
    await settled(page);
    return tab.marks.allTextContents();
  };
  assert.deepEqual(await marksOf(1), ['gastric ulcer']);
  assert.deepEqual(await marksOf(3), ['Aspirin', 'caused', 'gastric ulcer']);
  await addTwo(page); // the vocabularies' store is there too, and new keys are above the old
  await rows(page).nth(6).waitFor();
  await settled(page);
  const now = await stored(page);
  assert.deepEqual(
    now.filter(({ key }) => key >= 6).slice(0, 2),
    OLD.slice(5),
    'damaged ones are not touched',
  );
  assert.deepEqual(now.at(-1).name, 'b.txt');
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});
