// The review of a hundred documents with six thousand entities. They come from a saved review, so that the model need
// not read them.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { LOADED_MS, open, sentences, serve, settled } from './helper.mjs';

const DOCUMENTS = 100;
const MENTIONS =
  /\b(?:Aspirin|Metformin|Amiodarone|Ibuprofen|Lithium|Warfarin|Heparin|Cisplatin)\b|\b(?:headache|diabetes|hypothyroidism|gastric ulcer|tremor|stroke|thrombosis)\b/g;

/** A document of a saved review: 30 sentences with two entities each. Scores are all different. */
function saved(_, nth) {
  const text = sentences(30);
  const found = Array.from(text.matchAll(MENTIONS), ({ index, 0: words }, i) => ({
    start: index,
    end: index + words.length,
    type: /^[A-Z]/.test(words) ? 'Chemical' : 'Disease',
    text: words,
    score: 0.3 + (0.69 * ((i * 100 + nth * 37) % 6007)) / 6007,
  }));
  const raw = found
    .filter(({ type }) => type === 'Chemical')
    .map(({ start }) => ({ start, end: text.indexOf('.', start) + 1, text: '' }));
  const results = { types: ['Chemical', 'Disease'], format: 'compact', found, raw, total: 30 };
  return { name: `note-${nth + 1}`, text, state: 'done', results: { ...results, edit: {} } };
}
const documents = Array.from({ length: DOCUMENTS }, saved);
const ALL = documents.reduce((sum, { results }) => sum + results.found.length, 0);
const REVIEW = JSON.stringify({ format: 'bioner-review', version: 1, documents });

const { url } = await serve();
let tab, page;
before(
  async () => {
    tab = await open(url, { cores: 2 });
    ({ page } = tab);
    await tab.ready();
    await page.setInputFiles('#file', {
      name: 'review.json',
      mimeType: 'application/json',
      buffer: Buffer.from(REVIEW),
    });
    await page.getByText(`Review opened: ${DOCUMENTS} documents added.`).waitFor();
    await settled(page);
    await page.locator('#documents-review').click();
    await settled(page);
  },
  { timeout: LOADED_MS },
);

const progress = () => page.locator('#queue-progress').textContent();
const score = async () =>
  Number(/[\d.]+/.exec(await page.locator('.queue-score').textContent())[0]);
const elements = () => page.evaluate(() => document.querySelectorAll('dialog.queue *').length);
const press = async (key, times = 1) => {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
  await settled(page);
};

test('all are there, and only what is shown is in the page', async () => {
  assert.equal(ALL, 6000);
  assert.match(await progress(), /^0 of 6,000 entities decided, 6,000 left\. 0 of 100 documents/);
  assert.ok((await elements()) < 400, `${await elements()} elements`);
});

test('one after the other, from document to document, ever less doubtful', async () => {
  const places = new Set();
  let last = 0;
  for (let i = 0; i < 40; i++) {
    const now = await score();
    assert.ok(now >= last, `${last}, then ${now}`);
    last = now;
    places.add((await page.locator('.queue-where').textContent()).split(',')[0]);
    await page.keyboard.press(i % 3 ? 'a' : 'r');
  }
  await settled(page);
  assert.ok(places.size > 10, `${places.size} documents`);
  assert.match(await progress(), /^40 of 6,000 entities decided/);
  assert.ok((await elements()) < 400, `${await elements()} elements`);
});

test('thousands at once, in one step, and kept', { timeout: LOADED_MS }, async () => {
  const lines = documents.flatMap(({ results }) => results.found);
  const sure = lines.filter((one) => one.score >= 0.5).length;
  await page.locator('#queue-score').fill('0.5');
  const preview = await page.locator('.queue-preview').textContent();
  assert.equal(preview, `${sure.toLocaleString('en')} of 5,960 undecided, in 100 documents.`);
  await page.locator('.queue-bulk .plain-button').click();
  await settled(page);
  const done = (40 + sure).toLocaleString('en');
  assert.ok((await progress()).startsWith(`${done} of 6,000`), await progress());
  await press('u');
  assert.match(await progress(), /^40 of 6,000/);
  await press('Shift+U');
  await press('a');
  const after = await progress();
  await page.reload();
  await tab.ready();
  await settled(page);
  await page.locator('#documents-review').click();
  await settled(page);
  assert.equal(await progress(), after);
  assert.ok((await score()) < 0.5);
  // Also at a later visit there is a way back.
  await page.locator('.queue-take-back').click();
  await settled(page);
  assert.match(await progress(), /^41 of 6,000/);
  assert.equal(await page.locator('.queue-take-back').isVisible(), false);
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
