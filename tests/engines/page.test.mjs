// The main way through the page, in every engine: load, extract, read the marks, export, keep documents, reload
// without a network; and what the engines do differently.

import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/common.mjs';
import { assertEntities, LOADED_MS, serve } from '../browser/helper.mjs';
import { until } from '../common/until.mjs';
import { inEveryEngine, Key } from './helper.mjs';

const ABSTRACT = readFileSync(join(root, 'www/examples/abstract.txt'), 'utf8');
const [GOLDEN] = JSON.parse(readFileSync(join(root, 'tests/golden/entities.json'), 'utf8'));
const TYPES = ['Chemical', 'Disease'];

const site = await serve();

inEveryEngine((tab, name) => {
  test('the model loads', { timeout: 2 * LOADED_MS }, async () => {
    await tab.open(site.url);
    await tab.state('ready');
    assert.equal(await tab.evaluate(() => document.querySelector('#warning').hidden), true);
  });

  test('an abstract, by keyboard: the golden entities, marked at exact places', async () => {
    await tab.evaluate(() => document.querySelector('#examples button').click());
    await tab.until('the example', () => document.querySelector('#input').value.length > 100);
    await tab.choose(...TYPES);
    await tab.evaluate(() => document.querySelector('#input').focus());
    await tab.chord(Key.CONTROL, Key.ENTER);
    await tab.until(
      'the press is heard',
      () => document.querySelector('[data-testid=status]').dataset.state !== 'ready',
    );
    await tab.state('done');
    const rows = await tab.until(
      'the rows',
      (count) =>
        document.querySelectorAll('[data-testid=entities] tr[data-start]').length === count,
      GOLDEN.entities.length,
    );
    assert.ok(rows);
    const marks = await tab.hooks('annotated');
    assert.ok(marks.length > 0);
    for (const { start, end, text } of marks) assert.equal(text, ABSTRACT.slice(start, end));
    const places = ({ type, start, end }) => `${start} ${end} ${type}`;
    assert.deepEqual(marks.map(places), GOLDEN.entities.map(places));
    assert.deepEqual((await tab.hooks('entities')).map(places), marks.map(places));
    assert.equal(
      await tab.evaluate(() => document.querySelector('[data-testid=annotated]').textContent),
      ABSTRACT,
    );
  });

  test('two types differ by their lines, not by colour alone', async () => {
    const lines = await tab.evaluate((types) => {
      const lineOf = (type) => {
        const { borderBottomStyle, borderBottomWidth, borderBottomColor, backgroundColor } =
          getComputedStyle(document.querySelector(`mark[data-type=${type}]`));
        return { borderBottomStyle, borderBottomWidth, borderBottomColor, backgroundColor };
      };
      return types.map(lineOf);
    }, TYPES);
    for (const { borderBottomStyle, borderBottomWidth, backgroundColor } of lines) {
      assert.notEqual(borderBottomStyle, 'none');
      assert.ok(Number.parseFloat(borderBottomWidth) >= 1);
      assert.doesNotMatch(backgroundColor, /^transparent$|, 0\)$/);
    }
    const [one, other] = lines.map(
      ({ borderBottomStyle, borderBottomWidth }) => borderBottomStyle + borderBottomWidth,
    );
    assert.notEqual(one, other);
  });

  test('by keyboard: from row to row, and to the mark', async () => {
    await tab.evaluate(() =>
      document.querySelector('[data-testid=entities] tr[data-start] button').focus(),
    );
    await tab.press(Key.ARROW_DOWN, Key.ENTER);
    const flashed = await tab.until(
      'the mark of the second row',
      () => document.querySelector('mark.flash')?.dataset.start,
    );
    assert.equal(Number(flashed), GOLDEN.entities[1].start);
    await tab.press(Key.END);
    const last = await tab.evaluate(() =>
      Number(document.activeElement.closest('[data-start]')?.dataset.start),
    );
    assert.equal(last, GOLDEN.entities.at(-1).start);
  });

  test('under the pointer: type and score', async () => {
    const mark = '[data-testid=annotated] mark';
    await tab.evaluate(
      (selector) => document.querySelector(selector).scrollIntoView({ behavior: 'instant' }),
      mark,
    );
    // Again and again: a page that is still scrolling hides the tip.
    const tip = await until(async () => {
      await tab.hover('[data-testid=annotated]');
      await tab.hover(mark);
      return tab.evaluate(() => {
        const { hidden, textContent } = document.querySelector('#tip');
        return !hidden && textContent;
      });
    }, 'the tip');
    assert.match(tip, /^(Chemical|Disease), score [01]\.\d\d$/);
  });

  test('a file is saved and holds what is shown', async () => {
    await tab.click('#export [data-form=json]');
    const { entities } = JSON.parse(await tab.saved('abstract.json'));
    rmSync(join(tab.engine.downloads, 'abstract.json'));
    assertEntities(entities, ABSTRACT, TYPES);
    assert.equal(entities.length, GOLDEN.entities.length);
  });

  test('narrow and dark: nothing sticks out, the colours change', async () => {
    const look = () =>
      tab.evaluate(() => ({
        over: document.documentElement.scrollWidth - innerWidth,
        paper: getComputedStyle(document.documentElement).backgroundColor,
        ink: getComputedStyle(document.documentElement).color,
      }));
    const wide = await look();
    await tab.driver.manage().window().setRect({ width: 500, height: 900 });
    await tab.until('the narrow window', () => innerWidth <= 520);
    const narrow = await look();
    assert.ok(narrow.over <= 0, `${narrow.over} px too wide`);
    await tab.evaluate(() => document.documentElement.dispatchEvent(new Event('theme-toggle')));
    const turned = await look();
    assert.notEqual(turned.paper, wide.paper);
    assert.notEqual(turned.ink, wide.ink);
    await tab.evaluate(() => document.documentElement.dispatchEvent(new Event('theme-toggle')));
    await tab.driver.manage().window().setRect({ width: 1280, height: 900 });
    await tab.until('the wide window', () => innerWidth > 1200);
  });

  test('documents: chosen and dropped, worked on, kept', { timeout: 2 * LOADED_MS }, async () => {
    const file = join(tab.engine.downloads, 'd.jsonl');
    const texts = ['Aspirin caused gastric ulcer.', 'Metformin for diabetes.'];
    writeFileSync(
      file,
      texts.map((text, i) => JSON.stringify({ id: `doc-${i}`, text })).join('\n'),
    );
    await (await tab.find('#file')).sendKeys(file);
    const documents = () => document.querySelectorAll('#documents-body tr').length;
    await tab.until('the documents of the file', documents);
    await tab.evaluate(() => {
      const data = new DataTransfer();
      for (const name of ['a.txt', 'b.txt'])
        data.items.add(new File(['Lithium caused tremor.'], name, { type: 'text/plain' }));
      document
        .querySelector('#input')
        .dispatchEvent(
          new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
    });
    await tab.until(
      'the documents that were dropped',
      () => document.querySelectorAll('#documents-body tr').length === 4,
    );
    await tab.click('#documents-run');
    await tab.until(
      'all of them done',
      () => document.querySelectorAll('#documents-body [data-state=done]').length === 4,
    );
    await tab.state('done');
  });

  test('without a network: reloaded, the documents are there, and another text is read', {
    timeout: 3 * LOADED_MS,
  }, async () => {
    await tab.until('the page is stored', async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.active?.state === 'activated';
    });
    site.spoil((_request, response) => response.destroy());
    site.requests.length = 0;
    // Not by the driver's own command: Firefox's passes by the service worker, as no reader's reload does.
    await tab.open(site.url);
    await tab.state('ready');
    await tab.until(
      'what was found in the documents',
      () => document.querySelectorAll('#documents-body [data-state=done]').length === 4,
    );
    await tab.evaluate(() => document.querySelectorAll('#documents-body tr')[1].click());
    await tab.until('the marks of the second document', () =>
      document.querySelector('[data-testid=annotated] [data-start]'),
    );
    const marks = await tab.hooks('annotated');
    for (const { start, end, text } of marks)
      assert.equal(text, 'Metformin for diabetes.'.slice(start, end));
  });

  test('the page for sceptics, without a network: no request, and sending is refused', {
    timeout: 3 * LOADED_MS,
  }, async () => {
    await tab.open(`${site.url}privacy.html`);
    await tab.state('ready');
    await tab.click('[data-testid=extract]');
    await tab.state('done');
    const outcome = await tab.evaluate(() => document.querySelector('#outcome').textContent);
    assert.match(outcome, /^\d+ entities found, with 0 requests\.$/);
    await tab.click('#leak');
    await tab.until('refused', () =>
      /^Not sent: both attempts failed/.test(document.querySelector('#leak-result').textContent),
    );
    const counts = await tab.evaluate(() =>
      ['page-after', 'worker-after', 'page-refused', 'worker-refused'].map((id) =>
        Number(document.getElementById(id).dataset.count),
      ),
    );
    // WebKit tells a worker of no refusal of its own.
    assert.deepEqual(counts, [0, 0, 1, name === 'webkit' ? 0 : 1]);
    site.mend();
  });
});
