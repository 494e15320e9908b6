// What comes from outside is shown as text, wherever it is shown: a text, the names of files, documents and types,
// what a file says of its entities, a vocabulary. And a text that is too large is refused in words.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, file, LOADED_MS, openReady, serve, settled } from './helper.mjs';

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

/** Markup that would make elements of it wherever it was taken for markup. */
const planted = (where) => `<b class="planted">${where}</b><img class="planted" alt="${where}">`;

/** Nothing that was planted is an element, and all that is named stands on the page as text. */
async function assertText(...wheres) {
  await settled(page);
  assert.equal(await page.locator('.planted').count(), 0);
  const shown = await page.evaluate(() => {
    const places = [document.body.textContent];
    for (const one of document.querySelectorAll('input, textarea, option, [title], [aria-label]'))
      places.push(one.value ?? '', one.title ?? '', one.getAttribute('aria-label') ?? '');
    return places.join('\n');
  });
  for (const where of wheres) assert.ok(shown.includes(planted(where)), `${where} is to be seen`);
}

test('a text, and what was found in it', { timeout: DONE_MS }, async () => {
  const text = `${planted('text')} Aspirin<br>for gout&amp;<i class="planted">asthma</i>\n${'<script class="planted"></script>'}\nShe has diabetes mellitus.`;
  await tab.run(text);
  assert.equal(await page.getByTestId('annotated').textContent(), text);
  assert.ok((await tab.marks.count()) > 0);
  await assertText('text');
  await tab.marks.first().click(); // the card of an entity, with its text
  await assertText('text');
  await page.keyboard.press('Escape');
});

test('a name of a type that cannot be asked for', async () => {
  await page.locator('#new-type').fill('<b class="planted">');
  await page.locator('#new-type').press('Enter');
  await settled(page);
  assert.equal(await page.locator('.planted').count(), 0);
  await page.locator('#new-type').fill('');
});

test('files: their names, and what they say of documents and entities', {
  timeout: 2 * DONE_MS,
}, async () => {
  const text = `${planted('abstract')} Warfarin caused bleeding.`;
  const at = text.indexOf('Warfarin');
  const document = (id) => ({
    id,
    title: planted('title'),
    text,
    entities: [
      {
        start: at,
        end: at + 8,
        type: planted('type'),
        text: 'Warfarin',
        id: planted('identifier'),
        section: planted('section'),
        assertion: planted('assertion'),
      },
      { start: 0, end: 9999, type: planted('wrong type') },
    ],
  });
  const lines = [document(planted('document')), document('2')].map((one) => JSON.stringify(one));
  await add(
    file(
      `${planted('file').replaceAll('/', '\u2215')}.jsonl`,
      `${lines.join('\n')}\n{"id": "${3}", "text`,
    ),
  );
  await page.locator('#documents-body tr').nth(1).waitFor();
  await assertText('document');
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
  await assertText('document', 'abstract', 'type');
  // Every card, table and list of it.
  for (const mark of await page.locator('[data-testid=annotated] .file-annotation').all())
    await mark.hover();
  for (const summary of await page.locator('summary:visible').all()) await summary.click();
  await assertText('document', 'abstract', 'type');
});

test('a vocabulary: identifiers, names, and lines that are wrong', {
  timeout: DONE_MS,
}, async () => {
  await tab.run('She has asthma. He has gout.');
  await page.locator('#with-link').check();
  const tsv = [
    'id\tname\ttype\tsynonyms',
    `${planted('concept')}\tasthma\tDisease\t`,
    `MY:2\t${planted('name')}\tDisease\tgout`,
    `${planted('wrong line')}`,
  ];
  await page.setInputFiles(
    '#vocabulary-file',
    file(`${planted('vocabulary').replaceAll('/', '\u2215')}.tsv`, tsv.join('\n')),
  );
  await page.locator('#vocabularies .vocabulary').filter({ hasText: 'planted' }).waitFor();
  await page.locator('#vocabularies .vocabulary summary').last().click();
  await page.getByTestId('entities').getByText(planted('concept')).first().waitFor();
  await tab.marks.first().click();
  await assertText('concept', 'name');
  await page.keyboard.press('Escape');
});

test('5 MB are refused in words, pasted and as a file', async () => {
  const large = 'asthma (gout) '.repeat(360_000);
  const refused = async () => {
    await page
      .locator('[data-testid=status]')
      .getByText(/1,000,000/)
      .waitFor();
    assert.ok((await tab.input.inputValue()).length < 1_000_000, 'the text box is spared');
  };
  await tab.input.evaluate((box, text) => {
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
  }, large);
  await refused();
  await tab.run('He has gout.');
  await add(file('large.txt', large));
  await refused();
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
