// Status and identifier of an entity where it is reviewed and where mentions are merged; and a table that is wider
// than its place.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, LOADED_MS, open, serve, settled } from './helper.mjs';
import { entityOf, markAll, NOTE } from './note.mjs';
import { AXE, assertSound } from './sound.mjs';

const site = await serve();
let tab, page, dialog, line;
before(
  async () => {
    tab = await open(site.url, { reducedMotion: 'reduce', serviceWorkers: 'block' });
    ({ page } = tab);
    dialog = page.locator('dialog.queue');
    line = dialog.locator('.queue-attributes');
    await tab.ready();
    await page.locator('#preset').selectOption('note');
    await tab.choose('Disease');
    await page.locator('#with-link').check();
    const buffer = Buffer.from(JSON.stringify({ id: 'note', text: NOTE }));
    await page.setInputFiles('#file', { name: 'd.jsonl', mimeType: 'text/plain', buffer });
    await page.locator('#documents-run').click();
    await tab.state('done', DONE_MS);
    await page.locator('#documents-body tr').first().click();
    await markAll(tab);
    // Attributes come a little after the entities.
    await page.locator('#entities .id-cell a').nth(4).waitFor();
    await settled(page);
  },
  { timeout: LOADED_MS + DONE_MS },
);

/** Shows the first mention of these words in the review. */
async function show(words) {
  await dialog.locator('.queue-context mark', { hasText: words }).first().click();
  await dialog.locator('.queue-mention', { hasText: words }).waitFor();
}
const statuses = () => line.locator('.status-name').allTextContents();
const choice = (name) => dialog.locator('.status-choice').getByText(name, { exact: true });

test('the card of the review shows the status, with icon and word, and the identifier', async () => {
  await page.locator('#documents-review').click();
  await settled(page);
  await show('chest pain');
  assert.deepEqual(await statuses(), ['Absent']);
  assert.equal(await line.locator('.status-name[data-status=absent] svg').count(), 1);
  const link = line.getByRole('link', { name: 'MESH:D002637: open at MeSH' });
  assert.equal(await link.getAttribute('href'), 'https://meshb.nlm.nih.gov/record/ui?ui=D002637');
  assert.match((await line.textContent()) ?? '', /Chest Pain MESH:D002637 score 1\.00/);
  assert.match(
    (await dialog.locator('.queue-said').textContent()) ?? '',
    /Next: chest pain, Disease, absent, Chest Pain, score/,
    'what a screen reader says',
  );
  await show('diabetes');
  assert.deepEqual(await statuses(), ['History', 'Family']);
});

test('a status is changed there, with the focus kept, and undone', async () => {
  await show('chest pain');
  await dialog.locator('.queue-attribute-change > summary').click();
  await choice('Possible').click();
  await settled(page);
  assert.deepEqual(await statuses(), ['Possible']);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Possible');
  await page.keyboard.press('u');
  await settled(page);
  assert.deepEqual(await statuses(), ['Absent']);
  await page.keyboard.press('Shift+U');
  await settled(page);
  assert.deepEqual(await statuses(), ['Possible']);
  assert.equal(await choice('Possible').getAttribute('aria-pressed'), 'true');
});

test('a status that was given stays with other bounds, and when the words are marked anew', async () => {
  await dialog.locator('.queue-card').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await dialog.locator('.queue-mention', { hasText: 'denies chest pain' }).waitFor();
  await line.locator('.status-name[data-status=possible]').waitFor();
  await settled(page);
  assert.deepEqual(await statuses(), ['Possible']);
  await page.keyboard.press('Escape');
  const { assertion, text } = await entityOf(page, 'denies chest pain');
  assert.deepEqual([text, assertion], ['denies chest pain', 'possible']);
});

test('what is rejected still says what it was', async () => {
  await page.locator('#documents-review').click();
  await settled(page);
  await show('pneumonia');
  assert.deepEqual(await statuses(), ['Possible']);
  await page.keyboard.press('r');
  await page.keyboard.press('b');
  await settled(page);
  await dialog.locator('.queue-mention', { hasText: 'pneumonia' }).waitFor();
  assert.equal(await dialog.locator('.queue-decision').getAttribute('data-decision'), 'rejected');
  assert.deepEqual(await statuses(), ['Possible']);
  await page.keyboard.press('u');
  await settled(page);
});

test('axe finds nothing in the review, wide and narrow, light and dark', {
  timeout: LOADED_MS,
}, async () => {
  await page.evaluate(AXE);
  await assertSound(page, 'review with attributes');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.keyboard.press('Escape');
});

test('merged mentions show the statuses that they have, with how many have each, and the identifier', async () => {
  await page.locator('#grouped').check();
  await settled(page);
  const row = (words) => page.locator('#groups-body tr', { hasText: words });
  const heads = await page.locator('#groups-head th').allTextContents();
  assert.deepEqual(heads, ['Entity', 'Type', 'Status', 'Identifier', 'Mentions', 'Score']);
  const names = await row('asthma').locator('.status-name').allTextContents();
  assert.deepEqual(names, ['Present 1', 'History 1']);
  assert.equal(await row('asthma').locator('.status-name[data-status=historical] svg').count(), 1);
  assert.deepEqual(await row('asthma').locator('.id-cell a').allTextContents(), ['MESH:D001249']);
  assert.deepEqual(await row('fever').locator('.status-name').allTextContents(), ['Hypothetical']);
  await page.locator('#find').fill('D001249');
  await settled(page);
  assert.equal(await page.locator('#groups-body tr').count(), 1);
  await page.locator('#find').fill('');
  await page.locator('#grouped').uncheck();
  await settled(page);
});

test('a table with more columns than there is room says so, and is scrolled by keys', async () => {
  const scroll = page.locator('#table-scroll');
  const frame = page.locator('#table-frame');
  const more = page.locator('#table-more');
  const classes = () => frame.evaluate(({ classList }) => [...classList].slice(1));
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    await more.waitFor();
    await scroll.evaluate((element) => (element.scrollLeft = 0));
    await page.waitForFunction(() => document.querySelector('.more-after:not(.more-before)'));
    assert.deepEqual(await classes(), ['more-after'], `${width}`);
    const fade = await frame.evaluate((one) => getComputedStyle(one, '::after').content);
    assert.equal(fade, '""', 'the edge fades');
    assert.equal(await scroll.getAttribute('role'), 'group');
    assert.ok(await page.getByRole('group', { name: 'Entities' }).first().isVisible());
    await scroll.focus();
    for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => document.querySelector('.more-before:not(.more-after)'));
    assert.ok(await page.locator('#entities-head [data-column=score]').isVisible());
    // The mention is still in sight.
    const [mention, place] = await Promise.all([
      page.locator('#entities-body .mention').first().boundingBox(),
      scroll.boundingBox(),
    ]);
    assert.ok(Math.abs(mention.x - place.x) < 2, `${mention.x}, ${place.x}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const name of ['assertion', 'sections', 'link'])
    await page.locator(`#with-${name}`).uncheck();
  await more.waitFor({ state: 'hidden' });
  assert.equal(await scroll.getAttribute('tabindex'), null, 'no stop of the Tab key in vain');
  assert.deepEqual(await classes(), []);
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
