// The review of all documents, entity by entity: with the real model, by keys, on the real page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import test, { before } from 'node:test';
import { DONE_MS, hooks, LOADED_MS, open, serve, settled, file } from './helper.mjs';
import { readCsv } from './readers.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { url } = await serve();
let tab, page;

const TEXTS = [
  'Selegiline-induced postural hypotension in Parkinson’s disease (PD).\nPostural hypotension was seen in nine patients with PD. Stopping selegiline, but not levodopa, abolished it.',
  '🩺 Aspirin caused gastric ulcer. Tamoxifen was given for breast cancer.',
  'Nothing of the kind.',
  'Metformin for diabetes. Cisplatin caused hearing loss in children with neuroblastoma.',
];
const JSONL = TEXTS.map((text, i) => JSON.stringify({ id: `doc-${i + 1}`, text })).join('\n');

before(
  async () => {
    tab = await open(url, { cores: 2 });
    ({ page } = tab);
    await tab.ready();
    await tab.choose('Chemical', 'Disease');
    await page.setInputFiles('#file', file('d.jsonl', JSONL));
    await page.locator('#documents-run').click();
    await tab.state('done', DONE_MS);
    await settled(page);
  },
  { timeout: LOADED_MS + DONE_MS },
);

const dialog = () => page.locator('dialog.queue');
const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
  await settled(page);
};
const rows = () => page.locator('#documents-body tr');
const progress = () => page.locator('#queue-progress').textContent();
const said = () => page.locator('.queue-said span').first().textContent();
const start = async () => {
  await page.locator('#documents-review').click();
  await settled(page);
};
/** What the card shows: an entity, or a document. */
const shown = () =>
  page.locator('.queue-card').evaluate((card) => {
    const part = (name) => card.querySelector(`.queue-${name}`)?.textContent ?? '';
    return {
      shows: card.dataset.shows,
      title: card.dataset.shows === 'entity' ? '' : card.querySelector('.queue-title').textContent,
      mention: part('mention'),
      score: Number(/[\d.]+/.exec(part('score'))?.[0]),
      decision: card.querySelector('.queue-decision')?.dataset.decision,
      where: part('where'),
      current: card.querySelector('mark.current')?.textContent,
      sentence: card.querySelector('.queue-sentence')?.textContent,
    };
  });
/** The entities of a document, as the page shows them in its result. */
async function resultOf(nth) {
  await rows().nth(nth).click();
  await settled(page);
  return hooks(tab.rows);
}
async function save(name) {
  const [got] = await Promise.all([
    page.waitForEvent('download'),
    dialog().locator(`[data-save=${name}]`).click(),
  ]);
  return { name: got.suggestedFilename(), content: await readFile(await got.path(), 'utf8') };
}

test('the most doubtful entity comes first, in its sentence', async () => {
  const all = [];
  for (const nth of TEXTS.keys()) all.push(...(await resultOf(nth)));
  assert.ok(all.length > 8, `${all.length} entities`);
  assert.equal(
    await page.locator('#documents-review').textContent(),
    `Review ${all.length} entities`,
  );
  await start();
  const first = await shown();
  assert.equal(first.current, first.mention);
  assert.ok(first.sentence.includes(first.mention), JSON.stringify(first));
  assert.ok(TEXTS.some((text) => text.includes(first.sentence)));
  assert.match(
    await progress(),
    new RegExp(`^0 of ${all.length} entities decided, ${all.length} left`),
  );
  await press('s');
  const second = await shown();
  assert.ok(first.score <= second.score, `${first.score}, then ${second.score}`);
  await press('b');
  assert.deepEqual(await shown(), first);
});

test('accept, reject and skip by key, and undo', async () => {
  const first = await shown();
  await press('a');
  assert.equal(await said(), `Accepted: ${first.mention}.`);
  assert.match(await progress(), /^1 of /);
  const second = await shown();
  await press('r');
  assert.equal(await said(), `Rejected: ${second.mention}.`);
  assert.match(await progress(), /^2 of /);
  await press('b');
  assert.deepEqual(await shown(), { ...second, decision: 'rejected' });
  await press('u');
  assert.deepEqual(await shown(), { ...second, decision: 'undecided' });
  assert.match(await progress(), /^1 of /);
  await press('Shift+U');
  assert.equal((await shown()).decision, 'rejected');
  await press('Control+z', 'Control+z');
  assert.deepEqual(await shown(), first);
  assert.match(await progress(), /^0 of /);
  await press('Control+Shift+Z', 'Control+y');
  assert.match(await progress(), /^2 of /);
  await press('a'); // a rejected one is accepted after all
  assert.match(await progress(), /^2 of /);
  assert.equal(await said(), `Accepted: ${second.mention}.`);
});

test('the type and the bounds are changed by key; what is changed can be taken back', async () => {
  const before = await shown();
  assert.equal(before.decision, 'undecided');
  const pressed = () => dialog().locator('.editor-type[aria-pressed=true]').textContent();
  const other = (await pressed()).startsWith('Chemical') ? '2' : '1';
  await press(other);
  assert.match(await pressed(), other === '2' ? /^Disease/ : /^Chemical/);
  assert.equal((await shown()).decision, 'own');
  await press('ArrowRight');
  const wider = await shown();
  assert.ok(
    wider.mention.length > before.mention.length && wider.mention.startsWith(before.mention),
  );
  await press('Shift+ArrowRight');
  const later = await shown();
  assert.notEqual(later.mention, wider.mention);
  assert.ok(wider.mention.endsWith(later.mention), later.mention);
  await press('u', 'u', 'u');
  assert.deepEqual(await shown(), before);
});

test('keys that are typed, held down or switched off decide nothing', async () => {
  const before = await shown();
  await press('m');
  await page.keyboard.type('rasm');
  assert.equal(await dialog().locator('.queue-missed input').inputValue(), 'rasm');
  await press('Escape'); // out of the field; the dialog stays
  assert.ok(await dialog().isVisible());
  assert.deepEqual(await shown(), before);
  await dialog().locator('.queue-missed input').fill('');
  await dialog().locator('.queue-card').focus();
  await page.keyboard.down('s');
  await page.keyboard.down('s'); // repeated, as by a key held down
  await page.keyboard.up('s');
  await press('b');
  assert.deepEqual(await shown(), before, 'one step forward, one back');
  await press('?');
  const box = dialog().getByLabel('Use single keys');
  await box.uncheck();
  await press('a', 'r', 's');
  assert.deepEqual(await shown(), before);
  await box.check();
  await press('?');
  await dialog().locator('.queue-where').click(); // beside everything that can have the focus
  await press('s', 'b');
  await page.keyboard.press('Control+Enter'); // of the page behind
  await page.keyboard.press('Alt+a');
  assert.deepEqual(await shown(), before);
});

test('words that were missed: typed, or selected in the text', async () => {
  await press('m');
  await page.keyboard.type('not in it');
  await page.keyboard.press('Enter');
  assert.match(await said(), /“not in it” is not in this document/);
  await dialog().locator('#queue-order').selectOption('text');
  await settled(page);
  const { where } = await shown();
  assert.match(where, /^doc-1,/);
  await press('m');
  await dialog().locator('.queue-missed input').fill('nine patients');
  await dialog().locator('.queue-missed select').selectOption('Disease');
  await dialog().locator('.queue-missed button').click();
  await settled(page);
  const marks = () => dialog().locator('.queue-context mark').allTextContents();
  assert.ok((await marks()).includes('nine patients'), (await marks()).join());
  // Selected with the mouse: whole words.
  await dialog()
    .locator('.queue-context')
    .evaluate((context) => {
      const range = document.createRange();
      const walker = document.createTreeWalker(context, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf('induced');
        if (at < 0) continue;
        range.setStart(node, at + 2);
        range.setEnd(node, at + 5);
      }
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      context.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    });
  await dialog().getByText('Mark “induced” as').waitFor();
  await press('2');
  assert.ok((await marks()).includes('induced'));
  await press('u');
  assert.ok(!(await marks()).includes('induced'));
});

test('all of a document is decided, read as a whole, and complete; then comes the next', async () => {
  for (let i = 0; i < 30 && (await shown()).shows === 'entity'; i++) await press('a');
  const whole = await shown();
  assert.equal(whole.shows, 'document');
  assert.match(whole.title, /doc-1/);
  assert.equal(
    await dialog()
      .locator('.queue-context')
      .evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.toString();
      }),
    TEXTS[0],
  );
  await press('a', 'r'); // there is nothing to accept or reject
  await press('c');
  assert.match(await said(), /^Complete: doc-1\./);
  assert.match((await shown()).where, /^doc-2,/);
  assert.match(await progress(), /1 of 4 documents complete/);
});

test('accepted marks have a sign in the result, and words for a screen reader', async () => {
  await press('Escape');
  assert.equal(await dialog().isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'documents-review');
  await resultOf(0);
  const accepted = page.locator('[data-testid=annotated] mark[data-decision=accepted]');
  assert.ok((await accepted.count()) > 2);
  const [sign, spoken] = await accepted
    .first()
    .evaluate((mark) =>
      ['::before', '::after'].map((part) => getComputedStyle(mark, part).content),
    );
  assert.match(sign, /✓/);
  assert.match(spoken, /accepted/);
  await accepted.first().hover();
  assert.match(await page.locator('#tip').textContent(), /accepted$/);
  const text = await tab.marks.evaluateAll((marks) =>
    marks.map(({ textContent, dataset }) => [textContent, dataset.start, dataset.end]),
  );
  for (const [words, from, to] of text) assert.equal(words, TEXTS[0].slice(from, to));
  assert.match(await rows().first().textContent(), /✓ complete/);
});

test('after a reload it goes on where it stopped', { timeout: LOADED_MS }, async () => {
  await start();
  await press('s');
  const [before, done] = [await shown(), await progress()];
  await page.reload();
  await tab.ready();
  await settled(page);
  assert.match(
    await page.locator('#documents-review').textContent(),
    /^Go on reviewing \(\d+ left\)$/,
  );
  await start();
  assert.deepEqual(await shown(), before);
  assert.equal(await progress(), done);
});

test('all above a score at once, after a look at how many; and back', async () => {
  const left = Number(/(\d+) left/.exec(await progress())[1]);
  const before = await progress();
  await dialog().locator('#queue-score').fill('0');
  assert.match(
    await dialog().locator('.queue-preview').textContent(),
    new RegExp(`^${left} of ${left} undecided, in [123] documents\\.$`),
  );
  assert.ok((await dialog().locator('.queue-examples li').count()) > 0);
  await dialog().locator('#queue-bulk-type').selectOption('Chemical');
  const some = Number(/^\d+/.exec(await dialog().locator('.queue-preview').textContent())[0]);
  assert.ok(some > 0 && some < left);
  await dialog()
    .getByRole('button', { name: `Accept ${some}` })
    .click();
  await settled(page);
  assert.match(await progress(), new RegExp(`, ${left - some} left`));
  assert.match(await dialog().locator('.queue-tally').textContent(), /accepted together/);
  await press('u');
  assert.equal(await progress(), before, 'one step takes all of them back');
  await press('Shift+U');
  assert.match(await progress(), new RegExp(`, ${left - some} left`));
});

test('the tally counts what was done, and is a file', async () => {
  const table = Object.fromEntries(
    await dialog()
      .locator('[data-tally]')
      .evaluateAll((lines) =>
        lines.map(({ dataset, cells }) => [
          dataset.value,
          Array.from(cells, ({ textContent }) => textContent),
        ]),
      ),
  );
  const [, precision, accepted, changed, rejected, missed] = table[''];
  assert.match(precision, /^\d\.\d\d \(\d\.\d\d to \d\.\d\d\)$/);
  assert.deepEqual([changed, rejected], ['0', '0'].slice(0, 2));
  assert.equal(missed, '1', '“nine patients”');
  assert.equal(table.Disease[5], '1');
  const { name, content } = await save('tally-csv');
  assert.equal(name, 'bioner-tally.csv');
  const [head, ...lines] = readCsv(content);
  const all = Object.fromEntries(head.map((column, i) => [column, lines[0][i]]));
  assert.equal(all.accepted, accepted);
  assert.equal(Number(all.precision_low) < 1, true);
  const json = JSON.parse((await save('tally-json')).content);
  assert.equal(json.all.accepted, Number(accepted));
  assert.deepEqual(
    json.changes.map(({ decision, reviewer }) => [decision, reviewer[0].text]),
    [['marked', 'nine patients']],
  );
});

test('training lines are the documents that are complete, in code points', async () => {
  await dialog().locator('#queue-score').fill('0');
  await dialog().locator('#queue-bulk-type').selectOption('');
  await dialog().locator('.queue-bulk .plain-button').click();
  await settled(page);
  for (let i = 0; i < 3; i++) {
    assert.equal((await shown()).shows, 'document');
    await press(i === 1 ? 's' : 'c');
  }
  assert.equal((await shown()).shows, 'nothing');
  assert.match(await dialog().locator('.queue-card .note').first().textContent(), /^1 document is/);
  const { name, content } = await save('training');
  assert.equal(name, 'bioner-training.jsonl');
  const lines = content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(lines.length, 3);
  assert.match(await said(), /3 documents/);
  for (const { id, text, types, entities } of lines) {
    assert.equal(text, TEXTS[Number(id.slice(4)) - 1]);
    assert.deepEqual(types, ['Chemical', 'Disease']);
    const points = Array.from(text);
    for (const { start, end, type } of entities) {
      assert.ok(types.includes(type));
      assert.match(points.slice(start, end).join(''), /^[\p{L}\d](.*[\p{L}\d])?$/su);
    }
  }
  const aspirin = lines.find(({ id }) => id === 'doc-2');
  if (aspirin) assert.ok(aspirin.entities.some(({ start, end }) => start === 2 && end === 9));
});

test('a saved review is opened on another machine and goes on there', {
  timeout: 2 * LOADED_MS,
}, async () => {
  const { name, content } = await save('review');
  assert.equal(name, 'bioner-review.json');
  const here = await progress();
  const other = await open(url);
  await other.ready();
  await other.page.setInputFiles('#file', file(name, content));
  await other.page.getByText('Review opened: 4 documents added.').waitFor();
  await settled(other.page);
  await other.page.locator('#documents-review').click();
  await settled(other.page);
  assert.equal(await other.page.locator('#queue-progress').textContent(), here);
  assert.equal(await other.page.locator('.queue-card').getAttribute('data-shows'), 'document');
  await other.page.keyboard.press('c');
  await settled(other.page);
  assert.match(
    await other.page.locator('#queue-progress').textContent(),
    /4 of 4 documents complete/,
  );
  await other.page.keyboard.press('Escape');
  // Once more: nothing is there twice, and what was decided here stays.
  await other.page.setInputFiles('#file', file(name, content));
  await other.page.getByText('the decisions on 4 that were here already are joined').waitFor();
  await settled(other.page);
  assert.equal(await other.page.locator('#documents-body tr').count(), 4);
  // A damaged file: what can be read is read, and the rest is told.
  const lines = content.split('\n');
  lines[2] = lines[2].replace('"start":', '"start":-');
  await other.page.setInputFiles('#file', file(name, lines.join('\n')));
  await other.page.locator('#problems summary').click();
  assert.match(
    await other.page.locator('#problems-list').textContent(),
    /bioner-review\.json, line 3: This document of the saved review is damaged/,
  );
  await other.page.setInputFiles(
    '#file',
    file(name, content.replace('"version": 1', '"version": 9')),
  );
  await other.page.getByText('was saved by another version of bioner').first().waitFor();
  assert.deepEqual(other.trouble, []);
  await other.context.close();
});

test('axe finds nothing, and nothing sticks out: wide and narrow, light and dark, both languages', {
  timeout: LOADED_MS,
}, async () => {
  await page.evaluate(AXE);
  const sound = async (where) => {
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      const violations = await page.evaluate(async () =>
        (await globalThis.axe.run('dialog.queue')).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        ),
      );
      assert.deepEqual(violations, [], `${where}, ${width}`);
      const over = await page.evaluate(() =>
        ['.queue', '.queue-body'].map((selector) => {
          const { scrollWidth, clientWidth } = document.querySelector(selector);
          return scrollWidth - clientWidth;
        }),
      );
      assert.deepEqual(over, [0, 0], `${where}, ${width}`);
    }
  };
  await press('b');
  for (const theme of ['light', 'dark']) {
    while ((await page.locator('html').getAttribute('data-theme')) !== theme)
      await page.evaluate(() => document.documentElement.dispatchEvent(new Event('theme-toggle')));
    await sound(`document, ${theme}`);
  }
  for (let i = 0; i < 9 && (await shown()).shows !== 'entity'; i++) await press('b');
  assert.equal((await shown()).shows, 'entity');
  await press('?');
  await page.evaluate(() => document.getElementById('language').click());
  await settled(page);
  assert.match(await progress(), /décidées sur/);
  assert.equal(await dialog().locator('h2').textContent(), 'Relecture');
  await sound('entity, French');
  await page.evaluate(() => document.getElementById('language').click());
  await page.setViewportSize({ width: 1280, height: 900 });
  await press('Escape');
});

test('a new extraction keeps the decisions on the same places and types', {
  timeout: DONE_MS,
}, async () => {
  const all = await page.locator('#documents-review').textContent();
  await page.locator('#documents-again').click();
  await page.locator('dialog[open] .main-button').click();
  await page.locator('#documents-again').waitFor({ state: 'hidden' }); // it has begun
  await tab.state('done', DONE_MS);
  await settled(page);
  assert.equal(await page.locator('#documents-review').textContent(), all);
  await start();
  assert.match(await progress(), /, 0 left\. 3 of 4 documents complete\.$/);
  await press('Escape');
  assert.ok((await resultOf(0)).some(({ text }) => text.startsWith('nine patients')));
});

test('complete is said of the types asked for: with another one no document is, without it they are again', {
  timeout: 2 * DONE_MS,
}, async () => {
  const again = async (...types) => {
    await tab.choose(...types);
    await page.locator('#documents-again').click();
    await page.locator('dialog[open] .main-button').click();
    await page.locator('#documents-again').waitFor({ state: 'hidden' }); // it has begun
    await tab.state('done', DONE_MS);
    await settled(page);
  };
  await again('Chemical', 'Disease', 'Species');
  assert.doesNotMatch(await page.locator('#documents-body').textContent(), /✓ complete/);
  await start();
  assert.match(await progress(), / 0 of 4 documents complete\.$/);
  await press('Escape');
  await again('Chemical', 'Disease');
  await start();
  assert.match(await progress(), / 3 of 4 documents complete\.$/);
  await press('Escape');
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
