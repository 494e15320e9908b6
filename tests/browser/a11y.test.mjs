// The page for keyboards, screen readers, narrow and dark screens.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { DONE_MS, LOADED_MS, open, sentences, serve, settled } from './helper.mjs';
import { AXE, assertSound } from './sound.mjs';

const { url } = await serve();
let tab, page;

before(
  async () => {
    tab = await open(url, { colorScheme: 'light', reducedMotion: 'reduce' });
    ({ page } = tab);
    await page.evaluate(AXE);
    await tab.ready();
  },
  { timeout: LOADED_MS },
);

const sound = (where) => assertSound(page, where);

test('empty', { timeout: LOADED_MS }, () => sound('empty'));

test('error', { timeout: LOADED_MS }, async () => {
  await tab.extract.click();
  await tab.state('error', 5000);
  await sound('error');
});

test('by keyboard alone: example, extraction, table, legend', {
  timeout: LOADED_MS + DONE_MS,
}, async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.reload();
  await page.evaluate(AXE);
  await tab.ready();
  const focused = () =>
    page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim());
  const tabTo = async (wanted, key = 'Tab') => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press(key);
      if ((await focused()) === wanted) return;
    }
    assert.fail(`${wanted} cannot be reached`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the text');
  await page.keyboard.press('Enter');
  await tabTo('Abstract', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo('input');
  await page.keyboard.press('Control+Enter');
  await tab.state('done', DONE_MS);
  await settled(page);
  await tabTo('extract');
  await tabTo('labels');
  await page.keyboard.press('Space');
  assert.equal(await page.locator('#labels').isChecked(), true);
  await tabTo('find');
  for (let i = 0; i < 5; i++) await page.keyboard.press('Tab'); // the four columns, then the rows
  assert.equal(await focused(), (await tab.rows.first().locator('td').first().textContent()) ?? '');
  await page.keyboard.press('End');
  assert.equal(await focused(), (await tab.rows.last().locator('td').first().textContent()) ?? '');
  await page.keyboard.press('Enter');
  await page
    .locator(`mark[data-start="${await tab.rows.last().getAttribute('data-start')}"]`)
    .first()
    .waitFor();
  await tabTo('raw');
});

test('with a result', { timeout: LOADED_MS }, () => sound('result'));

test('with everything open: card, merged lines, chart, documents, a question', {
  timeout: 3 * LOADED_MS,
}, async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.locator('#chart summary').click();
  await page.getByLabel('Merge').check();
  const documents = ['Aspirin caused gastric ulcer.', 'Nothing.', 'Metformin for diabetes.'].map(
    (text, i) => JSON.stringify({ id: i, text }),
  );
  await page.setInputFiles('#file', {
    name: 'd.jsonl',
    mimeType: 'text/plain',
    buffer: Buffer.from(documents.join('\n')),
  });
  await page.locator('#documents-run').click();
  await tab.state('done', DONE_MS);
  await page.locator('#documents-body tr').first().click();
  await settled(page);
  await sound('documents');
  await page.setViewportSize({ width: 1280, height: 900 });
  await tab.marks.first().click();
  await page.locator('#editor').waitFor();
  await sound('card'); // the card goes when the page is laid out anew; the selected row stays
  await page.getByRole('button', { name: 'Delete everything kept here' }).click();
  await page.getByRole('dialog').waitFor();
  await sound('question');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  const table = {
    name: 't.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('id,text\n1,A text of some length.\n'),
  };
  await page.setInputFiles('#file', table);
  await page.getByRole('dialog').waitFor();
  await sound('columns');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Français' }).click();
  await sound('French');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Remove all' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Yes' }).click();
});

test('the page for sceptics', { timeout: LOADED_MS }, async () => {
  await page.goto(`${url}privacy.html`);
  await page.evaluate(AXE);
  await tab.ready();
  await tab.extract.click();
  await tab.state('done', DONE_MS);
  await page.locator('.network-log summary').click();
  await sound('sceptics');
  await page.goto(url);
  await page.evaluate(AXE);
  await tab.ready();
});

test('Escape cancels, and the focus is not lost', { timeout: DONE_MS }, async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await tab.input.fill(sentences(300));
  await tab.extract.focus();
  await page.keyboard.press('Enter');
  await tab.state('working', 5000);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'cancel');
  await page.keyboard.press('Escape');
  await tab.state('ready', 5000);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'extract');
});

test('every look stands out on its ground, and text on its tint', async () => {
  const looks = await page.evaluate(() => {
    const article = document.querySelector('[data-testid=annotated]');
    const probe = document.createElement('mark');
    Object.assign(probe, { className: 'mark', textContent: 'x' });
    probe.dataset.line = 'solid'; // and of a sure mark, whose tint is the strongest
    document.body.append(probe); // not in a part of the text that is out of sight, which has no style yet
    const found = [];
    for (const theme of ['light', 'dark']) {
      document.documentElement.dataset.theme = theme;
      for (let hue = 0; hue < 8; hue++) {
        probe.dataset.hue = String(hue);
        const {
          backgroundColor: tint,
          borderBottomColor: line,
          color: ink,
        } = getComputedStyle(probe);
        found.push({
          theme,
          hue,
          tint,
          line,
          ink,
          sheet: getComputedStyle(article).backgroundColor,
        });
      }
    }
    probe.remove();
    return found;
  });
  const luminance = (color) => {
    // A mixed colour is told in shares of one: color(srgb 0.99 0.89 0.85).
    const whole = color.startsWith('color(srgb ') ? 1 : 255;
    const [r, g, b] = color
      .match(/[\d.]+/g)
      .slice(0, 3)
      .map((value) => {
        const c = Number(value) / whole;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  for (const { theme, hue, tint, line, ink, sheet } of looks) {
    assert.ok(
      contrast(line, sheet) >= 3,
      `${theme} ${hue}: line on the sheet ${contrast(line, sheet)}`,
    );
    assert.ok(
      contrast(line, tint) >= 3,
      `${theme} ${hue}: line on the tint ${contrast(line, tint)}`,
    );
    assert.ok(contrast(ink, tint) >= 7, `${theme} ${hue}: ink on the tint ${contrast(ink, tint)}`);
  }
});
