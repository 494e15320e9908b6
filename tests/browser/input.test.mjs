// Whatever is put into the page: the right marks or a clear word, never a hang or a blank page.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { typeProblemWords } from '../../www/shared/type-problems.js';
import { DONE_MS, hooks, LOADED_MS, openReady, serve, settled } from './helper.mjs';

const { url } = await serve();
let tab, page;
before(
  async () => {
    tab = await openReady(url);
    ({ page } = tab);
  },
  { timeout: LOADED_MS },
);

/** Puts a text in as a paste would: through the box, or from a file, exactly. */
async function put(text, { name } = {}) {
  if (!name) return tab.input.fill(text);
  await page.setInputFiles('#file', { name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.getByText(name).waitFor();
}

async function refused(pattern) {
  await tab.extract.click();
  await tab.state('error', 5000);
  assert.match((await tab.status.textContent()) ?? '', pattern);
}

test('no text, only white space: what to do is said', async () => {
  for (const text of ['', '   ', '\n\t \r\n', '\u00a0\u2003\ufeff']) {
    await put(text);
    await refused(/There is no text yet.*example/);
  }
});

test('no type chosen: what to do is said, and choosing one settles it', async () => {
  await put('Aspirin for headache.');
  await tab.choose();
  await refused(/No entity type is chosen/);
  await tab.choose('Chemical', 'Disease');
  assert.equal(await tab.status.getAttribute('data-state'), 'ready');
});

test('a name that no type can have', async () => {
  for (const name of ['a: b', '<x>', 'a\\b', '"', ';', '- x']) {
    await page.getByLabel('Another entity type').fill(name);
    await page.keyboard.press('Enter');
    await tab.state('error', 5000);
    assert.match((await tab.status.textContent()) ?? '', /cannot be the name/, name);
  }
  await page.getByLabel('Another entity type').fill('A|B');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText(typeProblemWords('en', { reason: 'characters', name: 'A|B' })).waitFor();
  await page.getByRole('button', { name: 'Français' }).click();
  await page.getByText(typeProblemWords('fr', { reason: 'characters', name: 'A|B' })).waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('Another entity type').fill('');
});

test('a name with an apostrophe, brackets or a plus is asked for', {
  timeout: 2 * DONE_MS,
}, async () => {
  const names = ["Crohn's disease", 'T cell (CD4+)'];
  for (const name of names) {
    await page.getByLabel('Another entity type').fill(name);
    await page.keyboard.press('Enter');
    await page.getByTestId('types').getByLabel(name, { exact: true }).waitFor();
  }
  // It is there already, so it is not added again.
  await page.getByLabel('Another entity type').fill('CROHN’S DISEASE');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#new-type').value === '');
  assert.equal(
    await page
      .getByTestId('types')
      .getByRole('checkbox', { name: /crohn.s disease/i })
      .count(),
    1,
  );
  await tab.choose(...names);
  await tab.run('Aspirin for headache.');
  const lines = (await page.getByTestId('raw').locator('pre').allTextContents()).flatMap((answer) =>
    answer.split('\n'),
  );
  for (const name of names)
    assert.ok(
      lines.some((line) => line.startsWith(`${name}: `)),
      `${name}: ${lines}`,
    );
  await tab.choose('Chemical', 'Disease');
});

test('difficult text keeps its offsets', { timeout: 6 * DONE_MS }, async () => {
  const texts = {
    emoji: '😀😀 Aspirin was given for headache 👩‍⚕️ and 🧬 fever.',
    'right to left': 'קיבל אספירין (aspirin) בגלל headache. المريض أخذ ibuprofen بسبب fever.',
    'combining marks':
      'Cafe\u0301ine and aspirin for he\u0301mato\u0302me and headache, Sjo\u0308gren syndrome.',
    NUL: 'Aspirin\u0000 for headache\u0000\u0000 and fever.',
    'control characters': 'Aspirin\u0001 for\u001b headache\u007f.',
    'lone surrogates': '\ud83d aspirin \udc00\udc00 for headache \ud83d',
    'zero width': 'Asp\u200birin and ibu\u00adprofen for head\u200dache.',
    markup: '<b>Aspirin</b> & "ibuprofen" for <script>headache</script> [fever | Disease].',
    'one character': 'x',
    'one long word': 'x'.repeat(5000),
    'no full stops': 'aspirin for headache and '.repeat(120),
  };
  for (const [name, text] of Object.entries(texts)) {
    await tab.run(text);
    assert.equal(
      await page.getByTestId('annotated').evaluate((el) => JSON.stringify(el.textContent)),
      JSON.stringify(text),
      name,
    );
    for (const { start, end, text: marked } of await hooks(tab.marks)) {
      assert.equal(marked, toValid(text.slice(start, end)), name);
    }
    if (!/word|character|zero/.test(name))
      assert.ok((await tab.marks.count()) > 0, `${name}: something is found`);
  }
});

/** What the test's own channel to the browser makes of lone surrogates. */
const toValid = (text) => new TextDecoder().decode(new TextEncoder().encode(text));

test('a file keeps its line ends, though the box shows them otherwise', {
  timeout: DONE_MS,
}, async () => {
  const text = 'Notes\r\n\r\nAspirin for headache.\r\nIbuprofen for fever.\r\n';
  await put(text, { name: 'notes.txt' });
  await tab.extract.click();
  await tab.state('done', DONE_MS);
  await settled(page);
  assert.equal(await page.getByTestId('annotated').textContent(), text);
  const marks = await hooks(tab.marks);
  assert.ok(marks.length);
  for (const { start, end, text: marked } of marks) assert.equal(marked, text.slice(start, end));
  await tab.input.press('End');
  await tab.input.pressSequentially('!');
  assert.equal(await page.locator('#stale').isVisible(), true);
});

test('a dropped file is taken, one that is no text is refused', async () => {
  const drop = (name, bytes) =>
    page.evaluate(
      ([name, bytes]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(bytes)], name));
        dispatchEvent(
          new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      },
      [name, Array.from(Buffer.from(bytes))],
    );
  await drop('dropped.txt', 'Dropped aspirin.');
  await page.getByText('dropped.txt').waitFor();
  assert.equal(await tab.input.inputValue(), 'Dropped aspirin.');
  await drop('paper.pdf', '%PDF-1.7\n%\u0001\u0002');
  await tab.state('error', 5000);
  assert.match((await tab.status.textContent()) ?? '', /paper\.pdf is not plain text/);
  assert.equal(await tab.input.inputValue(), 'Dropped aspirin.', 'what was there stays');
});

test('5 MB: refused at once with the way out, whichever way it comes', async () => {
  const pattern = /5,000,000 characters.*command line.*bioner extract/;
  const paste = () =>
    page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'x'.repeat(5_000_000));
      const box = document.querySelector('[data-testid=input]');
      return box.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
  await put('Aspirin.');
  assert.equal(await paste(), false, 'the paste is stopped');
  assert.match((await tab.status.textContent()) ?? '', pattern);
  assert.equal(await tab.input.inputValue(), 'Aspirin.');

  await page.setInputFiles('#file', {
    name: 'big.txt',
    mimeType: 'text/plain',
    buffer: Buffer.alloc(5_000_000, 'x'),
  });
  await tab.state('error', 5000);
  assert.match((await tab.status.textContent()) ?? '', pattern);

  await page.evaluate(() => {
    const box = document.querySelector('[data-testid=input]');
    box.value = 'x '.repeat(2_500_000);
    box.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await refused(pattern);
  await page.getByRole('button', { name: 'Clear' }).click();
  await tab.run('Aspirin for headache.');
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});
