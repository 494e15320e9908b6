// Every format on the real page: in the menus, as a file, in both languages; and without the module that
// writes them.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import { contentOf } from '../../www/page/documents/read.js';
import { documents } from '../../www/shared/documents.js';
import { DONE_MS, hooks, LOADED_MS, open, serve, settled } from './helper.mjs';

const FORMATS = documents().exportFormats();
const TEXT =
  'Valproate for epilepsy.\nEpilepsy was treated with valproate, and\ngout with colchicine.';
/** Without a window, Chromium refuses the eleventh file that one visit saves in a row. */
const FILES_A_VISIT = 9;
const site = await serve();
let tab, page;
before(
  async () => {
    tab = await open(site.url);
    ({ page } = tab);
    await tab.ready();
    await tab.choose('Chemical', 'Disease');
  },
  { timeout: LOADED_MS },
);

/** Presses the button of a format, also where it is in the menu of the others. */
async function save(bar, format) {
  const button = page.locator(`${bar} .export-save[data-form="${format}"]`);
  if (!(await button.isVisible())) await page.locator(`${bar} .export-more summary`).click();
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test('one text in every format that there is', { timeout: DONE_MS }, async () => {
  await tab.run(TEXT);
  const marks = await hooks(tab.marks);
  assert.ok(marks.length >= 3);
  for (const [index, { name, extension }] of FORMATS.entries()) {
    if (index === FILES_A_VISIT) {
      await page.reload();
      await tab.ready();
      await tab.run(TEXT);
      assert.deepEqual(await hooks(tab.marks), marks);
    }
    const file = await save('#export', name);
    // A document's XMI goes with the file of its types.
    assert.equal(file.name, `bioner.${name === 'xmi' ? 'zip' : extension}`);
    const text = file.bytes.toString('utf8');
    if (!/^(pubtator|bioc-xml|bioc-json)$/.test(name)) continue;
    const read = contentOf(file.name, text);
    assert.deepEqual(read.problems, [], name);
    assert.deepEqual(
      read.documents[0].given.map(({ type, text: words }) => [type, words]),
      marks.map(({ type, text: words }) => [type, words]),
      name,
    );
  }
});

test('a text with carriage returns goes out with its annotations for brat', {
  timeout: DONE_MS,
}, async () => {
  const content = 'Valproate for epilepsy.\r\nGout was seen.\r\n';
  await page.setInputFiles('#file', {
    name: 'note.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(content),
  });
  await page.getByText('note.txt').first().waitFor();
  await tab.extract.click();
  await tab.state('done', DONE_MS);
  await settled(page);
  const { name, bytes } = await save('#export', 'brat');
  assert.equal(name, 'note.zip');
  const archive = bytes.toString('latin1');
  assert.ok(
    archive.includes('note.txt') && archive.includes('note.ann') && !archive.includes('\r\n'),
  );
});

test('many documents in every format that there is', { timeout: DONE_MS }, async () => {
  const lines = ['Lithium caused tremor.', 'Nothing here.', 'Aspirin for stroke.']
    .map((text, id) => JSON.stringify({ id, text }))
    .join('\n');
  await page.setInputFiles('#file', {
    name: 'three.jsonl',
    mimeType: 'text/plain',
    buffer: Buffer.from(lines),
  });
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
  await settled(page);
  for (const { name, extension, filesPerDocument } of FORMATS) {
    const file = await save('#export-all', name);
    assert.equal(file.name, `bioner.${filesPerDocument ? 'zip' : extension}`);
    if (!/^(pubtator|bioc-xml|bioc-json|json-lines|conll)$/.test(name)) continue;
    const text = file.bytes.toString('utf8');
    if (name === 'json-lines') assert.equal(text.trim().split('\n').length, 3);
    else assert.equal(contentOf(file.name, text).documents.length, 3, name);
  }
});

test('the menu: named in both languages, closed by Escape and by a press elsewhere', async () => {
  const names = () =>
    page
      .locator('#export .export-save')
      .evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
  assert.equal((await names()).length, FORMATS.length);
  assert.ok((await names()).includes('Download Web Annotation'));
  await page.getByRole('button', { name: 'Français' }).click();
  assert.ok((await names()).includes('Télécharger en BioC XML'));
  assert.equal(await page.locator('#export .export-more summary').textContent(), 'Autres formats');
  await page.getByRole('button', { name: 'English' }).click();
  const menu = page.locator('#export .export-more');
  if (await menu.evaluate((details) => details.open)) await page.mouse.click(5, 5);
  await menu.locator('summary').press('Enter');
  assert.equal(await menu.evaluate((details) => details.open), true);
  await page.keyboard.press('Escape');
  assert.equal(await menu.evaluate((details) => details.open), false);
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'summary');
  assert.equal(await tab.status.getAttribute('data-state'), 'done');
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});

test('where that module cannot be fetched, the model works, and files say why they do not', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  site.spoil((request, response) => {
    const refused = /bioner_documents_bg\.wasm/.test(request.url);
    if (refused) response.writeHead(404).end();
    return refused;
  });
  const poor = await open(site.url);
  await poor.ready();
  await poor.run('Aspirin for headache (HA-1).');
  assert.ok((await hooks(poor.marks)).some(({ text }) => text === 'Aspirin'));
  assert.equal(await poor.page.locator('#export button').count(), 0);
  await poor.page.setInputFiles('#file', {
    name: 'a.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Gout.'),
  });
  await poor.page.waitForSelector('[data-testid=status][data-state=error]');
  assert.match(await poor.status.textContent(), /could not be loaded/);
  site.mend();
  await poor.page.setInputFiles('#file', {
    name: 'a.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Gout.'),
  });
  await poor.page.getByText('a.txt').first().waitFor();
  assert.equal(await poor.input.inputValue(), 'Gout.', 'and the next attempt works');
  assert.deepEqual(poor.trouble, []);
  await poor.context.close();
});
