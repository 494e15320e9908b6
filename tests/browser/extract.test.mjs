// A text becomes marks and rows: the main way through the page, with the real model.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test, { before } from 'node:test';
import { assertEntities, DONE_MS, hooks, open, serve, settled } from './helper.mjs';
import { readBrat, readCsv, readPubTator } from './readers.mjs';

const ABSTRACT = await readFile(
  new URL('../../www/examples/abstract.txt', import.meta.url),
  'utf8',
);
const MANIFEST = JSON.parse(
  await readFile(new URL('../../models/default/manifest.json', import.meta.url), 'utf8'),
);
const TYPES = ['Chemical', 'Disease'];

const { url } = await serve();
let tab, page;
/** What the page reported while it loaded and worked: [state, text] of the status, [text] of the note. */
const seen = [];

before(async () => {
  tab = await open(url, { cores: 2 });
  ({ page } = tab);
  await page.exposeFunction('see', (entry) => seen.push(entry));
  await page.evaluate(() => {
    const status = document.querySelector('[data-testid=status]');
    const note = document.getElementById('progress-note');
    const annotated = document.querySelector('[data-testid=annotated]');
    const look = () =>
      window.see({
        state: status.dataset.state,
        note: note.textContent,
        bar: document.querySelector('progress').value,
        marks: Array.from(annotated.querySelectorAll('[data-start]'), (mark) =>
          Number(mark.dataset.start),
        ),
        whole: annotated.textContent,
      });
    new MutationObserver(look).observe(document.querySelector('main'), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
  });
  await tab.ready();
});

test('loading is shown in bytes', () => {
  const notes = seen.filter(({ state, note }) => state === 'loading' && / of [\d.]+ MB/.test(note));
  assert.ok(notes.length >= 2, 'some progress was seen');
  const loaded = notes.map(({ note }) => Number.parseFloat(note));
  assert.deepEqual(
    loaded,
    loaded.toSorted((a, b) => a - b),
  );
  assert.ok(notes.some(({ bar }) => bar > 0 && bar < 1));
});

test('the formats come from the module, the recommended one is chosen, and their origin is said', async () => {
  const values = await page
    .getByTestId('format')
    .locator('option')
    .evaluateAll((all) => all.map(({ value }) => value));
  assert.equal(new Set(values).size, 13);
  assert.ok(
    values.includes('inline-xml') && values.includes('iob2') && values.includes('json-grouped'),
  );
  assert.equal(await page.getByTestId('format').inputValue(), MANIFEST.format);
  assert.match((await page.locator('#format-note').textContent()) ?? '', /reconstruction/);
});

test('types decide which format is recommended, until the reader chooses one', async () => {
  const format = page.getByTestId('format');
  const recommended = () => format.locator('option', { hasText: 'recommended' }).textContent();
  await page.getByTestId('preset').selectOption('note');
  assert.equal(await format.inputValue(), 'compact');
  assert.equal(await recommended(), 'compact (recommended)');
  await page.getByTestId('preset').selectOption('literature');
  assert.equal(await format.inputValue(), 'lines-grouped');
  assert.equal(await recommended(), 'lines-grouped (recommended)');
  await format.selectOption('iob2');
  await page.getByTestId('preset').selectOption('note');
  assert.equal(await format.inputValue(), 'iob2');
  assert.equal(await recommended(), 'compact (recommended)');
  await page.getByTestId('preset').selectOption('literature');
  await format.selectOption('lines-grouped');
});

test('an abstract gives chemicals and diseases at exact places', async () => {
  await page.getByRole('button', { name: 'Abstract' }).click();
  assert.equal(await tab.input.inputValue(), ABSTRACT);
  await tab.choose(...TYPES);
  await tab.extract.click();
  await tab.state('done', DONE_MS);
  await settled(page);

  const marks = await hooks(tab.marks);
  assert.ok(marks.length >= 8, `${marks.length} marks`);
  for (const { start, end, text, type } of marks) {
    assert.equal(text, ABSTRACT.slice(start, end));
    assert.ok(TYPES.includes(type));
  }
  const of = (type) =>
    marks.filter((mark) => mark.type === type).map(({ text }) => text.toLowerCase());
  assert.ok(of('Chemical').includes('amiodarone'));
  assert.ok(of('Chemical').includes('sotalol'));
  assert.ok(of('Disease').includes('hypothyroidism'));
  assert.ok(of('Disease').includes('atrial fibrillation'));
  assert.equal(
    await page.getByTestId('annotated').textContent(),
    ABSTRACT,
    'the text is shown whole',
  );
});

test('marks came as their sentences were finished, from front to back', () => {
  const during = seen.filter(({ state, marks }) => state === 'working' && marks.length);
  const counts = during.map(({ marks }) => marks.length);
  assert.deepEqual(
    counts,
    counts.toSorted((a, b) => a - b),
    'none is taken back',
  );
  assert.ok(new Set(counts).size >= 2, 'they came in several goes');
  for (const { marks, whole } of during) {
    assert.deepEqual(
      marks,
      marks.toSorted((a, b) => a - b),
    );
    assert.equal(whole, ABSTRACT, 'the text is there from the beginning');
  }
});

test('marks and rows agree', async () => {
  const key = ({ type, start, end }) => `${start} ${end} ${type}`;
  const rows = await hooks(tab.rows);
  assert.ok(rows.length >= 8, `${rows.length} rows`);
  assert.deepEqual(rows.map(key), (await hooks(tab.marks)).map(key));
  for (const row of await tab.rows.all()) {
    const [mention, type, place, score] = await row.locator('td').allTextContents();
    const start = Number(await row.getAttribute('data-start'));
    assert.equal(mention, ABSTRACT.slice(start, Number(await row.getAttribute('data-end'))));
    assert.equal(type, await row.getAttribute('data-type'));
    assert.equal(place, String(start));
    assert.ok(Number(score) >= 0 && Number(score) <= 1);
  }
});

test('the table sorts by every column, both ways', async () => {
  const column = { Mention: 0, Type: 1, Place: 2, Score: 3 };
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  for (const [name, at] of Object.entries(column)) {
    const head = page.getByRole('columnheader', { name });
    for (let click = 0; click < 2; click++) {
      await head.getByRole('button').click();
      const direction = await head.getAttribute('aria-sort');
      const values = await tab.rows.evaluateAll(
        (rows, at) => rows.map((row) => row.cells[at].textContent),
        at,
      );
      const compare = at >= 2 ? (a, b) => a - b : collator.compare;
      const sign = direction === 'ascending' ? 1 : -1;
      for (const [i, value] of values.slice(1).entries()) {
        assert.ok(
          sign * compare(values[i], value) <= 0,
          `${name} ${direction}: ${values[i]}, ${value}`,
        );
      }
    }
  }
  const place = page.getByRole('columnheader', { name: 'Place' });
  await place.getByRole('button').click();
  assert.equal(await place.getAttribute('aria-sort'), 'ascending');
});

test('a row leads to its mark, by mouse and by keyboard, and a mark to its row', async () => {
  const last = tab.rows.last();
  await last.click();
  const mark = page.locator('mark.flash');
  await mark.waitFor();
  assert.equal(await mark.getAttribute('data-start'), await last.getAttribute('data-start'));
  const box = await mark.boundingBox();
  assert.ok(box && box.y >= 0 && box.y < 900, 'the mark is on the screen');

  await tab.rows.first().getByRole('button').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const second = tab.rows.nth(1);
  const flashed = page.locator(
    `mark.flash[data-start="${await second.getAttribute('data-start')}"]`,
  );
  await flashed.first().waitFor();

  await tab.marks.first().click();
  await page.locator('tr.selected.flash').waitFor();
  assert.equal(
    await page.locator('tr.selected').getAttribute('data-start'),
    await tab.marks.first().getAttribute('data-start'),
  );
});

test('the mark under the pointer tells its type and score', async () => {
  const mark = tab.marks.first();
  await mark.hover();
  const tip = page.getByRole('tooltip');
  await tip.waitFor();
  assert.match(
    (await tip.textContent()) ?? '',
    new RegExp(`^${await mark.getAttribute('data-type')}, score [01]\\.\\d\\d$`),
  );
  await page.mouse.move(2, 2);
  await tip.waitFor({ state: 'hidden' });
});

test('the legend counts, and switches a type off in text and table', async () => {
  const before = await hooks(tab.rows);
  const chemical = page.locator('.legend-entry', { hasText: 'Chemical' });
  const count = before.filter(({ type }) => type === 'Chemical').length;
  assert.equal(await chemical.locator('.count').textContent(), String(count));
  await chemical.click();
  await settled(page);
  assert.equal(await chemical.getAttribute('aria-pressed'), 'false');
  assert.deepEqual(new Set((await hooks(tab.rows)).map(({ type }) => type)), new Set(['Disease']));
  assert.equal(await page.locator('mark[data-type=Chemical]:not(.off)').count(), 0);
  await chemical.click();
  await settled(page);
  assert.deepEqual(await hooks(tab.rows), before);
  await page.getByRole('searchbox').fill('hypothyr');
  const shown = await hooks(tab.rows);
  assert.ok(shown.length > 0 && shown.every(({ text }) => /hypothyr/i.test(text)));
  await page.getByRole('searchbox').fill('');
});

test('the raw pane has an answer for every sentence, in order', async () => {
  const answers = await page
    .getByTestId('raw')
    .locator('[data-start]')
    .evaluateAll((all) =>
      all.map((answer) => ({
        start: Number(answer.dataset.start),
        end: Number(answer.dataset.end),
        source: answer.querySelector('.answer-source').textContent,
        text: answer.querySelector('pre').textContent,
      })),
    );
  const sentences = /in (\d+) sentences/.exec((await tab.status.textContent()) ?? '')?.[1];
  assert.equal(answers.length, Number(sentences));
  let from = 0;
  for (const { start, end, source, text } of answers) {
    assert.ok(start >= from && end > start);
    from = end;
    assert.equal(source, ABSTRACT.slice(start, end));
    assert.ok(text.trim());
  }
});

test('downloads, read back, are the rows', async () => {
  const rows = await hooks(tab.rows);
  const points = Array.from(ABSTRACT);
  const flat = (text) => text.replace(/[\r\n\t]/g, ' ');
  const download = async (name) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Download ${name}` }).click(),
    ]);
    return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'utf8') };
  };

  const json = await download('JSON');
  const { entities, offsets } = JSON.parse(json.content);
  assert.equal(json.name, 'abstract.json');
  assert.equal(offsets, 'utf-16');
  assertEntities(entities, ABSTRACT, TYPES);
  assert.deepEqual(
    entities.map(({ start, end, type }) => ({ start, end, type })),
    rows.map(({ start, end, type }) => ({ start, end, type })),
  );

  const csv = readCsv((await download('CSV')).content).slice(1);
  assert.equal(csv.length, rows.length);
  for (const [start, end, , text] of csv)
    assert.equal(text, ABSTRACT.slice(Number(start), Number(end)));

  const brat = await download('BRAT');
  assert.equal(brat.name, 'abstract.ann');
  assert.equal(readBrat(brat.content).length, rows.length);
  for (const { start, end, text } of readBrat(brat.content))
    assert.equal(text, flat(points.slice(start, end).join('')));

  const { passage, entities: tagged } = readPubTator((await download('PubTator')).content);
  assert.equal(tagged.length, rows.length);
  for (const { start, end, text } of tagged) assert.equal(text, passage.slice(start, end).join(''));
});

test('copying gives what downloading gives', async () => {
  await tab.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy CSV' }).click();
  await page.getByText('Copied as CSV.').waitFor();
  const copied = readCsv(await page.evaluate(() => navigator.clipboard.readText()));
  assert.equal(copied.length, 1 + (await tab.rows.count()));
});

test('a type of one’s own can be asked for, and taken away', async () => {
  await page.getByLabel('Another entity type').fill('  Thyroid   hormone ');
  await page.keyboard.press('Enter');
  const chip = page.getByTestId('types').getByLabel('Thyroid hormone', { exact: true });
  assert.equal(await chip.isChecked(), true);
  assert.equal(await page.locator('#stale').isVisible(), true, 'the result is of other types');
  await tab.choose('Thyroid hormone');
  await tab.run('Serum thyroxine and triiodothyronine were measured.');
  // The model was asked for this type alone, whatever it found of it.
  assert.match(
    (await page.getByTestId('raw').locator('pre').textContent()) ?? '',
    /^Thyroid hormone: [^\n]+$/,
  );
  await page.getByRole('button', { name: 'Remove Thyroid hormone' }).click();
  assert.equal(await chip.count(), 0);
});

test('every format works on the page', { timeout: 12 * DONE_MS }, async () => {
  await tab.choose(...TYPES);
  const text = 'Selegiline-induced postural hypotension in 2 patients.';
  for (const format of await page
    .getByTestId('format')
    .locator('option')
    .evaluateAll((all) => all.map(({ value }) => value))) {
    await page.getByTestId('format').selectOption(format);
    await tab.run(text);
    const marks = await hooks(tab.marks);
    assert.ok(
      marks.some(({ text: marked, type }) => marked === 'Selegiline' && type === 'Chemical'),
      format,
    );
    for (const { start, end, text: marked, type } of marks) {
      assert.equal(marked, text.slice(start, end), format);
      assert.ok(TYPES.includes(type), format);
    }
    assert.equal(await page.locator('#raw-note').textContent(), format);
    assert.equal(await page.getByTestId('raw').locator('pre').count(), 1, format);
  }
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
