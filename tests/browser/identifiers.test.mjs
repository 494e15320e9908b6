// Identifiers: fetched when asked for, shown and linked out, chosen by the reader, and vocabularies of one's own.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DONE_MS, LOADED_MS, open, serve, settled } from './helper.mjs';
import { entityOf, markAll, markOf, NOTE, readNote, rowOf } from './note.mjs';
import { AXE, assertSound } from './sound.mjs';

const site = await serve();
let tab, page, card, panel;
before(
  async () => {
    tab = await open(site.url, { reducedMotion: 'reduce', serviceWorkers: 'block' });
    ({ page } = tab);
    card = page.locator('#editor');
    panel = page.locator('#vocabularies');
    await tab.ready();
    await readNote(tab);
  },
  { timeout: LOADED_MS + DONE_MS },
);

const vocabulary = (name, content) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.isBuffer(content) ? content : Buffer.from(content),
});
const own = (name) => panel.locator('.vocabulary').filter({ hasText: name });
/** Waits until the card of the first mention has this identifier. */
const hasId = (words, id) =>
  rowOf(page, words).locator('.id-cell').getByText(id, { exact: true }).waitFor();

test('off until they are switched on; the vocabulary is fetched once, and the press says so', async () => {
  const fetched = () => site.requests.filter((url) => url.includes('/vocabulary/builtin'));
  assert.equal(await page.locator('#with-link').isChecked(), false);
  assert.match((await page.locator('#link-note').textContent()) ?? '', /3\.5 MB once/);
  assert.equal(fetched().length, 0);
  assert.equal((await entityOf(page, 'asthma')).candidates, undefined);
  await page.locator('#with-link').check();
  await hasId('asthma', 'MESH:D001249');
  assert.equal(fetched().length, 1);
  const { id, candidates } = await entityOf(page, 'asthma');
  assert.equal(id, 'MESH:D001249');
  assert.equal(candidates[0].name, 'Asthma');
});

test('the table and the card have name, score and a link that opens only when it is pressed', async () => {
  assert.match(
    (await rowOf(page, 'asthma').locator('.id-cell').textContent()) ?? '',
    /Asthma, 1\.00/,
  );
  await markOf(page, 'asthma').click();
  const link = card.getByRole('link', { name: 'MESH:D001249: open at MeSH' });
  assert.deepEqual(await link.evaluate(({ href, target, rel }) => ({ href, target, rel })), {
    href: 'https://meshb.nlm.nih.gov/record/ui?ui=D001249',
    target: '_blank',
    rel: 'noopener noreferrer',
  });
  assert.deepEqual(tab.trouble, [], 'nothing is asked from there');
  await page.keyboard.press('Escape');
});

test('the reader chooses another one, or none, for all mentions of the name; undo takes it back', async () => {
  const all = (await entityOf(page, 'asthma')).candidates;
  await markOf(page, 'asthma').click();
  await card.locator('.id-more summary').click();
  const choices = card.locator('.id-choice');
  assert.equal(await choices.count(), all.length + 1);
  if (all.length > 1) {
    await choices.nth(1).click();
    await hasId('asthma', all[1].id);
    await page.keyboard.press('Escape');
    assert.equal((await entityOf(page, 'asthma', 1)).id, all[1].id, 'the other mention too');
    await page.getByRole('button', { name: 'Undo' }).click();
    await hasId('asthma', all[0].id);
  }
  await page.keyboard.press('Escape');
  await markOf(page, 'asthma').click();
  await card.locator('.id-more summary').click();
  await card.getByRole('button', { name: 'None of these' }).click();
  await card.getByText('No identifier found').waitFor();
  await page.keyboard.press('Escape');
  const [first, second] = [await entityOf(page, 'asthma'), await entityOf(page, 'asthma', 1)];
  assert.deepEqual([first.id, second.id], [undefined, undefined]);
  assert.deepEqual(first.candidates, all, 'they can still be chosen');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Undo' }).click();
  await hasId('asthma', 'MESH:D001249');
});

test('axe finds nothing with identifiers, and nothing sticks out', {
  timeout: LOADED_MS,
}, async () => {
  await page.evaluate(AXE);
  await panel.getByText('Add a vocabulary of your own').click();
  await panel.getByText('Sources and licences').click();
  await panel.locator('dt').first().waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  await markOf(page, 'asthma').click();
  await card.locator('.id-more summary').click();
  await assertSound(page, 'identifiers');
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.keyboard.press('Escape');
});

test('the sources of the built-in vocabulary are named with their licences', async () => {
  const text = (await panel.locator('dl').textContent()) ?? '';
  for (const source of ['MeSH', 'DrugBank', 'Human Phenotype Ontology', 'NCBI Taxonomy', 'CC0'])
    assert.ok(text.includes(source), source);
});

/** Drops files on the place for vocabularies: `[name, content, how many megabytes of comments after it]`. */
async function dropVocabularies(...files) {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    const megabyte = new Blob(['# nothing\n'.repeat(1e5)]);
    for (const [name, content, megabytes = 0] of all)
      transfer.items.add(new File([content, ...Array(megabytes).fill(megabyte)], name));
    return transfer;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('.vocabulary-drop', type, { dataTransfer: data });
}
/** A vocabulary that takes a while to be read. */
const LONG = ['long.tsv', 'MY:9\tstroke\tDisease\n', 1500];
const kept = () =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('bioner');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const database = request.result;
          const store = database.transaction('vocabularies').objectStore('vocabularies');
          store.getAllKeys().onsuccess = ({ target }) => {
            database.close();
            resolve(target.result);
          };
        };
      }),
  );

const TSV = 'id\tname\ttype\nMY:1\tasthma\tDisease\nMY:2\n1 MY\tchest pain <b>\tDisease\n';

test('a vocabulary of one’s own is asked first; problems are told by line', async () => {
  await page.setInputFiles('#vocabulary-file', vocabulary('mine.tsv', TSV));
  await own('mine.tsv')
    .getByText(/^2 concepts/)
    .waitFor();
  await hasId('asthma', 'MY:1');
  await own('mine.tsv').locator('summary').click();
  await own('mine.tsv').getByText('mine.tsv, line 3:').waitFor();
  await markOf(page, 'asthma').click();
  assert.equal(await card.locator('.id-chosen a').count(), 0, 'no address is known for it');
  await page.keyboard.press('Escape');
});

test('it can be dropped; compressed files and ontologies are read; what is none is refused', async () => {
  const obo = `format-version: 1.2\n\n[Term]\nid: OWN:7\nname: stroke\n`;
  await dropVocabularies(['mine.obo', obo]);
  await own('mine.obo')
    .getByText(/^1 concept/)
    .waitFor();
  await hasId('stroke', 'OWN:7');
  assert.equal(await page.locator('.dropping').count(), 0);
  const gz = gzipSync('G:9\tpneumonia\tDisease\n');
  await page.setInputFiles('#vocabulary-file', vocabulary('mine.tsv.gz', gz));
  await own('mine.tsv.gz')
    .getByText(/^1 concept/)
    .waitFor();
  await hasId('pneumonia', 'G:9');
  await page.setInputFiles('#vocabulary-file', vocabulary('cut.tsv.gz', gz.subarray(0, 12)));
  await own('cut.tsv.gz').getByText('It could not be read.').waitFor();
  await own('cut.tsv.gz').getByText('there is no concept in this file').waitFor();
  assert.equal(await own('cut.tsv.gz').getByText('all else was read').count(), 0);
  await page.getByRole('button', { name: 'Remove cut.tsv.gz' }).click();
  await own('cut.tsv.gz').waitFor({ state: 'detached' });
});

test('a file that cannot be read does not replace the one of its name', async () => {
  await page.setInputFiles('#vocabulary-file', vocabulary('mine.obo', 'nothing of the kind'));
  await own('mine.obo').getByText('The one of this name that was here is still used').waitFor();
  await hasId('stroke', 'OWN:7');
  await page.getByRole('button', { name: 'Remove mine.obo' }).click();
  await own('mine.obo').waitFor({ state: 'detached' });
  await hasId('stroke', 'MESH:D020521');
});

test('removed while it is read, by a press that takes its time, it does not come back', async () => {
  await dropVocabularies(LONG);
  const says = () => own('long.tsv').locator('.vocabulary-says').textContent();
  await page.getByRole('button', { name: 'Remove long.tsv' }).hover();
  await page.mouse.down();
  const before = await says();
  assert.match(before, /^Reading: /);
  await page.waitForFunction(
    (text) => !document.body.textContent.includes(text), // it is read on meanwhile
    before,
  );
  assert.match(await says(), /^Reading: /);
  await page.mouse.up();
  await own('long.tsv').waitFor({ state: 'detached' });
  await dropVocabularies(['later.tsv', 'L:1\tasthma\tDisease\n']);
  await own('later.tsv')
    .getByText(/^1 concept/)
    .waitFor();
  await settled(page);
  assert.equal(await own('long.tsv').count(), 0);
  assert.deepEqual(await kept(), ['later.tsv', 'mine.tsv', 'mine.tsv.gz']);
  await hasId('stroke', 'MESH:D020521');
  await page.getByRole('button', { name: 'Remove later.tsv' }).press('Enter');
  await own('later.tsv').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'vocabulary-file');
});

test('it is there at the next visit, until it is removed', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  await page.reload();
  await tab.ready();
  assert.equal(await page.locator('#with-link').isChecked(), true);
  await own('mine.tsv.gz')
    .getByText(/^1 concept/)
    .waitFor();
  await tab.run(NOTE);
  await markAll(tab);
  await hasId('asthma', 'MY:1');
  await page.getByRole('button', { name: 'Remove mine.tsv', exact: true }).click();
  await hasId('asthma', 'MESH:D001249');
});

test('“Delete everything kept here” deletes vocabularies and choices, also what is being read', {
  timeout: DONE_MS,
}, async () => {
  await dropVocabularies(LONG, ['next.tsv', 'N:1\tasthma\tDisease\n']);
  await own('long.tsv').getByText('Reading').waitFor();
  await page.getByRole('button', { name: 'Delete everything kept here' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Yes' }).click();
  await tab.status.filter({ hasText: 'Deleted' }).waitFor();
  await panel.locator('.vocabulary').first().waitFor({ state: 'detached' });
  await hasId('asthma', 'MESH:D001249');
  await settled(page);
  assert.equal(await panel.locator('.vocabulary').count(), 0);
  const left = await page.evaluate(async () => [
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...Object.keys(localStorage),
  ]);
  assert.deepEqual(left, []);
  assert.deepEqual(tab.trouble, []);
});
