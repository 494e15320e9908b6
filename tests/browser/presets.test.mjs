// Presets set the types; types make presets. What is chosen is kept for the next visit.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { documents } from '../../www/shared/documents.js';
import { DONE_MS, LOADED_MS, open, serve, settled } from './helper.mjs';

globalThis.navigator ??= { languages: ['en'] };
const { en } = await import('../../www/text/en.js');
const { fr } = await import('../../www/text/fr.js');
const { types: TYPES, presets: PRESETS } = documents().inventory();
const typesOf = (name) => PRESETS.find((preset) => preset.name === name).types;
const LITERATURE = typesOf('literature');

const site = await serve();
let tab;
before(
  async () => {
    tab = await open(site.url);
    await tab.ready();
  },
  { timeout: LOADED_MS },
);

const menu = (page) => page.getByTestId('preset');
const chip = (page, type) => page.getByTestId('types').getByLabel(type, { exact: true });

/** What is shown: the preset, its name, and the chips with whether they are ticked. */
const shown = (page) =>
  page.evaluate(() => {
    const list = document.querySelector('[data-testid=preset]');
    const boxes = [...document.querySelectorAll('[data-testid=types] [type=checkbox]')];
    return {
      preset: list.value,
      label: list.selectedOptions[0]?.textContent,
      offered: boxes.map(({ value }) => value),
      chosen: boxes.filter(({ checked }) => checked).map(({ value }) => value),
    };
  });

/** @param {string[]} chosen */
const preset = (name, words = en) => ({
  preset: name,
  label: words.presets[name],
  offered: typesOf(name),
  chosen: typesOf(name),
});

/** Adds a type by the box. */
async function add(page, name) {
  await page.locator('#new-type').fill(name);
  await page.keyboard.press('Enter');
  await chip(page, name).waitFor();
}

test('the first visit has the types of the literature', async () => {
  assert.deepEqual(await shown(tab.page), preset('literature'));
});

test('every preset sets the types, under its name in both languages', async () => {
  const { page } = tab;
  for (const words of [fr, en]) {
    await page.locator('#language').click();
    for (const { name } of PRESETS) {
      await menu(page).selectOption({ label: words.presets[name] });
      assert.deepEqual(await shown(page), preset(name, words));
    }
    const names = await menu(page).locator('option').allTextContents();
    assert.deepEqual(
      names,
      PRESETS.map(({ name }) => words.presets[name]),
      'no choice of one’s own, as long as none is made',
    );
  }
});

test('a type that is ticked off leaves the preset; ticked again, it is back', async () => {
  const { page } = tab;
  await menu(page).selectOption('safety');
  await chip(page, 'Disease').uncheck();
  const [drug, , effect] = typesOf('safety');
  assert.deepEqual(await shown(page), {
    preset: '',
    label: en.presetOwn,
    offered: typesOf('safety'),
    chosen: [drug, effect],
  });
  await chip(page, 'Disease').check();
  assert.deepEqual(await shown(page), preset('safety'));
});

test('a type of one’s own leaves the preset, and stays beside another one', async () => {
  const { page } = tab;
  await menu(page).selectOption('trial');
  await add(page, 'Eponym');
  const own = await shown(page);
  assert.deepEqual([own.preset, own.chosen], ['', [...typesOf('trial'), 'Eponym']]);
  await menu(page).selectOption('note');
  assert.deepEqual(await shown(page), {
    ...preset('note'),
    offered: [...typesOf('note'), 'Eponym'],
  });
  await page.getByRole('button', { name: 'Remove Eponym' }).click();
  assert.deepEqual(await shown(page), preset('note'));
});

test('a chip says what its type is; what it is not known by is said too', async () => {
  const { page } = tab;
  await menu(page).selectOption('note');
  const { definition, includes, excludes } = TYPES.find(({ name }) => name === 'Chemical');
  const hint = (type) => chip(page, type).getAttribute('title');
  // By a synonym.
  assert.equal(await hint('Medication'), en.typeHint(definition, includes, excludes));
  const sex = TYPES.find(({ name }) => name === 'Sex');
  assert.equal(sex.excludes, '');
  await add(page, 'Sex');
  assert.equal(await hint('Sex'), en.typeHint(sex.definition, sex.includes, ''));
  assert.doesNotMatch(await hint('Sex'), /Excludes/);
  await add(page, 'Eponym');
  assert.equal(await hint('Eponym'), en.typeUnknown);
  for (const type of ['Sex', 'Eponym'])
    await page.getByRole('button', { name: `Remove ${type}` }).click();
});

test('what is suggested are the names of the inventory that are not there yet', async () => {
  const { page } = tab;
  await menu(page).selectOption('note');
  const suggested = await page
    .locator('#type-names option')
    .evaluateAll((all) => all.map(({ value }) => value));
  const names = TYPES.flatMap(({ name, synonyms }) => [name, ...synonyms]);
  assert.deepEqual(
    suggested,
    names.filter((name) => !typesOf('note').includes(name)),
  );
  assert.equal(await page.locator('#new-type').getAttribute('list'), 'type-names');
});

test('the model is asked for the types of the preset', { timeout: 2 * DONE_MS }, async () => {
  const { page } = tab;
  await menu(page).selectOption('safety');
  await page.getByTestId('format').selectOption('lines-grouped');
  await tab.run('Amiodarone was followed by hypothyroidism.');
  const answer = (await page.getByTestId('raw').locator('pre').allTextContents()).join('\n');
  for (const type of typesOf('safety')) assert.match(answer, new RegExp(`^${type}: `, 'm'));
  const legend = page.locator('#legend .legend-entry');
  assert.deepEqual(
    await legend.evaluateAll((all) =>
      all.map(({ firstChild }) => firstChild.nextSibling.data.trim()),
    ),
    typesOf('safety'),
  );
  assert.equal(await page.locator('#stale').isVisible(), false);
  await menu(page).selectOption('trial');
  assert.equal(await page.locator('#stale').isVisible(), true, 'the result is of other types');
  await settled(page);
});

test('nothing left the origin, nothing was forbidden, nothing failed unseen', () => {
  assert.deepEqual(tab.trouble, []);
});

// The types are there without the model, which here never comes.
const slow = await serve();
slow.spoil((request) => request.url.includes('/models/') && new Promise(() => {}));

async function revisit(page) {
  await page.goto(slow.url);
  await page.locator('.chip').first().waitFor();
}

/** Has the page load its inventory, as a look at what can be added does. */
async function loadInventory(page) {
  await page.locator('#new-type').focus();
  await page.locator('#type-names option').first().waitFor({ state: 'attached' });
}

const kept = (page) => page.evaluate(() => localStorage.getItem('bioner-types'));

test('a preset is there at the next visit, and so is a choice of one’s own', async () => {
  const { page, context, trouble } = await open(slow.url);
  assert.deepEqual(await shown(page), preset('literature'));
  await loadInventory(page);
  assert.deepEqual(await shown(page), preset('literature'));
  assert.equal(await kept(page), null, 'nothing was chosen yet');
  await menu(page).selectOption('note');
  await revisit(page);
  assert.deepEqual(await shown(page), preset('note'), 'before the inventory is loaded');
  await loadInventory(page);
  assert.deepEqual(await shown(page), preset('note'));

  await add(page, 'Eponym');
  await chip(page, 'Anatomy').uncheck();
  const own = await shown(page);
  assert.equal(own.preset, '');
  await revisit(page);
  assert.deepEqual(await shown(page), own);
  await loadInventory(page);
  assert.deepEqual(await shown(page), own);
  await page.getByRole('button', { name: 'Remove Eponym' }).waitFor();
  assert.deepEqual(trouble, []);
  await context.close();
});

test('a preset can be chosen before the inventory is loaded, and a type ticked off', async () => {
  const { page, context } = await open(slow.url);
  await chip(page, 'Gene').uncheck();
  assert.equal((await shown(page)).label, en.presetOwn);
  await menu(page).selectOption('trial');
  await chip(page, 'Measurement').waitFor();
  assert.deepEqual(await shown(page), preset('trial'));
  await context.close();
});

test('what is kept and cannot be used: the default, or what can be used of it', async () => {
  const offered = ['Gene', 'Variant'];
  const literature = preset('literature');
  const { page, context, trouble } = await open(slow.url);
  for (const [stored, wanted] of [
    ['', literature],
    ['{', literature],
    ['null', literature],
    ['[]', literature],
    ['"note"', literature],
    ['{"preset":"note"}', literature],
    ['{"preset":"note","offered":null,"chosen":7}', literature],
    ['{"preset":"note","offered":[1,{}],"chosen":[null]}', literature],
    // The types of a preset are those that it has now.
    [
      JSON.stringify({ preset: 'safety', offered, chosen: ['Gene'] }),
      {
        ...preset('safety'),
        offered: [...typesOf('safety'), 'Variant'],
      },
    ],
    // No preset has this name: the types are the reader's own choice.
    [
      JSON.stringify({ preset: 'nonsense', offered, chosen: ['Gene'] }),
      {
        preset: '',
        label: en.presetOwn,
        offered,
        chosen: ['Gene'],
      },
    ],
    [JSON.stringify({ preset: 'nonsense', offered: LITERATURE, chosen: LITERATURE }), literature],
  ]) {
    await page.evaluate((value) => localStorage.setItem('bioner-types', value), stored);
    await revisit(page);
    await loadInventory(page);
    assert.deepEqual(await shown(page), wanted, stored);
    assert.deepEqual(trouble, [], stored);
  }
  await context.close();
});

test('where the inventory cannot be fetched, types can be chosen, and the menu says why it cannot', async () => {
  const site = await serve();
  site.spoil((request, response) => {
    if (request.url.includes('/models/')) return new Promise(() => {});
    const refused = request.url.includes('bioner_documents_bg.wasm');
    if (refused) response.writeHead(404).end();
    return refused;
  });
  const { page, context, status } = await open(site.url);
  await chip(page, 'Gene').uncheck();
  const before = await shown(page);
  assert.deepEqual(
    before.chosen,
    LITERATURE.filter((type) => type !== 'Gene'),
  );
  await menu(page).selectOption('note');
  await page.waitForSelector('[data-testid=status][data-state=error]');
  assert.match(await status.textContent(), /could not be loaded/);
  assert.deepEqual(await shown(page), before);
  await context.close();
});
