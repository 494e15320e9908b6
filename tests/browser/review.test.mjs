// Files with annotations, compared with what the model finds, on the real page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test, { before } from 'node:test';
import { DONE_MS, file, hooks, LOADED_MS, openReady, serve, settled } from './helper.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { url } = await serve();
let tab, page;
before(
  async () => {
    tab = await openReady(url);
    ({ page } = tab);
  },
  { timeout: LOADED_MS },
);

const add = (...files) => page.setInputFiles('#file', files);
const rows = () => page.locator('#documents-body tr');
const panel = () => page.getByTestId('review');
const kinds = () =>
  page
    .locator('#review-kinds [data-kind]')
    .evaluateAll((all) =>
      Object.fromEntries(
        all.map((one) => [one.dataset.kind, Number(one.querySelector('.count').textContent)]),
      ),
    );
const drawn = () =>
  page
    .locator('[data-testid=annotated] .file-annotation')
    .evaluateAll((all) =>
      all.map(({ textContent, dataset }) => [dataset.review, textContent, dataset.given]),
    );
const measures = (type) => page.locator(`[data-measured="${type}"] td`).allTextContents();
async function work() {
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
  await settled(page);
}
async function sound(where) {
  await settled(page); // colours that change are between two
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${where} ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    [],
  );
}

const TITLE = 'Ibuprofen and gastric ulcer.';
const REST = 'RESULTS: Ibuprofen caused gastric ulcer in children. Ranitidine was given.';
const WHOLE = `${TITLE} ${REST}`;
const line = (mention, type, nth = 0) => {
  let start = -1;
  for (let i = 0; i <= nth; i++) start = WHOLE.indexOf(mention, start + 1);
  return `31\t${start}\t${start + mention.length}\t${mention}\t${type}\tD000\n`;
};
const PUBTATOR =
  `31|t|${TITLE}\n31|a|${REST}\n` +
  line('Ibuprofen', 'chemical') +
  line('gastric ulcer', 'disease') +
  line('ulcer', 'disease', 1) +
  line('RESULTS', 'disease') +
  line('Ranitidine', 'Gene') +
  `31\t7\t9999\tnothing\tdisease\tD1\n31\t0\t9\tIbuprofen\n\n32|t|Warfarin for stroke.\n32|a|It helped.\n\n33|t|Half a docu`;

test('a file with annotations and mistakes: the mistakes are told by line, the rest is there', async () => {
  await add(file('gold.pubtator', PUBTATOR));
  await rows().nth(2).waitFor();
  assert.match(
    await tab.status.textContent(),
    /^3 documents added; 2 problems are listed under the text/,
  );
  await page.locator('#problems summary').click();
  const problems = await page.locator('#problems-list li').allTextContents();
  assert.equal(problems.length, 2);
  assert.match(problems[0], /^gold\.pubtator, line 8: Offsets do not fit the text\./);
  assert.match(problems[1], /^gold\.pubtator, line 9: The number of columns is wrong\./);
  assert.match(await rows().first().textContent(), /5 annotations in its file/);
  assert.match(await rows().nth(1).textContent(), /0 annotations in its file/);
});

test('the annotations of the file are drawn with the model’s marks; marks stay what the model found', {
  timeout: DONE_MS,
}, async () => {
  await work();
  await rows().first().click();
  await settled(page);
  const text = `${TITLE}\n${REST}`;
  const marks = await hooks(tab.marks);
  assert.ok(marks.length > 0, 'something was found');
  for (const { start, end, type, text: words } of marks) {
    assert.equal(words, text.slice(start, end));
    assert.ok(['Chemical', 'Disease'].includes(type));
  }
  assert.equal(marks.length, await tab.rows.count(), 'the file’s annotations are no rows');
  const counts = await kinds();
  const found = await drawn();
  // A heading is never an entity, and "ulcer" is the half of "gastric ulcer".
  assert.ok(
    found.some(([kind, words]) => kind === 'missed' && words === 'RESULTS'),
    JSON.stringify(found),
  );
  assert.ok(
    found.some(([kind, words]) => kind === 'partial' && words === 'ulcer'),
    JSON.stringify(found),
  );
  assert.ok(
    !found.some(([, words]) => words === 'Ranitidine'),
    'a type that was not asked for is not compared',
  );
  assert.equal(counts.agree + counts.partial + counts.type + counts.missed, 4);
  assert.equal(counts.agree + counts.partial + counts.type + counts.extra, marks.length);
  assert.match(await page.locator('#review-types').textContent(), /only the file has them: Gene\./);
  const [gold, all, , , f1, , , partial] = (await measures('')).map(Number);
  assert.deepEqual([gold, all], [4, marks.length]);
  assert.ok(Math.abs(f1 - (2 * counts.agree) / (gold + all)) < 0.006, `${f1}`);
  assert.ok(partial > f1, `${partial} is more than ${f1}`);
});

test('kinds differ without colour: by a sign and an outline, and in words for who does not see', async () => {
  const looks = await page.locator('[data-testid=annotated] mark[data-review]').evaluateAll((all) =>
    all.map((mark) => {
      const style = getComputedStyle(mark);
      return [
        mark.dataset.review,
        mark.classList.contains('file-annotation'),
        getComputedStyle(mark, '::before').content,
        style.borderTopStyle,
        getComputedStyle(mark, '::after').content,
      ];
    }),
  );
  for (const [kind, fromFile, sign, top, comparison] of looks) {
    // Of a pair, only the model's mark has the sign.
    const signed = kind !== 'agree' && (!fromFile || kind === 'missed');
    assert.equal(
      sign,
      signed ? { partial: '"≈"', type: '"≠"', missed: '"−"', extra: '"+"' }[kind] : 'none',
    );
    assert.equal(top, fromFile ? 'dashed' : 'none');
    assert.match(comparison, /file/);
  }
  assert.ok(new Set(looks.map(([kind]) => kind)).size >= 3);
});

test('a difference leads to its place; one that was missed is taken over with a press', async () => {
  const missed = page
    .locator('#review-differences tr[data-kind=missed]')
    .filter({ hasText: 'RESULTS' });
  await missed.click();
  await page.locator('mark.file-annotation.flash').waitFor();
  const before = await kinds();
  await page.locator('[data-testid=annotated] .file-annotation', { hasText: 'RESULTS' }).click();
  await page.locator('#editor').getByRole('button', { name: 'Disease' }).click();
  await settled(page);
  const after = await kinds();
  assert.deepEqual([after.missed, after.agree], [before.missed - 1, before.agree + 1]);
  assert.ok(
    (await hooks(tab.marks)).some(({ text, type }) => text === 'RESULTS' && type === 'Disease'),
  );
  await page.getByRole('button', { name: 'Undo' }).click();
  await settled(page);
  assert.deepEqual(await kinds(), before);
  // And by keyboard alone.
  await page.locator('[data-testid=annotated] .file-annotation', { hasText: 'RESULTS' }).focus();
  await page.keyboard.press('Enter');
  const focused = () =>
    page.evaluate(() => {
      const { dataset, textContent, className } = document.activeElement;
      return [textContent, dataset.type, className.includes('file-annotation')];
    });
  assert.equal((await focused())[0], 'Disease');
  await page.keyboard.press('Enter');
  await settled(page);
  assert.deepEqual(
    await focused(),
    ['RESULTS', 'Disease', false],
    'on the mark that it has become',
  );
  await page.keyboard.press('Control+z');
  await settled(page);
  assert.deepEqual(await kinds(), before);
  assert.deepEqual(await focused(), ['RESULTS', undefined, true]);
  await page.locator('#review-kinds [data-kind=agree]').click();
  assert.equal(await page.locator('#review-differences tr[data-kind=agree]').count(), before.agree);
});

test('the switch takes it away and brings it back; filters count', async () => {
  const with_ = await kinds();
  await page.getByLabel('Compare with the file').uncheck();
  await settled(page);
  assert.equal(await panel().isVisible(), false);
  assert.deepEqual(await drawn(), []);
  assert.equal(await page.locator('[data-testid=annotated] [data-review]').count(), 0);
  await page.getByLabel('Compare with the file').check();
  await settled(page);
  assert.deepEqual(await kinds(), with_);
  await page.locator('#legend .legend-entry', { hasText: 'Disease' }).click();
  await settled(page);
  assert.equal(await page.locator('[data-measured="Disease"]').count(), 0);
  const left = await drawn();
  assert.ok(
    left.every(([, , type]) => type.toLowerCase() === 'chemical'),
    JSON.stringify(left),
  );
  await page.locator('#legend .legend-entry', { hasText: 'Disease' }).click();
  await settled(page);
});

test('all documents together, a file without these types, and one without annotations', {
  timeout: DONE_MS,
}, async () => {
  const here = (await measures(''))[1];
  await page.getByLabel('Measured in').selectOption('all');
  await settled(page);
  assert.ok(
    Number((await measures(''))[1]) > Number(here),
    'what was found in the second document counts too',
  );
  await page.getByLabel('Measured in').selectOption('one');
  await add(
    file('other.txt', 'Asthma was treated with salbutamol.'),
    file('other.ann', 'T1\tSymptom 0 6\tAsthma\n'),
    file('plain.txt', 'Aspirin.'),
  );
  await rows().nth(4).waitFor();
  await work();
  await rows().nth(3).click();
  await settled(page);
  assert.match(await panel().textContent(), /no type in common/);
  assert.equal(await page.locator('#review-measures').isVisible(), false);
  await rows().nth(4).click();
  await settled(page);
  assert.equal(await panel().isVisible(), false);
  assert.equal(await page.getByLabel('Compare with the file').isVisible(), false);
});

test('annotations alone are refused in words, and what the reader of a format says is kept apart', async () => {
  await add(file('lonely.ann', 'T1\tDisease 0 6\tAsthma\n'));
  await page.getByText('lonely.ann has annotations without their text').waitFor();
  await add(file('t.jsonl', '{"id":1,"text":"Gout."}\n{"id":2,"te\n'));
  await rows().nth(5).waitFor();
  assert.match(await page.locator('#problems-list').textContent(), /t\.jsonl, line 2/);
});

test('kept between visits, in both languages, light and dark, sound for assistive tools', {
  timeout: 2 * LOADED_MS,
}, async () => {
  await rows().first().click();
  await settled(page);
  const before = [await kinds(), await drawn()];
  await sound('light');
  await page.locator('#theme').click();
  await sound('dark');
  await page.locator('#theme').click();
  await page.reload();
  await tab.ready();
  await rows().first().click();
  await settled(page);
  assert.deepEqual([await kinds(), await drawn()], before);
  await page.getByRole('button', { name: 'Français' }).click();
  await settled(page);
  assert.match(await panel().textContent(), /Comparé au fichier.*Précision.*manquant/s);
  const said = await page
    .locator('[data-testid=annotated] .file-annotation[data-review=missed]')
    .first()
    .evaluate((mark) => getComputedStyle(mark, '::after').content);
  assert.match(said, /dans le fichier, non trouvé/);
  await sound('French');
  await page.getByRole('button', { name: 'English' }).click();
  await page.setViewportSize({ width: 360, height: 800 });
  await settled(page);
  for (const id of ['review-measures', 'review-list']) {
    const [content, shown] = await page
      .locator(`#${id}`)
      .evaluate((element) => [element.scrollWidth, element.clientWidth]);
    assert.ok(content <= shown, `${id} does not scroll sideways: ${content} > ${shown}`);
  }
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'the page does not scroll sideways',
  );
  await sound('narrow');
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
