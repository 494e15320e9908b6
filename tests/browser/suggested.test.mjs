// Settings that come along with a text: the preset of an example, the types of a saved review. What the reader has
// chosen stays. And the notice above a result that was found with other settings.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import { documents } from '../../www/shared/documents.js';
import { DONE_MS, LOADED_MS, open, serve, settled, file } from './helper.mjs';

const typesOf = (name) =>
  documents()
    .inventory()
    .presets.find((preset) => preset.name === name).types;
const site = await serve();
// The types are there without the model, which here never comes.
const slow = await serve();
slow.spoil((request) => request.url.includes('/models/') && new Promise(() => {}));

const example = (page, name) => page.getByRole('button', { name, exact: true }).click();
const chosen = (page) =>
  page
    .getByTestId('types')
    .getByRole('checkbox')
    .evaluateAll((boxes) => boxes.filter(({ checked }) => checked).map(({ value }) => value));
const preset = (page) => page.getByTestId('preset').inputValue();
const hasPreset = (page, name) =>
  page.waitForFunction(
    (name) => document.querySelector('[data-testid=preset]').value === name,
    name,
  );
const kept = (page) => page.evaluate(() => localStorage.getItem('bioner-types'));
const offer = (page) => page.locator('#preset-offer');
const take = (page) => offer(page).getByRole('button');

test('an example sets the preset that fits it, as long as the reader has chosen no types', async () => {
  const { page, context, trouble } = await open(slow.url);
  assert.equal(await preset(page), 'literature');
  for (const [name, fits] of [
    ['Discharge note', 'note'],
    ['Trial eligibility', 'trial'],
    ['Abstract', 'literature'],
  ]) {
    await example(page, name);
    await hasPreset(page, fits);
    assert.deepEqual(await chosen(page), typesOf(fits));
    assert.equal(await offer(page).textContent(), ' ');
    assert.equal(await take(page).count(), 0);
  }
  assert.equal(await page.locator('#with-assertion').isChecked(), false);
  await example(page, 'Discharge note');
  await hasPreset(page, 'note');
  assert.equal(await page.locator('#with-assertion').isChecked(), true);
  assert.equal(await kept(page), null, 'nothing was chosen, so nothing is kept for the next visit');
  assert.deepEqual(trouble, []);
  await context.close();
});

test('types that the reader has chosen stay, and the preset is offered', async () => {
  const { page, context, trouble } = await open(slow.url);
  await page.getByTestId('types').getByLabel('Gene', { exact: true }).uncheck();
  const own = await chosen(page);
  await example(page, 'Discharge note');
  await offer(page).getByText('the preset “Clinical note”').waitFor();
  assert.deepEqual(await chosen(page), own);
  assert.match((await page.getByTestId('input').inputValue()) ?? '', /^DISCHARGE SUMMARY/);
  // In the other language too.
  await page.locator('#language').click();
  await offer(page).getByText('la sélection « Note clinique »').waitFor();
  await page.locator('#language').click();
  // Another text has no use for it.
  await page.getByTestId('input').fill('Gout.');
  await take(page).waitFor({ state: 'hidden' });
  await example(page, 'Trial eligibility');
  await take(page).click();
  await hasPreset(page, 'trial');
  assert.deepEqual(await chosen(page), typesOf('trial'));
  assert.equal(await take(page).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'preset');
  // The press was a choice: it is kept, and not changed unasked.
  assert.equal(JSON.parse(await kept(page)).preset, 'trial');
  await page.reload();
  await page.locator('.chip').first().waitFor();
  await example(page, 'Discharge note');
  await take(page).waitFor();
  assert.equal(await preset(page), 'trial');
  // Chosen from the menu, there is nothing left to offer.
  await page.getByTestId('preset').selectOption('note');
  await take(page).waitFor({ state: 'hidden' });
  assert.deepEqual(trouble, []);
  await context.close();
});

let tab, page, review;
before(
  async () => {
    tab = await open(site.url);
    ({ page } = tab);
    await tab.ready();
  },
  { timeout: LOADED_MS },
);

const stale = (where) => where.locator('#stale');
/** Opens the first document of the list. */
async function openFirst(where) {
  await where.locator('#documents-body tr').first().click();
  await settled(where);
}

test('the notice tells a changed text from other settings, and sets those of the result', {
  timeout: DONE_MS,
}, async () => {
  await page.getByTestId('preset').selectOption('safety');
  await tab.run('Amiodarone was followed by hypothyroidism.');
  assert.equal(await stale(page).isVisible(), false);
  await page.getByTestId('input').fill('Amiodarone was followed by tremor.');
  await stale(page).getByText('The text above has changed since').waitFor();
  assert.equal(await stale(page).getByRole('button').count(), 0);
  await page.getByTestId('input').fill('Amiodarone was followed by hypothyroidism.');
  await stale(page).waitFor({ state: 'hidden' });
  await page.getByTestId('preset').selectOption('note');
  await page.getByTestId('format').selectOption('json-records');
  await stale(page).getByText('found with other types or another output format').waitFor();
  await stale(page).getByRole('button', { name: 'Set those of this result' }).click();
  await stale(page).waitFor({ state: 'hidden' });
  assert.deepEqual(await chosen(page), typesOf('safety'));
  assert.equal(await preset(page), 'safety');
  assert.equal(await page.getByTestId('format').inputValue(), 'compact');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'extract');
});

test('a saved review is saved with its settings', { timeout: DONE_MS }, async () => {
  await tab.choose('Disease', 'AdverseEffect');
  await page.getByTestId('format').selectOption('inline-xml');
  await page.getByTestId('input').fill('');
  const lines = ['Gout was treated.', 'Tremor occurred.'].map((text, i) =>
    JSON.stringify({ id: `d${i}`, text }),
  );
  await page.setInputFiles('#file', file('d.jsonl', lines.join('\n')));
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
  await settled(page);
  await page.locator('#documents-review').click();
  const [got] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('dialog.queue [data-save=review]').click(),
  ]);
  review = await readFile(await got.path(), 'utf8');
  assert.deepEqual(JSON.parse(review).documents[0].results.types, ['Disease', 'AdverseEffect']);
});

test('a document whose result is of other settings can be read again by itself', {
  timeout: DONE_MS,
}, async () => {
  await page.locator('dialog.queue').press('Escape');
  await tab.choose('Disease');
  await openFirst(page);
  const line = (await stale(page).textContent()) ?? '';
  assert.doesNotMatch(line, /Extract again/, 'that would extract from the text in the box');
  await stale(page).getByRole('button', { name: 'Extract from this document again' }).click();
  await page.getByText(/^1 document done/).waitFor();
  await settled(page);
  assert.equal(await stale(page).isVisible(), false);
  assert.equal(await page.locator('#results-of').textContent(), 'd0');
  await page.locator('#documents-body tr').nth(1).click();
  assert.equal(await stale(page).isVisible(), true, 'the other one is as it was');
});

test('opened elsewhere, a review sets its types and format: nobody has changed anything', {
  timeout: LOADED_MS,
}, async () => {
  const other = await open(site.url);
  await other.ready();
  await other.page.setInputFiles('#file', file('bioner-review.json', review));
  await other.page.getByText('Review opened: 2 documents added.').waitFor();
  await openFirst(other.page);
  assert.deepEqual(await chosen(other.page), ['Disease', 'AdverseEffect']);
  assert.equal(await other.page.getByTestId('format').inputValue(), 'inline-xml');
  assert.equal(await stale(other.page).isVisible(), false);
  assert.equal(await kept(other.page), null);
  assert.deepEqual(other.trouble, []);
  await other.context.close();
});

test('a choice of the reader’s stays when a review is opened, and its settings are offered', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const other = await open(site.url);
  await other.ready();
  await other.page.getByTestId('preset').selectOption('note');
  await other.page.setInputFiles('#file', file('bioner-review.json', review));
  await other.page.getByText('Review opened: 2 documents added.').waitFor();
  await openFirst(other.page);
  assert.deepEqual(await chosen(other.page), typesOf('note'));
  await stale(other.page).getByRole('button', { name: 'Set those of this result' }).click();
  await stale(other.page).waitFor({ state: 'hidden' });
  assert.deepEqual(await chosen(other.page), ['Disease', 'AdverseEffect']);
  // At the next visit, before the model is there.
  site.spoil((request) => request.url.includes('/models/') && new Promise(() => {}));
  await other.page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await other.page.reload();
  await other.page.locator('#documents-body tr').first().waitFor();
  await openFirst(other.page);
  assert.equal(await stale(other.page).isVisible(), false);
  site.mend();
  assert.deepEqual(other.trouble, []);
  await other.context.close();
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
