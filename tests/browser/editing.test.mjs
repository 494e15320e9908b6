// The result in the reader's hands: filtered, merged, corrected by mouse and by keyboard, exported.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import { DONE_MS, hooks, LOADED_MS, openReady, serve, settled } from './helper.mjs';

const TEXT = `Parkinson's disease (PD) is treated with levodopa. PD and diabetes were seen.

Diabetes was treated with metformin, and PDs with selegiline and rest.`;

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

const key = ({ type, start, end }) => `${type} ${start} ${end}`;
const shown = () => hooks(page.locator('[data-testid=annotated] [data-type]:not(.off)'));
/** Marks, rows and the JSON file say the same; gives the file's entities. */
async function same() {
  await settled(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download JSON' }).click(),
  ]);
  const { entities } = JSON.parse(await readFile(await file.path(), 'utf8'));
  const marks = (await shown()).map(key);
  assert.deepEqual((await hooks(tab.rows)).map(key), marks);
  assert.deepEqual(entities.map(key), marks);
  for (const { start, end, text } of entities) assert.equal(text, TEXT.slice(start, end));
  return entities;
}
const move = (value) =>
  page.locator('#threshold').evaluate((slider, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, String(value));
/** Selects from the first to the last of these characters with the mouse. */
async function select(words) {
  const start = TEXT.indexOf(words);
  const [from, to] = await page.getByTestId('annotated').evaluate(
    (article, offsets) =>
      offsets.map((offset) => {
        const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
        let node = walker.nextNode();
        for (; offset > node.length; node = walker.nextNode()) offset -= node.length;
        const range = document.createRange();
        range.setStart(node, offset);
        const { x, y, height } = range.getBoundingClientRect();
        return { x, y: y + height / 2 };
      }),
    [start, start + words.length],
  );
  await page.mouse.move(from.x + 1, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

test('an abbreviation is marked wherever it stands, and the switch takes that back', async () => {
  const on = await same();
  const derived = on.filter(({ origin }) => origin === 'abbreviation');
  assert.ok(derived.length >= 1, JSON.stringify(on));
  const long = on.find(({ text }) => text === "Parkinson's disease");
  for (const { type, score } of derived) assert.deepEqual([type, score], [long.type, long.score]);
  await page.getByLabel('Abbreviations').uncheck();
  const off = await same();
  assert.deepEqual(
    off,
    on.filter(({ origin }) => !origin),
  );
  await page.getByLabel('Abbreviations').check();
  assert.deepEqual(await same(), on);
});

test('the score acts at once on marks, table, counts and export', async () => {
  const all = await same();
  const scores = all.map(({ score }) => score).sort();
  // Rounded down: a model that is sure has scores that round to 1.
  const threshold = Math.floor(scores[Math.floor(scores.length / 2)] * 100) / 100;
  await move(threshold);
  assert.ok((await shown()).length < all.length, 'no waiting for marks');
  const left = await same();
  assert.ok(left.length > 0 && left.every(({ score }) => score >= threshold - 0.00005));
  assert.equal(left.length, all.filter(({ score }) => score >= threshold - 0.00005).length);
  const counts = await page.locator('#legend .count').allTextContents();
  assert.equal(
    counts.reduce((sum, count) => sum + Number(count), 0),
    left.length,
  );
  await move(0);
  assert.deepEqual(await same(), all);
});

test('mentions of one thing in one line, with a count; a press goes from one to the next', async () => {
  await page.getByLabel('Merge').check();
  const pd = page
    .locator('#groups-body [data-group=Disease]')
    .filter({ hasText: "Parkinson's disease" });
  const count = Number(await pd.locator('td').nth(2).textContent());
  assert.ok(count >= 3, `${count}`);
  assert.match((await pd.textContent()) ?? '', /also PD/);
  const places = new Set();
  for (let i = 0; i < count; i++) {
    await pd.click();
    for (const { start } of await hooks(page.locator('mark.flash'))) places.add(start);
    await settled(page);
  }
  assert.equal(places.size, count);
  await page.getByLabel('Merge').uncheck();
  assert.ok((await tab.rows.count()) > 0);
});

test('the chart names its bars', async () => {
  await page.locator('#chart summary').click();
  const chart = page.getByRole('img', {
    name: /^Bar chart of the most mentioned: Parkinson's disease \(Disease\), \d mentions/,
  });
  await chart.waitFor();
  assert.ok((await chart.locator('rect').count()) >= 3);
  await page.locator('#chart summary').click();
});

test('words selected with the mouse become an entity, whole words', async () => {
  const before = await same();
  await select('est');
  await page.locator('#editor').getByRole('button', { name: 'Disease' }).click();
  const after = await same();
  const start = TEXT.indexOf('rest');
  assert.deepEqual(
    after.find((entity) => entity.start === start),
    {
      start,
      end: start + 4,
      type: 'Disease',
      text: 'rest',
      score: 1,
      origin: 'added',
    },
  );
  assert.equal(after.length, before.length + 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await same(), before);
  await page.getByRole('button', { name: 'Redo' }).click();
  assert.deepEqual(await same(), after);
});

test('a mark’s type and bounds are changed, and it is removed', async () => {
  const mark = (text) =>
    page
      .locator('mark:not(.off)')
      .filter({ hasText: new RegExp(`^${text}$`) })
      .first();
  await mark('rest').click();
  await page.locator('#editor').getByRole('button', { name: 'Chemical' }).click();
  await page.locator('#editor').getByRole('button', { name: 'Begin a word earlier' }).click();
  await page.keyboard.press('Enter'); // the focus has stayed
  const changed = (await same()).find(({ text }) => text.endsWith('rest'));
  assert.deepEqual([changed.type, changed.text], ['Chemical', 'selegiline and rest']);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#editor').isVisible(), false);
  await page
    .getByTestId('annotated')
    .locator(`mark[data-end="${changed.end}"]`)
    .first()
    .click({ position: { x: 4, y: 8 } });
  await page.locator('#editor').getByRole('button', { name: 'Remove' }).click();
  assert.ok(
    !(await same()).some(
      ({ end, type, text }) => end === changed.end && type === 'Chemical' && text === changed.text,
    ),
  );
});

test('all of it by keyboard', async () => {
  const before = await same();
  await page.locator('mark[tabindex="0"]').first().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  assert.equal((await same()).length <= before.length - 1, true);
  await page.keyboard.press('Control+z');
  assert.deepEqual(await same(), before);
  await page.keyboard.press('Control+Shift+Z');
  assert.ok((await same()).length < before.length);
  await page.keyboard.press('Control+z');

  await page.locator('mark[tabindex="0"]').first().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  assert.equal(
    await page.evaluate(() => document.activeElement?.closest('#editor') !== null),
    true,
  );
  await page.keyboard.press('Escape');
  assert.equal(
    await page.evaluate(() => document.activeElement?.matches('mark')),
    true,
    'the focus is back at the mark',
  );

  await page.locator('#add-text').fill('were seen');
  await page.locator('#add-as').selectOption('Disease');
  await page.locator('#add-text').press('Enter');
  assert.ok((await same()).some(({ text, type }) => text === 'were seen' && type === 'Disease'));
  await page.locator('#add-text').fill('not in it');
  await page.locator('#add-text').press('Enter');
  await page.getByText('“not in it” is not in the text').waitFor();
  await page.locator('#add-text').fill('');
});

/** What has the focus: the mark of an entity, or the id of something else. */
const focused = () =>
  page.evaluate(() => {
    const { id, dataset, textContent } = document.activeElement;
    return dataset.type ? { type: dataset.type, text: textContent } : id;
  });

test('the focus is not lost with the mark that had it', { timeout: 2 * DONE_MS }, async () => {
  const [first, ...others] = await shown();
  await page.locator('mark[tabindex="0"]').first().focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.locator('#editor .editor-remove').press('Enter');
  const next = (await shown()).find(({ start }) => start >= first.start);
  assert.ok(others.length > 0 && next, 'something is left');
  assert.deepEqual(await focused(), { type: next.type, text: next.text });
  await page.keyboard.press('Control+z');
  assert.deepEqual((await shown()).length, others.length + 1);
  assert.deepEqual(await focused(), { type: next.type, text: next.text }, 'nor when it is undone');

  await select('treated with');
  await page.locator('#editor').getByRole('button', { name: 'Disease' }).press('Enter');
  assert.deepEqual(await focused(), { type: 'Disease', text: 'treated with' });
  await page.keyboard.press('Control+z');

  await tab.run('Aspirin helped.');
  for (let left = await tab.marks.count(); left > 0; left = await tab.marks.count()) {
    await tab.marks.first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#editor .editor-remove').press('Enter');
  }
  assert.equal(await focused(), 'annotated', 'a text without marks has it itself');
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
