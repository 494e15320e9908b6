// Selections on any page, the model shared and let go, and what is said when something cannot be done.
import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DONE_MS } from '../browser/helper.mjs';
import { click, finished, highlights, launch, marked, panel, until } from './helper.mjs';
import { until as becomes } from '../common/until.mjs';

const extension = await launch();
const NOTE = 'https://notes.example/';

const select = (page, from, to = from) =>
  page.evaluate(
    ([first, last]) => {
      const range = new Range();
      range.setStart(document.querySelector(first).firstChild, 0);
      range.setEndAfter(document.querySelector(last).lastChild);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    },
    [from, to],
  );

test('the extension has no right to other pages by itself', async () => {
  const page = await extension.open(NOTE);
  await select(page, '#one');
  await extension.chooseMenu(page); // without a real choice there is no activeTab
  const badge = () =>
    extension.worker.evaluate(async () => {
      const [{ id: tabId }] = await chrome.tabs.query({ active: true });
      return [await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })];
    });
  // The badge says that the page was tried and refused.
  await becomes(async () => (await badge())[0] === '!', 'the badge');
  assert.equal(await page.evaluate(() => document.querySelector('bioner-panel')), null);
  const [, title] = await badge();
  assert.match(title, /cannot work here/);
  await page.close();
});

test('the button on any page: asks for a selection, then marks it, whatever the page’s policy', async () => {
  const page = await extension.open(NOTE);
  await extension.press(page);
  const { status } = await until(page, ({ failed }) => failed, 'the message');
  assert.match(status, /select some text first/);
  await extension.press(page); // away again
  await becomes(async () => !(await panel(page)), 'the end of the panel');
  await select(page, '#one');
  await extension.press(page);
  await finished(page);
  const marks = await highlights(page);
  assert.deepEqual(marks['bioner-chemical'], ['ibuprofen'], 'the selection alone');
  const line = await page.evaluate(
    () =>
      getComputedStyle(document.querySelector('#one'), '::highlight(bioner-chemical)')
        .textDecorationLine,
  );
  assert.equal(line, 'underline');

  // The menu entry, now that the press has given the right to this tab.
  await select(page, '#two');
  await extension.chooseMenu(page);
  await page.waitForFunction(() => CSS.highlights.get('bioner-chemical')?.size === 2, undefined, {
    timeout: DONE_MS,
  });
  assert.ok((await highlights(page))['bioner-disease'].some((text) => /ulcer/.test(text)));
  assert.deepEqual(page.trouble, []);
  await page.close();
});

test('the button again: words selected since are marked too, without them everything goes', async () => {
  const page = await extension.open(NOTE);
  const chemicals = (count) =>
    page.waitForFunction(
      (wanted) => CSS.highlights.get('bioner-chemical')?.size === wanted,
      count,
      { timeout: DONE_MS },
    );
  const isGone = async () => !(await panel(page));
  await select(page, '#one');
  await extension.press(page);
  await chemicals(1);
  await select(page, '#two');
  await extension.press(page);
  await chemicals(2);
  await finished(page);
  await extension.press(page); // the same words are still selected
  await becomes(isGone, 'the end of the panel');
  assert.deepEqual(await highlights(page), {});

  await select(page, '#one');
  await extension.press(page);
  await chemicals(1);
  await select(page, '#one', '#two'); // with what is marked already
  await extension.press(page);
  await chemicals(2);
  const { groups } = await finished(page);
  assert.equal(groups.Chemical.lines[0], 'ibuprofen×2', 'none is counted twice');
  await select(page, '#two'); // all of it is marked
  await extension.press(page);
  await becomes(isGone, 'the end of the panel');
  assert.deepEqual(page.trouble, []);
  await page.close();
});

test('the menu entry on a known site, over two paragraphs', async () => {
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/about/');
  await select(page, '#one', '#two');
  await extension.chooseMenu(page);
  await finished(page);
  const { groups } = await panel(page);
  assert.equal(groups.Chemical.lines[0], 'ibuprofen×2');
  await page.close();
});

test('an empty selection is refused with a reason', async () => {
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/about/');
  await extension.chooseMenu(page);
  const { status } = await until(page, ({ failed }) => failed, 'the message');
  assert.match(status, /no text in the selection/);
  await page.close();
});

test('two tabs share one model; a closed tab leaves it to the other', async () => {
  const long = await extension.open('https://pubmed.ncbi.nlm.nih.gov/?term=adverse+effects');
  await extension.press(long);
  const other = await extension.open('https://pubmed.ncbi.nlm.nih.gov/90000001/');
  await extension.press(other);
  await long.close();
  await finished(other);
  const documents = await extension.worker.evaluate(
    async () => (await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] })).length,
  );
  assert.equal(documents, 1);
  await other.close();
});

test('after a while without work the model is let go, and comes back when it is needed', async () => {
  await extension.set({ keepMinutes: 0.01 });
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/about/');
  await select(page, '#one');
  await extension.chooseMenu(page);
  await finished(page);
  await becomes(async () => !(await extension.hasModel()), 'the end of the model');
  await extension.set({ keepMinutes: 5 });
  await select(page, '#two');
  await extension.chooseMenu(page);
  await page.waitForFunction(() => CSS.highlights.get('bioner-chemical')?.size === 2, undefined, {
    timeout: DONE_MS,
  });
  assert.equal(await extension.hasModel(), true);
  await page.close();
});

test('the model’s document dies in the middle: it is started again, and no mark comes twice', async () => {
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/90000001/');
  await extension.press(page);
  await marked(page, 'chemical');
  await extension.worker.evaluate(() => chrome.offscreen.closeDocument());
  await finished(page);
  const { groups } = await panel(page);
  const marks = Object.values(await highlights(page)).flat();
  assert.equal(
    Object.values(groups).reduce((sum, { count }) => sum + count, 0),
    marks.length,
  );
  await page.close();
});

test('no type chosen, then one', async () => {
  await extension.set({ types: [] });
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/90000001/');
  await extension.press(page);
  const { status, action } = await until(page, ({ failed }) => failed, 'the message');
  assert.match(status, /No entity type is chosen/);
  assert.equal(action, 'Try again');
  await extension.set({ types: ['Chemical'] });
  await marked(page, 'chemical');
  await finished(page);
  assert.deepEqual(Object.keys((await panel(page)).groups), ['Chemical']);
  await extension.set({ types: ['Disease', 'Chemical', 'Gene', 'Anatomy', 'Species'] });
  await page.close();
});

test('a damaged model is told, and tried again', async () => {
  await extension.worker.evaluate(() => chrome.offscreen.closeDocument().catch(() => {}));
  const { shards } = JSON.parse(
    readFileSync(join(extension.folder, 'models/default/manifest.json'), 'utf8'),
  );
  const shard = join(extension.folder, 'models/default', shards.at(-1).path);
  renameSync(shard, `${shard}.kept`);
  writeFileSync(shard, 'damaged');
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/90000001/');
  await extension.press(page);
  const { status, action } = await until(page, ({ failed }) => failed, 'the message');
  assert.match(status, /model’s files are damaged/);
  assert.equal(action, 'Try again');
  renameSync(`${shard}.kept`, shard);
  await click(page, '.main');
  await marked(page, 'chemical');
  await page.close();
});

test('nothing was asked of any server', () => assert.deepEqual(extension.foreign, []));
