// What decorates the result (abbreviations, merged mentions, the chart) never ends an extraction.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, hooks, LOADED_MS, open, serve, settled } from './helper.mjs';

const site = await serve();
let tab;
before(
  async () => {
    tab = await open(site.url);
    await tab.ready();
  },
  { timeout: LOADED_MS },
);

// Short forms with each character that means something in a regular expression, and some that do not.
const EXPLAINED = [
  'Patients took 6-mercaptopurine (6-MP) for leukemia. 6-MP and prednisone were stopped.',
  'Expression of granulocyte-macrophage colony-stimulating factor (GM-CSF) fell. GM-CSF causes fever.',
  'Interleukin-10 (IL-10) and cyclooxygenase-1 (COX-1) rose in asthma; IL-10 and COX-1 fell with ibuprofen.',
  'Human immunodeficiency virus type 2 (HIV-2) infection is treated with lamivudine. HIV-2 infection is rare.',
  'Interferon gamma (IFN-γ) rose in hepatitis. IFN-γ fell after ribavirin.',
  'Calcium/calmodulin kinase (C/CK) was blocked by nicotine. C/CK is not a disease.',
  'Nitric oxide plus carbon (NO+C) helped in asthma. NO+C was given with salbutamol.',
  'Vitamin D3 (V.D3) and vitamin K* (VK*) were given for rickets. V.D3 helped.',
  'A score of pain (P|S) and a ratio of dose (R^D) and costs ($C) were noted in migraine.',
];

for (const text of EXPLAINED) {
  test(`“${text.slice(0, 40)}…” is worked on to its end`, { timeout: DONE_MS }, async () => {
    await tab.run(text);
    const marks = await hooks(tab.marks);
    assert.ok(marks.length > 0, 'something was found');
    for (const { start, end, text: words } of marks) assert.equal(words, text.slice(start, end));
    assert.deepEqual(tab.trouble, []);
  });
}

test('words with any character are marked where they stand', { timeout: DONE_MS }, async () => {
  const { page } = tab;
  const text = 'He had COX-2, C++ and (R)-warfarin [5 mg/d] | 10% $x^2 {a} 1.5 \\n there.';
  await tab.run(text);
  for (const words of [
    'COX-2',
    'C++',
    '(R)-warfarin',
    '[5 mg/d]',
    '| 10%',
    '$x^2',
    '{a}',
    '1.5 \\n',
  ]) {
    const before = (await hooks(tab.marks)).length;
    await page.locator('#add-text').fill(words);
    await page.locator('#add-as').selectOption('Disease');
    await page.locator('#add-text').press('Enter');
    await settled(page);
    const marks = await hooks(tab.marks);
    const found = marks.some(({ text: marked }) => marked === words);
    const refused = (await tab.status.textContent()).includes('marked already');
    assert.ok(found || (refused && marks.length === before), words);
  }
  assert.ok((await hooks(tab.marks)).some(({ text: marked }) => marked === '| 10%'));
  assert.deepEqual(tab.trouble, []);
});

test('where a rule fails, what the model found is shown and the console says what failed', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  const broken = {
    'abbreviations.js': ['findDefinitions', 'derive', 'named'],
    'groups.js': ['groupMentions', 'longForms', 'normalForm'],
  };
  site.spoil((request, response) => {
    const names = broken[request.url.split('/').at(-1)];
    if (!names) return false;
    const body = names
      .map((name) => `export const ${name} = () => { throw new Error('broken on purpose'); };`)
      .join('\n');
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(body);
    return true;
  });
  const spoilt = await open(site.url);
  const told = [];
  spoilt.page.on('console', (message) => message.type() === 'error' && told.push(message.text()));
  await spoilt.ready();
  await spoilt.run("Parkinson's disease (PD) is treated with levodopa. PD was seen.");
  site.mend();
  const marks = (await hooks(spoilt.marks)).map(({ text }) => text);
  assert.ok(
    marks.includes("Parkinson's disease") && marks.includes('levodopa'),
    JSON.stringify(marks),
  );
  assert.equal(await spoilt.rows.count(), marks.length);
  assert.ok(
    told.some(
      (line) => line.includes('abbreviations failed') && line.includes('broken on purpose'),
    ),
    JSON.stringify(told),
  );
  await spoilt.page.getByLabel('Merge').check();
  await spoilt.page.getByLabel('Merge').uncheck();
  await spoilt.page.locator('#chart summary').click();
  await settled(spoilt.page);
  assert.ok(
    told.some((line) => line.includes('grouping')),
    JSON.stringify(told),
  );
  assert.equal(await spoilt.status.getAttribute('data-state'), 'done');
  assert.deepEqual(spoilt.trouble, []);
  await spoilt.context.close();
});

test('many documents with such abbreviations are all done', { timeout: DONE_MS }, async () => {
  const { page } = tab;
  const lines = EXPLAINED.slice(0, 3)
    .map((text, i) => JSON.stringify({ id: `d${i}`, text }))
    .join('\n');
  await page
    .locator('#file')
    .setInputFiles({ name: 'three.jsonl', mimeType: 'text/plain', buffer: Buffer.from(lines) });
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
  await settled(page);
  assert.equal(await page.locator('#documents-body tr[data-state=done]').count(), 3);
  assert.deepEqual(tab.trouble, []);
});
