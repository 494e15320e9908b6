// Many documents: opened, worked on one by one, kept when the tab is closed, exported, deleted.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import {
  assertEntities,
  file,
  DONE_MS,
  hooks,
  LOADED_MS,
  open,
  sentences,
  serve,
  settled,
} from './helper.mjs';
import { readCsv } from './readers.mjs';

const { url } = await serve();
let tab, page;
before(
  async () => {
    tab = await open(url);
    ({ page } = tab);
    await tab.ready();
  },
  { timeout: LOADED_MS },
);

const rows = () => page.locator('#documents-body tr');
const add = (...files) => page.setInputFiles('#file', files);
const states = () => rows().evaluateAll((all) => all.map(({ dataset }) => dataset.state));

/** Says yes in the dialog that is open. */
const agree = () => page.locator('dialog .main-button').click();

async function download(button) {
  const [got] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: got.suggestedFilename(), content: await readFile(await got.path()) };
}

const JSONL = [
  'Aspirin caused gastric ulcer.',
  'Nothing of the kind.',
  'Metformin for diabetes. Diabetes is treated with metformin.',
]
  .map((text, i) => JSON.stringify({ id: `doc-${i + 1}`, text }))
  .join('\n');

test('one text goes into the box, and there is no list to be seen', async () => {
  await add(file('one.txt', 'Aspirin.'));
  await page.getByText('one.txt').waitFor();
  assert.equal(await tab.input.inputValue(), 'Aspirin.');
  assert.equal(await page.locator('#documents').isVisible(), false);
  await page.getByRole('button', { name: 'Clear' }).click();
});

test('a file of which nothing can be read is told, also beside others', async () => {
  await add(file('empty.txt', ' \n'));
  await page.getByText('There is no text in empty.txt').waitFor();
  await add(
    file('b.txt', 'Gout.'),
    file('c.ann', 'T1\tDisease 0 4\tGout\n'),
    file('d.txt', '%PDF-1.7'),
    file('e.csv', ''),
  );
  await rows().first().waitFor();
  assert.match(
    (await tab.status.textContent()) ?? '',
    /^1 document added; 3 problems are listed under the text/,
  );
  await page.locator('#problems summary').click();
  const told = (await page.locator('#problems-list li').allTextContents()).join('\n');
  assert.match(told, /d\.txt: This is not plain text\./);
  assert.match(told, /c\.ann: Its annotations are without their text/);
  assert.match(told, /e\.csv: There is no text in it\./);
  await page.locator('#language').click();
  assert.match(
    (await page.locator('#problems-list').textContent()) ?? '',
    /Ce n’est pas du texte brut/,
  );
  await page.locator('#language').click();
  await page.locator('#documents-clear').click();
  await agree();
  await rows().first().waitFor({ state: 'detached' });
});

test('JSON Lines: each line a document, results one by one, all of them counted', {
  timeout: DONE_MS,
}, async () => {
  await add(file('d.jsonl', `${JSONL}\nnot json\n`));
  await rows().nth(2).waitFor();
  assert.match(
    (await tab.status.textContent()) ?? '',
    /3 documents added; 1 problem is listed under the text/,
  );
  assert.match((await page.locator('#problems-list').textContent()) ?? '', /d\.jsonl, line 4/);
  assert.equal(await page.locator('.problem-detail').count(), 1);
  await page.locator('#language').click();
  assert.match(
    (await page.locator('#problems-list').textContent()) ?? '',
    /^d\.jsonl, ligne 4\s?: Ceci ne suit pas le format\.$/,
    'nothing in English',
  );
  await page.locator('#language').click();
  assert.deepEqual(await states(), ['waiting', 'waiting', 'waiting']);
  await tab.extract.click();
  await page.waitForSelector('#documents-body [data-state=done]', { timeout: DONE_MS });
  await tab.state('done', DONE_MS);
  await settled(page);
  assert.deepEqual(await states(), ['done', 'done', 'done']);
  assert.match((await tab.status.textContent()) ?? '', /^3 documents done, \d+ entities\.$/);
  assert.match((await page.locator('#documents-summary').textContent()) ?? '', /^3 of 3 done/);
  await rows().nth(2).click();
  await settled(page);
  assert.match((await page.locator('#results-of').textContent()) ?? '', /doc-3/);
  assert.ok((await hooks(tab.marks)).some(({ text }) => /metformin/i.test(text)));
});

test('a table: the column is asked for, with a guess in place', { timeout: DONE_MS }, async () => {
  const csv =
    'pmid,title,abstract\r\n21,Short,"Cisplatin caused ""hearing loss"", and more words."\r\n22,Also short,\r\n';
  await add(file('table.csv', csv, 'text/csv'));
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.equal(await dialog.locator('#column-text').inputValue(), '2');
  assert.match((await dialog.textContent()) ?? '', /21 Short\nCisplatin caused "hearing loss"/);
  assert.equal(await dialog.locator('#column-title').inputValue(), '1');
  await dialog.getByRole('button', { name: 'Take 2 documents' }).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await rows().count(), 3, 'declined: nothing is taken');
  await add(file('table.csv', csv, 'text/csv'));
  await dialog.locator('#column-title').selectOption({ label: 'None' });
  await dialog.getByRole('button', { name: 'Take 1 document' }).click();
  await rows().nth(3).waitFor();
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
});

test('all documents go out together, as they are shown', async () => {
  const jsonl = (await download('Download all documents as JSON Lines')).content
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    jsonl.map(({ id }) => id),
    ['doc-1', 'doc-2', 'doc-3', '21'],
  );
  const texts = JSONL.split('\n').map((line) => JSON.parse(line).text);
  for (const i of [0, 2]) assertEntities(jsonl[i].entities, texts[i], ['Chemical', 'Disease']);
  const csv = readCsv((await download('Download all documents as CSV')).content.toString());
  assert.equal(csv.length - 1, jsonl.flatMap(({ entities }) => entities).length);
  const zip = (await download('Download all documents as BRAT (zip)')).content;
  assert.equal(zip.subarray(0, 2).toString(), 'PK');
});

test('closed in the middle, nothing is lost: the rest goes on at the next visit', {
  timeout: 3 * LOADED_MS,
}, async () => {
  await add(...Array.from({ length: 5 }, (_, i) => file(`long-${i}.txt`, sentences(12))));
  await rows().nth(8).waitFor();
  await tab.extract.click();
  await page.waitForFunction(
    () => document.querySelectorAll('#documents-body [data-state=done]').length >= 5,
    null,
    { timeout: DONE_MS },
  );
  await page.reload();
  await tab.ready();
  await settled(page);
  const found = await states();
  assert.equal(found.length, 9);
  assert.ok(
    found.slice(0, 5).every((state) => state === 'done'),
    found.join(),
  );
  assert.ok(found.includes('waiting'), 'it was closed in the middle');
  assert.match((await tab.status.textContent()) ?? '', /documents? of your last visit wait/);
  await rows().first().click();
  await settled(page);
  assert.ok(
    (await tab.rows.count()) > 0,
    'what was found is there without the model having read it again',
  );
  await tab.extract.click();
  await tab.state('done', DONE_MS);
  await settled(page);
  assert.ok((await states()).every((state) => state === 'done'));
});

test('cancelled: the document in progress waits again, and the page goes on', {
  timeout: 2 * DONE_MS,
}, async () => {
  await add(file('a.txt', sentences(200)), file('b.txt', 'Aspirin for headache.'));
  await rows().nth(10).waitFor();
  await tab.extract.click();
  await page.waitForSelector('#documents-body [data-state=working] progress', { timeout: DONE_MS });
  await tab.cancel.click();
  await tab.ready();
  assert.match((await tab.status.textContent()) ?? '', /Cancelled. 2 documents wait/);
  await settled(page);
  assert.deepEqual((await states()).slice(9), ['waiting', 'waiting']);
  await rows().nth(9).getByRole('button', { name: 'Remove a.txt' }).click();
  await tab.extract.click();
  await tab.state('done', DONE_MS);
});

test('corrections are kept with the document', { timeout: 2 * LOADED_MS }, async () => {
  await rows().first().click();
  await settled(page);
  const before = await hooks(tab.rows);
  await tab.marks.first().focus();
  await page.keyboard.press('Delete');
  await settled(page);
  assert.equal(await tab.rows.count(), before.length - 1);
  await page.reload();
  await tab.ready();
  await rows().first().click();
  await settled(page);
  assert.equal(await tab.rows.count(), before.length - 1);
});

test('“Delete everything kept here” deletes everything', { timeout: LOADED_MS }, async () => {
  await page.locator('#theme').click();
  await page.getByRole('button', { name: 'Delete everything kept here' }).click();
  await page.locator('dialog').getByRole('button', { name: 'Cancel' }).click();
  assert.ok((await rows().count()) > 0, 'asked first');
  await page.getByRole('button', { name: 'Delete everything kept here' }).click();
  await agree();
  await page.getByText(/^Deleted:/).waitFor();
  assert.equal(await page.locator('#documents').isVisible(), false);
  const left = await page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    settings: Object.keys(localStorage),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  assert.deepEqual(left, { databases: [], caches: [], settings: [], workers: 0 });
  await tab.run('Aspirin for headache.');
  await page.reload();
  await tab.ready();
  assert.equal(await page.locator('#documents').isVisible(), false);
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
