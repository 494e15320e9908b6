// The status of mentions: shown in the text, the table and the card, filtered, corrected, kept.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import { DONE_MS, LOADED_MS, open, serve, settled } from './helper.mjs';
import { entityOf, exported, markOf, NOTE, readNote, rowOf } from './note.mjs';
import { AXE, assertSound } from './sound.mjs';

const site = await serve();
let tab, page;
before(
  async () => {
    tab = await open(site.url, { colorScheme: 'light', reducedMotion: 'reduce' });
    ({ page } = tab);
    await tab.ready();
  },
  { timeout: LOADED_MS },
);

/** Waits until the mark of these words has this status. */
const isNow = (words, status, nth) =>
  markOf(page, words, nth)
    .and(page.locator(`[data-status="${status}"]`))
    .waitFor();

test('off for literature, on for notes; a choice is kept for its preset and the next visit', async () => {
  const box = page.locator('#with-assertion');
  assert.equal(await box.isChecked(), false);
  for (const preset of ['note', 'trial', 'safety']) {
    await page.locator('#preset').selectOption(preset);
    assert.equal(await box.isChecked(), true, preset);
  }
  await box.uncheck();
  await page.locator('#preset').selectOption('note');
  assert.equal(await box.isChecked(), true);
  await page.locator('#preset').selectOption('safety');
  assert.equal(await box.isChecked(), false);
  await page.reload();
  await tab.ready();
  assert.equal(await page.locator('#preset').inputValue(), 'safety');
  assert.equal(await box.isChecked(), false);
  // Fewer types are no preset's; what was on stays on.
  await page.locator('#preset').selectOption('note');
  await tab.choose('Disease');
  assert.equal(await box.isChecked(), true);
});

test('marks, table and file say the same status, also of words marked by hand', {
  timeout: DONE_MS,
}, async () => {
  await readNote(tab);
  const expected = {
    'chest pain': ['absent', 'Absent', 'absent'],
    pneumonia: ['possible', 'Possible', 'possible'],
    stroke: ['historical', 'History', 'in the past'],
    fever: ['hypothetical', 'Hypothetical', 'hypothetical'],
  };
  for (const [words, [status, column, said]] of Object.entries(expected)) {
    await isNow(words, status);
    const mark = markOf(page, words);
    assert.equal(await mark.locator(`.status-icon[data-status="${status}"]`).count(), 1, words);
    const after = await mark.evaluate((one) => getComputedStyle(one, '::after').content);
    assert.ok(after.includes(said), `${words}: ${after} is read aloud`);
    assert.match((await rowOf(page, words).textContent()) ?? '', new RegExp(column));
  }
  await isNow('asthma', 'present');
  assert.equal(await markOf(page, 'asthma').locator('.status-icon').count(), 0);
  assert.match((await markOf(page, 'diabetes').getAttribute('data-status')) ?? '', /family/);
  const file = await exported(page);
  for (const { start, end, text, assertion, temporality, experiencer } of file) {
    assert.equal(text, NOTE.slice(start, end));
    assert.ok(assertion && temporality && experiencer, text);
  }
  assert.equal((await entityOf(page, 'chest pain')).assertion, 'absent');
  assert.equal((await entityOf(page, 'diabetes')).experiencer, 'family');
  assert.equal((await entityOf(page, 'stroke')).temporality, 'historical');
  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download CSV' }).click(),
  ]);
  const [head, ...lines] = (await readFile(await csv.path(), 'utf8')).split(/\r?\n/);
  assert.match(head, /assertion,temporality,experiencer/);
  assert.match(lines.find((line) => line.includes('chest pain')) ?? '', /absent,current,patient/);
});

test('statuses differ by more than colour', async () => {
  const looks = (words) =>
    markOf(page, words).evaluate((one) => {
      const { textDecorationLine, outlineStyle, backgroundColor } = getComputedStyle(one);
      return { textDecorationLine, outlineStyle, backgroundColor };
    });
  const none = 'rgba(0, 0, 0, 0)';
  const [absent, possible] = [await looks('chest pain'), await looks('pneumonia')];
  assert.deepEqual([absent.textDecorationLine, absent.backgroundColor], ['line-through', none]);
  assert.deepEqual([possible.outlineStyle, possible.backgroundColor], ['dotted', none]);
});

test('the tooltip says the status', async () => {
  await markOf(page, 'chest pain').hover();
  await page.locator('#tip').filter({ hasText: 'absent' }).waitFor();
});

test('an entry of the legend hides its status everywhere, and shows it again', async () => {
  const all = await exported(page);
  const entry = page.locator('#statuses').getByRole('button', { name: /^Absent/ });
  await entry.click();
  assert.equal(await entry.getAttribute('aria-pressed'), 'false');
  await settled(page);
  assert.equal(await markOf(page, 'chest pain').evaluate((one) => one.className), 'mark off');
  assert.equal(await rowOf(page, 'chest pain').count(), 0);
  const left = await exported(page);
  assert.deepEqual(
    left,
    all.filter(({ assertion }) => assertion !== 'absent'),
  );
  assert.ok(left.length < all.length);
  await entry.click();
  assert.deepEqual(await exported(page), all);
});

test('summaries can leave out what is not the patient’s', async () => {
  await page.getByLabel('Merge').check();
  const groups = page.locator('#groups-body');
  await groups.getByText('chest pain').waitFor();
  await page.getByLabel('Count only present').check();
  await settled(page);
  const names = (await groups.locator('.jump').allTextContents()).map((name) => name.toLowerCase());
  for (const words of ['chest pain', 'pneumonia', 'diabetes', 'fever'])
    assert.ok(!names.includes(words), words);
  assert.ok(names.includes('asthma') && names.includes('stroke'));
  await page.getByLabel('Count only present').uncheck();
  await page.getByLabel('Merge').uncheck();
});

test('the card changes a status, by keyboard too; undo takes it back', async () => {
  await markOf(page, 'chest pain').click();
  const card = page.locator('#editor');
  const present = card.getByRole('button', { name: 'Present' });
  assert.equal(await present.getAttribute('aria-pressed'), 'false');
  await present.click();
  await isNow('chest pain', 'present');
  await card.locator('[data-key=assertion-present][aria-pressed=true]').waitFor();
  assert.equal((await entityOf(page, 'chest pain')).assertion, 'present');
  await page.getByRole('button', { name: 'Undo' }).click();
  await isNow('chest pain', 'absent');
  await page.getByRole('button', { name: 'Redo' }).click();
  await isNow('chest pain', 'present');
  await page.getByRole('button', { name: 'Undo' }).click();
  await markOf(page, 'stroke').focus();
  await page.keyboard.press('Enter');
  for (let i = 0; i < 40; i++) {
    if (await page.evaluate(() => document.activeElement?.dataset.key === 'experiencer-family'))
      break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Space');
  await isNow('stroke', 'historical family');
  const focus = await page.evaluate(() => document.activeElement?.dataset.key);
  assert.equal(focus, 'experiencer-family', 'the focus stays in the card');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await isNow('stroke', 'historical');
});

test('other bounds keep what the reader has said', async () => {
  await markOf(page, 'chest pain').click();
  await page.locator('#editor').getByRole('button', { name: 'Possible' }).click();
  await isNow('chest pain', 'possible');
  await page.getByRole('button', { name: 'Begin a word later' }).click();
  await page
    .locator('[data-testid=annotated] mark[data-status="possible"]:text-is("pain")')
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await isNow('chest pain', 'absent');
});

test('axe finds nothing, with the card too', { timeout: LOADED_MS }, async () => {
  await page.evaluate(AXE);
  await assertSound(page, 'note');
  await page.setViewportSize({ width: 1440, height: 900 });
  await markOf(page, 'chest pain').click();
  await assertSound(page, 'card of a note');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('in French', async () => {
  await page.locator('#language').click();
  await settled(page);
  await page
    .locator('#statuses')
    .getByRole('button', { name: /^Famille/ })
    .waitFor();
  const after = await markOf(page, 'diabetes').evaluate(
    (one) => getComputedStyle(one, '::after').content,
  );
  assert.ok(after.includes('chez un parent'), after);
  assert.match((await rowOf(page, 'pneumonia').textContent()) ?? '', /Possible/);
  await page.locator('#language').click();
  await settled(page);
});

test('what was corrected stays when the text is read again', { timeout: DONE_MS }, async () => {
  await markOf(page, 'chest pain').click();
  await page.locator('#editor').getByRole('button', { name: 'Possible' }).click();
  await isNow('chest pain', 'possible');
  await page.keyboard.press('Escape');
  await tab.run(NOTE);
  await isNow('chest pain', 'possible');
  await markOf(page, 'chest pain').click();
  await page.locator('#editor').getByRole('button', { name: 'Absent' }).click();
  await isNow('chest pain', 'absent');
  await page.keyboard.press('Escape');
});

test('switched off nothing is left of it; switched on it is there again without the model', async () => {
  await page.getByLabel('Absent, possible, in the family…').uncheck();
  await markOf(page, 'chest pain').and(page.locator(':not([data-status])')).waitFor();
  await settled(page);
  assert.equal(await page.locator('#statuses').isVisible(), false);
  assert.equal((await entityOf(page, 'chest pain')).assertion, undefined);
  assert.equal(await page.locator('[data-column=status]').count(), 0);
  await page.getByLabel('Absent, possible, in the family…').check();
  await isNow('chest pain', 'absent');
});

test('a document keeps its statuses and what was corrected of them', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  const line = JSON.stringify({ id: 'note', text: NOTE });
  await page.setInputFiles('#file', {
    name: 'd.jsonl',
    mimeType: 'text/plain',
    buffer: Buffer.from(`${line}\n${JSON.stringify({ id: 'b', text: 'Gout.' })}`),
  });
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
  await page.locator('#documents-body tr').first().click();
  await settled(page);
  await page.locator('#add-text').fill('chest pain');
  await page.locator('#add-text').press('Enter');
  await isNow('chest pain', 'absent');
  await markOf(page, 'chest pain').click();
  await page.locator('#editor').getByRole('button', { name: 'Possible' }).click();
  await isNow('chest pain', 'possible');
  await settled(page);
  await page.reload();
  await tab.ready();
  await page.locator('#documents-body tr').first().click();
  await isNow('chest pain', 'possible');
  // What is hidden can be seen, and shown again, where there is nothing of it.
  const possible = page.locator('#statuses button[data-status=possible]');
  await possible.click();
  await page.locator('#documents-body tr').nth(1).click();
  await settled(page);
  assert.equal(await possible.isVisible(), true);
  assert.equal(await possible.getAttribute('aria-pressed'), 'false');
  await possible.click();
  await page.locator('#documents-body tr').first().click();
  await isNow('chest pain', 'possible');
  assert.deepEqual(tab.trouble, []);
});

test('without the module the entities are shown, and the page says what is missing', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  site.requests.length = 0;
  site.spoil((request, response) => {
    if (!request.url.includes('bioner_attributes')) return false;
    response.writeHead(404).end();
    return true;
  });
  const other = await open(site.url, { serviceWorkers: 'block' });
  await other.ready();
  const fetched = site.requests.filter((url) => url.includes('bioner_attributes'));
  assert.deepEqual(fetched, [], 'nothing is fetched for literature');
  await other.page.locator('#preset').selectOption('note');
  await other.run('She has asthma and denies chest pain.');
  await other.page.locator('#warning').filter({ hasText: 'module could not be loaded' }).waitFor();
  assert.ok((await other.marks.count()) > 0);
  site.mend();
  await other.run('She has asthma and denies chest pain, and diabetes.');
  await other.page.locator('#warning').waitFor({ state: 'hidden' });
  await other.page.locator('mark[data-status]').first().waitFor();
  await other.context.close();
});
