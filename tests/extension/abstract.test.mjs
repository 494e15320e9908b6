// An abstract page, from the press of the button to the file on the disk.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertEntities } from '../browser/helper.mjs';
import { readCsv, readPubTator } from '../browser/readers.mjs';
import {
  click,
  download,
  finished,
  highlights,
  inPanel,
  launch,
  marked,
  panel,
  until,
} from './helper.mjs';
import { until as becomes } from '../common/until.mjs';

const ABSTRACT = 'https://pubmed.ncbi.nlm.nih.gov/90000001/';
const extension = await launch();

/** The page's own tree, as it is written; the panel's element stands outside of body. */
const bodyOf = (page) => page.evaluate(() => document.body.outerHTML);

test('one press marks title and abstract, and the page’s tree stays as it was', async () => {
  const page = await extension.open(ABSTRACT);
  const before = await bodyOf(page);
  assert.equal(await panel(page), null, 'nothing is there before it is asked for');
  await extension.press(page);
  const { groups, open } = await finished(page);
  assert.ok(open);

  const marks = await highlights(page);
  assert.ok(marks['bioner-chemical'].filter((text) => /^amiodarone$/i.test(text)).length >= 3);
  assert.ok(marks['bioner-disease'].some((text) => /^hypothyroidism$/i.test(text)));
  assert.ok(marks['bioner-disease'].includes('atrial fibrillation'));
  assert.equal(await bodyOf(page), before);
  const places = await page.evaluate(() =>
    [...CSS.highlights.values()].flatMap((highlight) =>
      [...highlight].map((range) => {
        const parent = range.startContainer.parentElement;
        return {
          seen: parent.checkVisibility(),
          inTitle: Boolean(parent.closest('#full-view-heading')),
          inKeywords: !parent.closest('h1, .abstract-content'),
        };
      }),
    ),
  );
  assert.ok(
    places.every(({ seen }) => seen),
    'only what can be seen is marked',
  );
  assert.ok(
    places.some(({ inTitle }) => inTitle),
    'the title too',
  );
  assert.ok(!places.some(({ inKeywords }) => inKeywords), 'and nothing else of the page');

  const counts = Object.values(groups).reduce((sum, { count }) => sum + count, 0);
  assert.equal(counts, Object.values(marks).flat().length, 'the panel counts what is marked');
  assert.match(groups.Chemical.lines[0], /^amiodarone×\d/i, 'the most frequent first, and once');
  const painted = await page.evaluate(() => {
    const [range] = CSS.highlights.get('bioner-chemical');
    return getComputedStyle(range.startContainer.parentElement, '::highlight(bioner-chemical)')
      .textDecorationLine;
  });
  assert.equal(painted, 'underline', 'the rules of the highlights are in force');
  assert.deepEqual(page.trouble, []);
  await page.close();
});

test('an entry leads to its places, one after the other', async () => {
  const page = await extension.open(ABSTRACT);
  await page.setViewportSize({ width: 1200, height: 420 });
  await extension.press(page);
  await finished(page);
  const found = () =>
    page.evaluate(() => {
      const [range] = CSS.highlights.get('bioner-found') ?? [];
      const box = range?.getBoundingClientRect();
      return (
        range && {
          text: String(range),
          top: range.startContainer.parentElement.getBoundingClientRect().top + scrollY,
          seen: box.top >= 0 && box.bottom <= innerHeight,
        }
      );
    });
  const line = '[data-type=Chemical] li button';
  await click(page, line);
  await page.waitForFunction(() => CSS.highlights.has('bioner-found'));
  const first = await found();
  await click(page, line);
  // The page scrolls smoothly to the next one.
  const second = await becomes(async () => {
    const now = await found();
    return now && now.top > first.top && now.seen && now;
  }, 'the next one, in view');
  assert.match(first.text, /^amiodarone$/i);
  assert.match(second.text, /^amiodarone$/i);
  await page.close();
});

test('under the pointer: type and score', async () => {
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  await finished(page);
  const place = await page.evaluate(() => {
    const range = [...CSS.highlights.get('bioner-disease')].find(
      (one) => String(one) === 'atrial fibrillation',
    );
    const box = range.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
  const tip = () =>
    inPanel(page, (root) => {
      const tip = root.querySelector('.tip');
      return tip.hidden ? '' : tip.textContent;
    });
  await page.mouse.move(place.x, place.y);
  await becomes(async () => /^Disease, \d{1,3}%$/.test(await tip()), 'type and score');
  await page.mouse.move(place.x, 5);
  await becomes(async () => (await tip()) === '', 'the end of the tip');
  await page.close();
});

test('types and threshold act at once', async () => {
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  await finished(page);
  await click(page, '[data-type=Disease] .type');
  await page.waitForFunction(() => !CSS.highlights.has('bioner-disease'));
  assert.ok((await highlights(page))['bioner-chemical'].length);
  await click(page, '[data-type=Disease] .type');
  await marked(page, 'disease');

  await inPanel(page, (root) => {
    const slider = root.querySelector('#threshold');
    slider.value = '1';
    slider.dispatchEvent(new Event('input'));
  });
  await page.waitForFunction(() => ![...CSS.highlights.keys()].length);
  await inPanel(page, (root) => {
    const slider = root.querySelector('#threshold');
    slider.value = '0';
    slider.dispatchEvent(new Event('input'));
  });
  await marked(page, 'disease');
  await page.close();
});

test('copy and files', async () => {
  const page = await extension.open(ABSTRACT);
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await extension.press(page);
  await finished(page);
  await click(page, 'footer button:nth-child(1)');
  await until(page, ({ status }) => status === 'Copied.', 'the copy');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^Disease\tatrial fibrillation$/m);

  const csv = await download(page, 2);
  assert.equal(csv.name, 'bioner-90000001.csv');
  const [head, ...rows] = readCsv(csv.text);
  assert.deepEqual(head, ['id', 'start', 'end', 'type', 'text', 'score']);
  assert.ok(rows.length > 8 && rows.every((row) => row[0] === '90000001'));

  const json = await download(page, 3);
  assert.equal(json.name, 'bioner-90000001.json');
  const [document] = JSON.parse(json.text);
  assert.equal(document.id, '90000001');
  assert.equal(document.url, ABSTRACT);
  assertEntities(document.entities, document.text, [
    'Disease',
    'Chemical',
    'Gene',
    'Anatomy',
    'Species',
  ]);
  assert.match(
    document.text,
    /^Thyroid dysfunction after long-term use of amiodarone in .* fibrillation\nBackground: Amiodarone/,
  );

  const pubtator = await download(page, 4);
  assert.equal(pubtator.name, 'bioner-90000001.pubtator.txt');
  const { passage, entities } = readPubTator(pubtator.text);
  assert.equal(entities.length, rows.length);
  for (const { start, end, text } of entities)
    assert.equal(passage.slice(start, end).join(''), text);
  assert.match(pubtator.text, /^90000001\|t\|Thyroid dysfunction/);

  const names = await inPanel(page, (root) =>
    [...root.querySelectorAll('footer button')].map(({ textContent }) => textContent),
  );
  assert.deepEqual(names.slice(0, 8), [
    'Copy',
    'CSV',
    'JSON',
    'PubTator',
    'BRAT',
    'BioC XML',
    'BioC JSON',
    'JSON Lines',
  ]);
  assert.ok(names.includes('CoNLL') && names.includes('Web Annotation'));
  const brat = await download(page, 5);
  assert.equal(brat.name, 'bioner-90000001.zip');
  assert.ok(brat.text.startsWith('PK') && brat.text.includes('90000001.ann'));
  const bioc = await download(page, 6);
  assert.match(
    bioc.text,
    /<collection>[\s\S]*<id>90000001<\/id>[\s\S]*<infon key="type">title<\/infon>[\s\S]*<annotation/,
  );
  await page.close();
});

test('fold, unfold, off', async () => {
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  await finished(page);
  await click(page, '.icon-button:nth-of-type(2)');
  const { pill, open } = await panel(page);
  assert.ok(!open);
  assert.match(pill, /^\d+ entities$/);
  await marked(page, 'disease'); // a folded panel leaves the marks
  await click(page, '.pill');
  await until(page, (state) => state.open, 'the panel');
  await inPanel(page, (root) => root.querySelector('.type').focus());
  await page.keyboard.press('Escape');
  await until(page, (state) => !state.open, 'the pill');
  await extension.press(page);
  assert.ok((await until(page, (state) => state.open, 'the panel')).open);
  await extension.press(page);
  await page.waitForFunction(() => !document.querySelector('bioner-panel') && !CSS.highlights.size);
  await page.close();
});

test('the options are one press away', async () => {
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  await finished(page);
  const opened = extension.context.waitForEvent('page');
  await click(page, '.icon-button:nth-of-type(1)');
  const options = await opened;
  await options.waitForURL(/\/extension\/options\/options\.html$/);
  await options.close();
  await page.close();
});

test('nothing is stored but the options', async () => {
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  await finished(page);
  const stored = await extension.worker.evaluate(async () => ({
    // The options are there once they have been changed.
    local: Object.keys(await chrome.storage.local.get(null)).filter((key) => key !== 'settings'),
    session: Object.keys(await chrome.storage.session.get(null)),
    sync: Object.keys(await chrome.storage.sync.get(null)),
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
  }));
  assert.deepEqual(stored, {
    local: [],
    session: [],
    sync: [],
    caches: [],
    databases: [],
  });
  const inPage = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
  assert.deepEqual(await page.evaluate(inPage), [], 'nor in what the page itself can read');
  await page.close();
});

test('nothing was asked of any server', () => assert.deepEqual(extension.foreign, []));
