// The sections of a text: headings in the text, the outline beside it, and where it leads.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, LOADED_MS, open, serve, settled } from './helper.mjs';
import { entityOf, markOf, NOTE, readNote } from './note.mjs';

const { url } = await serve();
let tab, page, outline;
before(
  async () => {
    tab = await open(url, { reducedMotion: 'reduce', viewport: { width: 1440, height: 500 } });
    ({ page } = tab);
    outline = page.locator('#outline');
    await tab.ready();
    await readNote(tab);
  },
  { timeout: LOADED_MS + DONE_MS },
);

const HEADINGS = NOTE.match(/^.+(?=:$)/gm);

test('the outline has every heading, its name and code, and how many entities are under it', async () => {
  assert.deepEqual(await outline.locator('.outline-heading').allTextContents(), HEADINGS);
  const kinds = await outline.locator('.outline-kind').allTextContents();
  assert.equal(kinds[2], 'LOINC\u00a010157-6', 'a name that repeats the heading is left out');
  const inText = await page.locator('.section-heading').allTextContents();
  assert.deepEqual(inText, HEADINGS, 'headings are marked as such in the text');
  const marks = await tab.marks.evaluateAll((all) =>
    all.map(({ dataset }) => Number(dataset.start)),
  );
  const starts = HEADINGS.map((heading) => NOTE.indexOf(heading));
  const counts = starts.map(
    (start, i) => marks.filter((at) => at >= start && at < (starts[i + 1] ?? Infinity)).length,
  );
  const shown = await outline.locator('.outline-entry .count').allTextContents();
  assert.deepEqual(shown.map(Number), counts);
  assert.ok(counts.every((count) => count > 0));
});

test('entities have their section, also in the file, the table and the card', async () => {
  const { section } = await entityOf(page, 'diabetes');
  assert.deepEqual(section, {
    heading: 'Family history',
    name: 'family history',
    loinc: '10157-6',
  });
  const cells = await page.locator('[data-testid=entities] .section-cell').allTextContents();
  assert.ok(cells.includes('Family history') && cells.includes('Discharge instructions'));
  await markOf(page, 'diabetes').click();
  await page.locator('#editor').getByText('Under “Family history”').waitFor();
  await page.keyboard.press('Escape');
});

test('an entry leads to its heading, by keyboard too, and is marked as the current one', async () => {
  for (const [at, key] of [
    [3, 'Enter'],
    [0, 'Enter'],
    [2, ''],
  ]) {
    const entry = outline.locator('.outline-entry').nth(at);
    if (key) await entry.press(key);
    else await entry.click();
    const heading = page.locator(`[data-section="${at}"]`);
    await page.waitForFunction((at) => document.activeElement?.dataset.section === at, String(at));
    const box = await heading.boundingBox();
    assert.ok(box && box.y > 0 && box.y < 500, `${at} is in sight: ${box?.y}`);
  }
  // What is read is the last section whose heading is above the reading line.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await settled(page);
  await outline.locator('.outline-entry[aria-current]').nth(0).waitFor();
  const current = await outline
    .locator('.outline-entry')
    .evaluateAll((all) => all.findIndex((one) => one.hasAttribute('aria-current')));
  await page.evaluate(() => document.querySelector('[data-section="0"]').scrollIntoView());
  await outline.locator('.outline-entry[data-at="0"][aria-current=location]').waitFor();
  assert.ok(current > 0, `${current}`);
});

test('counts follow the filters', async () => {
  const count = outline.locator('.outline-entry .count').nth(2);
  const before = await count.textContent();
  await page
    .locator('#statuses')
    .getByRole('button', { name: /^Family/ })
    .click();
  await settled(page);
  assert.equal(Number(before) > 0 && (await count.textContent()), '0');
  await page
    .locator('#statuses')
    .getByRole('button', { name: /^Family/ })
    .click();
  await settled(page);
  assert.equal(await count.textContent(), before);
});

test('on a narrow screen it is folded above the text, and opens', async () => {
  await page.setViewportSize({ width: 390, height: 800 });
  await outline.locator('details:not([open])').waitFor();
  const [above, text] = [
    await outline.boundingBox(),
    await page.locator('#annotated').boundingBox(),
  ];
  assert.ok(above && text && above.y + above.height <= text.y);
  await outline.locator('summary').click();
  await outline.locator('.outline-entry').nth(3).click();
  await page.waitForFunction(() => document.activeElement?.dataset.section === '3');
  await page.setViewportSize({ width: 1440, height: 500 });
});

test('in French the names are French', async () => {
  await page.locator('#language').click();
  await settled(page);
  const kinds = await outline.locator('.outline-kind').allTextContents();
  assert.equal(kinds[2], 'Antécédents familiaux · code LOINC\u00a010157-6');
  await page.locator('#language').click();
});

test('nothing is shown for a text without headings, and nothing when switched off', {
  timeout: 2 * DONE_MS,
}, async () => {
  await page.locator('#with-sections').uncheck();
  await outline.waitFor({ state: 'hidden' });
  await settled(page);
  assert.equal(await page.locator('.section-heading').count(), 0);
  assert.equal((await entityOf(page, 'diabetes')).section, undefined);
  await page.locator('#with-sections').check();
  await outline.waitFor();
  await tab.run('She has asthma and denies chest pain.');
  assert.equal(await outline.isVisible(), false);
  assert.equal(await page.locator('[data-column=section]').count(), 0);
  assert.deepEqual(tab.trouble, []);
});
