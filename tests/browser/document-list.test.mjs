// The list of documents while they are read: what does not change is left alone, so that neither memory nor the focus
// suffers, and what changes is shown.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, file, LOADED_MS, open, serve, settled } from './helper.mjs';

const DOCUMENTS = 20;
/** A row says that its document waits, that it is worked on, how much of it is read, and what was found. */
const LOOKS = 4;

const { url } = await serve();
let tab, page;
before(
  async () => {
    tab = await open(url);
    ({ page } = tab);
    await tab.ready();
    const lines = Array.from({ length: DOCUMENTS }, (_, i) =>
      JSON.stringify({
        id: `note-${i + 1}`,
        text: `Aspirin caused gastric ulcer in case ${i + 1}.`,
      }),
    );
    await page.setInputFiles('#file', file('notes.jsonl', lines.join('\n')));
    await rows()
      .nth(DOCUMENTS - 1)
      .waitFor();
    await settled(page);
  },
  { timeout: LOADED_MS },
);

const rows = () => page.locator('#documents-body tr');
const figures = () => page.locator('#documents-body .document-state').allTextContents();

test('a row is made anew only when it changes, and the focus stays in it', {
  timeout: DONE_MS,
}, async () => {
  await page.evaluate(() => {
    globalThis.made = 0;
    new MutationObserver((records) => {
      for (const { addedNodes } of records) globalThis.made += addedNodes.length;
    }).observe(document.querySelector('#documents-body'), { childList: true });
    globalThis.listening = 0;
    const { addEventListener, removeEventListener } = AbortSignal.prototype;
    AbortSignal.prototype.addEventListener = function (...given) {
      globalThis.listening++;
      addEventListener.apply(this, given);
    };
    AbortSignal.prototype.removeEventListener = function (...given) {
      globalThis.listening--;
      removeEventListener.apply(this, given);
    };
  });
  await rows()
    .nth(DOCUMENTS - 1)
    .locator('.document-remove')
    .focus();
  await page.locator('#documents-run').dispatchEvent('click'); // the focus stays in the list
  const focused = await page.waitForFunction(
    () =>
      document.querySelector('#documents-body [data-state=done]') && {
        button: document.activeElement?.className,
        of: document.activeElement?.closest('tr')?.rowIndex,
      },
    null,
    { timeout: DONE_MS },
  );
  assert.deepEqual(await focused.jsonValue(), { button: 'document-remove', of: DOCUMENTS });
  await tab.state('done', DONE_MS);
  await settled(page);
  assert.equal(await page.locator('#documents-body [data-state=done]').count(), DOCUMENTS);
  const made = await page.evaluate(() => globalThis.made);
  assert.ok(made >= DOCUMENTS && made <= LOOKS * DOCUMENTS, `${made} rows were made`);
  assert.equal(await page.locator('#documents-body .jump[tabindex="0"]').count(), 1);
});

test('nothing of a document goes on waiting for all of them to be cancelled', async () => {
  assert.equal(await page.evaluate(() => globalThis.listening), 0);
});

test('rows follow the language and the filters', async () => {
  const remove = rows().first().locator('.document-remove');
  assert.equal(await remove.getAttribute('aria-label'), 'Remove note-1');
  await page.locator('#language').click();
  await settled(page);
  assert.notEqual(await remove.getAttribute('aria-label'), 'Remove note-1');
  await page.locator('#language').click();
  await settled(page);
  assert.equal(await remove.getAttribute('aria-label'), 'Remove note-1');
  const before = await figures();
  await rows().first().click();
  await page.locator('#legend button').first().click();
  await settled(page);
  assert.notDeepEqual(await figures(), before);
  await page.locator('#legend button').first().click();
  await settled(page);
  assert.deepEqual(await figures(), before);
});

test('the one that is open is marked, and one that is removed goes', async () => {
  await rows().nth(2).click();
  await settled(page);
  const current = page.locator('#documents-body [aria-current]');
  assert.equal(await current.count(), 1);
  assert.match((await current.textContent()) ?? '', /note-3/);
  await rows().nth(1).locator('.document-remove').click();
  await settled(page);
  assert.equal(await rows().count(), DOCUMENTS - 1);
  assert.match((await rows().nth(1).textContent()) ?? '', /note-3/);
});

test('the button that starts the reading goes away, and the focus goes to the one that stops it', {
  timeout: DONE_MS,
}, async () => {
  const focused = (id) =>
    page.waitForFunction((wanted) => document.activeElement?.id === wanted, id);
  const again = page.locator('#documents-again');
  await again.focus();
  await page.keyboard.press('Enter');
  await again.waitFor({ state: 'hidden' });
  await focused('cancel');
  await page.keyboard.press('Escape');
  await focused('extract');
  const run = page.locator('#documents-run');
  await run.focus();
  await page.keyboard.press('Enter');
  await run.waitFor({ state: 'hidden' });
  await focused('cancel');
  await tab.state('done', DONE_MS);
  await focused('extract');
});

test('a document that fails says why, and is tried again by itself', {
  timeout: DONE_MS,
}, async () => {
  const row = () => page.locator('#documents-body [data-state=failed]');
  const line = JSON.stringify({ id: 'huge', text: 'Aspirin. '.repeat(120_000) });
  await page.setInputFiles('#file', file('huge.jsonl', line));
  await page.getByRole('button', { name: 'Extract from 1 document' }).click();
  await tab.state('done', DONE_MS);
  await row().getByText('Its text is longer than the 1,000,000 characters').waitFor();
  await page.locator('#language').click();
  await row().getByText('Son texte dépasse les 1 000 000 caractères').waitFor();
  await page.locator('#language').click();
  const again = page.getByRole('button', { name: 'Try 1 again' });
  await page.locator('#documents-again').waitFor(); // all of them can be worked on again, too
  await page.evaluate(() => {
    globalThis.tried = new Promise((resolve) => {
      new MutationObserver(resolve).observe(document.querySelector('[data-testid=status]'), {
        attributeFilter: ['data-state'],
      });
    });
  });
  await again.click();
  await page.evaluate(() => globalThis.tried.then(() => true));
  await tab.state('done', DONE_MS);
  assert.match((await tab.status.textContent()) ?? '', /^0 documents done, .* 1 failed\.$/);
  await row().waitFor();
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
