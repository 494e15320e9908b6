// What the reader has decided is not thrown away without a question: neither with another text, nor with documents.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, file, hooks, LOADED_MS, openReady, serve, settled } from './helper.mjs';

const TEXT = 'Aspirin was given for headache. Metformin was given for diabetes.';

const { url } = await serve();
let tab, page;
before(
  async () => {
    tab = await openReady(url);
    ({ page } = tab);
    await tab.run(TEXT);
  },
  { timeout: LOADED_MS + DONE_MS },
);

const question = () => page.locator('dialog.dialog[open]');
const agree = () => question().locator('.main-button').click();
const decline = () => question().getByRole('button', { name: 'Cancel' }).click();
const rows = () => page.locator('#documents-body tr');
const back = () => page.getByRole('button', { name: 'Back to the pasted text' });
const marked = async () => (await hooks(tab.marks)).map(({ text }) => text);

/** Takes the first mark away. */
async function removeFirst() {
  await tab.marks.first().focus();
  await page.keyboard.press('Delete');
  await settled(page);
}

test('corrections stay where the text around them has changed', { timeout: DONE_MS }, async () => {
  assert.equal((await marked())[0], 'Aspirin');
  await removeFirst();
  await page.locator('#add-text').fill('was given');
  await page.locator('#add-as').selectOption('Disease');
  await page.locator('#add-text').press('Enter');
  await settled(page);
  await tab.input.fill(`Of today: ${TEXT}`);
  await tab.extract.click();
  await tab.marks.filter({ hasText: 'Metformin' }).and(page.locator('[data-start="42"]')).waitFor();
  await tab.state('done', DONE_MS);
  await settled(page);
  const now = await marked();
  assert.ok(!now.includes('Aspirin'), `${now}`);
  assert.equal(now.filter((text) => text === 'was given').length, 2, `${now}`);
});

test('those whose words have changed are asked for, and the others stay', {
  timeout: DONE_MS,
}, async () => {
  const before = await marked();
  await tab.input.fill(`Of today: ${TEXT.replace('Metformin was', 'Metformin is')}`);
  await tab.extract.click();
  await question().getByText('1 correction of yours is on words that have changed').waitFor();
  await question().getByText('The others are kept').waitFor();
  await decline();
  assert.deepEqual(await marked(), before, 'declined: the result stays');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'extract');
  await tab.extract.click();
  await agree();
  await tab.state('done', DONE_MS);
  await settled(page);
  const now = await marked();
  assert.ok(!now.includes('Aspirin'), `${now}`);
  assert.equal(now.filter((text) => text === 'was given').length, 1, `${now}`);
  const text = await tab.input.inputValue();
  await tab.input.fill(text.replace('Aspirin was given', 'Aspirine a été prise'));
  await page.locator('#language').click();
  await tab.extract.click();
  await question().getByText('2 de vos corrections portent sur des mots qui ont changé').waitFor();
  assert.doesNotMatch((await question().textContent()) ?? '', /autres/);
  await question().getByRole('button', { name: 'Annuler' }).click();
  await page.locator('#language').click();
});

test('another text begins without decisions and without a question', {
  timeout: DONE_MS,
}, async () => {
  const text = await page.evaluate(
    () => document.querySelector('[data-testid=annotated]').textContent,
  );
  await tab.run('Ibuprofen for fever.');
  assert.deepEqual(await marked(), ['Ibuprofen', 'fever']);
  await tab.run(text);
  assert.equal((await marked())[0], 'Aspirin');
});

test('documents do not take the place of the pasted text for good', {
  timeout: 2 * DONE_MS,
}, async () => {
  const before = await marked();
  assert.equal(await back().isVisible(), false);
  await page.setInputFiles('#file', [
    file('a.txt', 'Ibuprofen for fever.'),
    file('b.txt', 'Warfarin for stroke.'),
  ]);
  await rows().nth(1).waitFor();
  await page.getByRole('button', { name: 'Clear' }).click();
  await tab.extract.click();
  await tab.state('done', DONE_MS);
  await settled(page);
  assert.equal(await page.locator('#results-of').textContent(), 'a.txt');
  await back().click();
  await settled(page);
  assert.deepEqual(await marked(), before);
  assert.equal(await back().isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'results-title');
  await page.getByRole('button', { name: 'Undo' }).waitFor({ state: 'hidden' }); // it was extracted anew
  await rows().nth(1).click();
  await settled(page);
  assert.equal(await page.locator('#results-of').textContent(), 'b.txt');
  await page.getByLabel('Abbreviations').uncheck();
  await back().click();
  await settled(page);
  assert.deepEqual(await marked(), before);
  await page.getByLabel('Abbreviations').check();
});

test('a document with decisions is removed after a question, another one at once', async () => {
  const remove = (name) => page.getByRole('button', { name: `Remove ${name}` }).click();
  await rows().first().click();
  await settled(page);
  await removeFirst();
  const left = await marked();
  await remove('a.txt');
  await question().getByText('Remove a.txt with your decisions on it?').waitFor();
  await decline();
  await settled(page);
  assert.equal(await rows().count(), 2);
  assert.deepEqual(await marked(), left);
  await remove('b.txt');
  await settled(page);
  assert.equal(await question().count(), 0);
  assert.equal(await rows().count(), 1);
  await remove('a.txt');
  await agree();
  await rows().first().waitFor({ state: 'detached' });
});

test('a filter shows wherever it leaves something out of an export', {
  timeout: 2 * DONE_MS,
}, async () => {
  const read = async (id, text) => {
    await page.setInputFiles('#file', file(`${id}.jsonl`, JSON.stringify({ id, text })));
    await page.getByRole('button', { name: 'Extract from 1 document' }).click();
    await page.getByText(/^1 document done/).waitFor({ timeout: DONE_MS });
    await settled(page);
  };
  await read('c', TEXT);
  const disease = page.locator('#legend button', { hasText: 'Disease' });
  await rows().first().click();
  await settled(page);
  const ill = (await hooks(tab.marks)).filter(({ type }) => type === 'Disease').length;
  assert.ok(ill > 0);
  await disease.click();
  await tab.choose('Chemical');
  await read('d', 'Ibuprofen.');
  await rows().nth(1).click();
  await settled(page);
  assert.equal(await page.locator('#results-of').textContent(), 'd');
  assert.equal(await disease.getAttribute('aria-pressed'), 'false');
  const save = page.getByRole('button', { name: 'Download all documents as JSON Lines' });
  await Promise.all([page.waitForEvent('download'), save.click()]);
  const noun = ill === 1 ? 'entity' : 'entities';
  await page
    .getByText(`Saved as bioner.jsonl, without ${ill} ${noun} that the filters hide.`)
    .waitFor();
  await disease.click();
  await Promise.all([page.waitForEvent('download'), save.click()]);
  await page.getByText('Saved as bioner.jsonl.').waitFor();
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
