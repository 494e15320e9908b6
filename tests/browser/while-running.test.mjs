// While documents are read, what the reader does otherwise is answered, and leaves the reading alone.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, file, LOADED_MS, openReady, sentences, serve, settled } from './helper.mjs';

const { url } = await serve();
let tab, page;
before(
  async () => {
    tab = await openReady(url);
    ({ page } = tab);
    await page.setInputFiles('#file', [
      file('short.txt', 'Aspirin for headache.'),
      file('long.txt', sentences(900)),
    ]);
    await page.locator('#documents-run').click();
    await page.locator('#documents-body [data-state=done]').waitFor({ timeout: DONE_MS });
    await page.locator('#documents-body tr').first().click();
    await settled(page);
  },
  { timeout: LOADED_MS + DONE_MS },
);

const answer = () => page.getByTestId('answer');
const running = async () => {
  assert.equal(await tab.status.getAttribute('data-state'), 'working');
  assert.match((await tab.status.textContent()) ?? '', /^Document 2 of 2/);
};

test('refusals and results are said beside the progress', { timeout: DONE_MS }, async () => {
  await page.setInputFiles('#file', file('paper.pdf', '%PDF-1.7\n%\u0001\u0002'));
  await answer().getByText('paper.pdf is not plain text').waitFor();
  await running();
  await page.setInputFiles('#file', file('model.gguf', 'GGUF'));
  await answer().getByText('The model is at work').waitFor();
  await page.setInputFiles('#file', file('big.txt', 'x'.repeat(1_000_001)));
  await answer().getByText('The text has 1,000,001 characters').waitFor();
  await page.getByLabel('Another entity type').fill('a: b');
  await page.keyboard.press('Enter');
  await answer().getByText('cannot be the name').waitFor();
  await page.getByLabel('Another entity type').fill('');
  await page.locator('#add-text').fill('not in it');
  await page.locator('#add-text').press('Enter');
  await answer().getByText('“not in it” is not in the text').waitFor();
  assert.equal(await answer().getAttribute('class'), 'refusal');
  await page.locator('#language').click();
  await answer().getByText('« not in it » n’est pas dans le texte').waitFor();
  await page.locator('#language').click();
  await page.locator('#add-text').fill('for');
  await page.locator('#add-text').press('Enter');
  await answer().getByText('1 mention marked.').waitFor();
  assert.equal(await answer().getAttribute('class'), '');
  await page.getByRole('button', { name: 'Undo' }).click();
  await answer().getByText('Undone.').waitFor();
  await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download JSON', exact: true }).click(),
  ]);
  await answer().getByText('Saved as short.json.').waitFor();
  await running();
});

test('Escape closes what is open, and only then cancels', { timeout: DONE_MS }, async () => {
  await tab.marks.first().focus();
  await page.keyboard.press('Enter');
  await page.locator('#editor').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#editor').waitFor({ state: 'hidden' });
  await running();
  await tab.marks.first().hover();
  await page.locator('#tip').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#tip').waitFor({ state: 'hidden' });
  await running();
  await tab.marks.first().focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Remove short.txt' }).click();
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.setInputFiles('#file', file('table.csv', 'a,b\nAspirin was given,x\n', 'text/csv'));
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('#find').fill('aspirin');
  await page.locator('#find').press('Escape');
  assert.equal(await page.locator('#find').inputValue(), '');
  await running();
  await page.keyboard.press('Escape');
  await tab.state('ready', 5000);
  assert.match((await tab.status.textContent()) ?? '', /^Cancelled/);
});

test('that the model is at work is said only as long as it is', { timeout: DONE_MS }, async () => {
  await page.locator('#documents-run').click();
  await tab.state('working', 5000);
  await page.setInputFiles('#file', file('model.gguf', 'GGUF'));
  await answer().getByText('The model is at work').waitFor();
  await tab.cancel.click();
  await tab.state('ready', 5000);
  assert.equal(await answer().textContent(), '');
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
