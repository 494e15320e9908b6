// The interface's language: the browser's, then the reader's choice, changed in full flight.

import assert from 'node:assert/strict';
import test from 'node:test';
import { DONE_MS, LOADED_MS, open, serve, settled } from './helper.mjs';

const { url } = await serve();

test('French for a French browser; English at a press, everywhere and at once; and kept', {
  timeout: 3 * LOADED_MS + DONE_MS,
}, async () => {
  const tab = await open(url, { locale: 'fr-CA' });
  const { page } = tab;
  await tab.ready();
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  assert.match((await tab.status.textContent()) ?? '', /^Prêt/);
  assert.equal(await tab.extract.textContent(), 'Extraire les entités');
  assert.match((await page.title()) ?? '', /trouvées/);
  await tab.extract.click();
  await page.getByText('Il n’y a pas encore de texte').waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('There is no text yet').waitFor();
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByText('Il n’y a pas encore de texte').waitFor();
  await tab.run('Aspirin for headache. Ibuprofen for fever.');
  assert.match((await tab.status.textContent()) ?? '', /entités dans 2 phrases/);
  assert.match((await tab.rows.first().textContent()) ?? '', /[01],\d\d$/);

  await page.getByRole('button', { name: 'English' }).click();
  await settled(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.match((await tab.status.textContent()) ?? '', /entities in 2 sentences/);
  assert.match((await tab.rows.first().textContent()) ?? '', /[01]\.\d\d$/);
  assert.equal(await page.getByRole('columnheader', { name: 'Mention' }).count(), 1);
  assert.equal(await page.getByRole('button', { name: 'Download CSV' }).count(), 1);
  assert.equal(
    await tab.input.getAttribute('placeholder'),
    'Paste an abstract, a clinical note, a trial record…',
  );
  const body = await page.locator('body').innerText();
  assert.doesNotMatch(body.replace('Français', ''), /[éèçàê]/, 'no French is left');

  await page.reload();
  await tab.ready();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.goto(`${url}privacy.html`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.getByRole('button', { name: 'Français' }).click();
  await page
    .getByRole('heading', { name: 'Rien ne quitte cet onglet. Vérifiez-le vous-même.' })
    .waitFor();
  assert.deepEqual(tab.trouble, []);
  await tab.context.close();
});

test('English for every other browser', async () => {
  const tab = await open(url, { locale: 'de-DE' });
  assert.equal(await tab.page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await tab.extract.textContent(), 'Extract entities');
  await tab.context.close();
});
