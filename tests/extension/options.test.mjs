// The options page, in English and French, and what its choices do to an open page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { documents } from '../../www/shared/documents.js';
import { PALETTES } from '../../www/shared/looks.js';
import { typeProblemWords } from '../../www/shared/type-problems.js';
import { finished, highlights, inPanel, launch, marked, panel, until } from './helper.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ABSTRACT = 'https://pubmed.ncbi.nlm.nih.gov/90000001/';
const extension = await launch();
const options = (of = extension) =>
  of.open(`chrome-extension://${of.id}/extension/options/options.html`);

/** The colour of a type's line on a page. */
const lineColour = (page, type) =>
  page.evaluate((name) => {
    const [range] = CSS.highlights.get(name);
    return getComputedStyle(range.startContainer.parentElement, `::highlight(${name})`)
      .textDecorationColor;
  }, `bioner-${type}`);
const rgb = (hex) =>
  `rgb(${[1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

test('colours, threshold and types reach an open page at once', async () => {
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  await finished(page);
  assert.equal(await lineColour(page, 'chemical'), rgb(PALETTES.standard[0]));

  const settings = await options();
  await settings.getByLabel('Colour-blind safe').check();
  await settings.getByText('Saved.').waitFor();
  await page.waitForFunction((colour) => {
    const [range] = CSS.highlights.get('bioner-chemical');
    return (
      getComputedStyle(range.startContainer.parentElement, '::highlight(bioner-chemical)')
        .textDecorationColor === colour
    );
  }, rgb(PALETTES.safe[0]));

  await settings.locator('#colour-Chemical').evaluate((input) => {
    input.value = '#123456';
    input.dispatchEvent(new Event('change'));
  });
  await page.waitForFunction(() => {
    const [range] = CSS.highlights.get('bioner-chemical');
    return (
      getComputedStyle(range.startContainer.parentElement, '::highlight(bioner-chemical)')
        .textDecorationColor === 'rgb(18, 52, 86)'
    );
  });

  await settings.locator('#threshold').evaluate((input) => {
    input.value = '1';
    input.dispatchEvent(new Event('change'));
  });
  await page.waitForFunction(() => !CSS.highlights.size);
  await settings.getByRole('button', { name: 'Back to the defaults' }).click();
  await marked(page, 'chemical');

  await settings.getByLabel('Disease', { exact: true }).uncheck();
  await settings.getByText('Saved.').waitFor();
  await page.waitForFunction(() => !CSS.highlights.has('bioner-disease'));
  await marked(page, 'chemical');
  await finished(page);
  assert.ok(!('Disease' in (await panel(page)).groups));
  await settings.getByLabel('Disease', { exact: true }).check();
  await marked(page, 'disease');
  await page.close();
  await settings.close();
});

/** The boxes of the types, and which are ticked. */
const boxes = (settings) =>
  settings.locator('#types input[type=checkbox]').evaluateAll((all) => ({
    offered: all.map(({ value }) => value),
    ticked: all.filter(({ checked }) => checked).map(({ value }) => value),
  }));
/** What is kept of the types. */
const kept = () =>
  extension.worker.evaluate(async () => {
    const { types, preset } = (await chrome.storage.local.get('settings')).settings;
    return { types, preset };
  });

test('a preset sets the types, at once also on an open page; a change of them leaves it', async () => {
  const { presets } = documents().inventory();
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  await finished(page);
  const settings = await options();
  const menu = settings.getByLabel('Preset');
  await settings.waitForFunction(() => document.querySelector('#preset')?.value === 'literature');
  for (const { name, types } of presets) {
    await menu.selectOption(name);
    await settings.locator(`#types input[value=${types.at(-1)}]`).waitFor();
    assert.deepEqual(await boxes(settings), { offered: types, ticked: types });
    assert.deepEqual(await kept(), { types: undefined, preset: name });
  }
  await marked(page, 'drug'); // of the last one, `safety`
  await finished(page);
  const { groups } = await panel(page);
  assert.ok(groups.Drug && !groups.Chemical);

  const { types } = presets.find(({ name }) => name === 'safety');
  await settings.getByLabel('Disease', { exact: true }).uncheck();
  await settings.waitForFunction(() => document.querySelector('#preset').value === '');
  assert.equal(await menu.locator('option:checked').textContent(), 'Own choice');
  const ticked = types.filter((type) => type !== 'Disease');
  assert.deepEqual(await boxes(settings), { offered: types, ticked });
  assert.deepEqual((await kept()).types, ticked);
  await settings.reload();
  // The menu is empty until the inventory is there.
  await settings.waitForFunction(
    () => document.querySelector('#preset option:checked')?.value === '',
  );
  await settings.locator('#types input:checked').first().waitFor();
  assert.deepEqual((await boxes(settings)).ticked, ticked);

  // With the missing type it is the preset again.
  await settings.getByLabel('Another type').fill('Disease');
  await settings.getByRole('button', { name: 'Add' }).click();
  await settings.waitForFunction(() => document.querySelector('#preset').value === 'safety');
  assert.deepEqual(await kept(), { types: undefined, preset: 'safety' });
  await settings.close();
  await page.close();
});

test('a row says what its type is, and suggestions come from the inventory', async () => {
  const settings = await options();
  await settings.getByRole('button', { name: 'Back to the defaults' }).click();
  await settings.waitForFunction(() => document.querySelector('#preset').value === 'literature');
  const { types } = documents().inventory();
  const { definition, includes, excludes } = types.find(({ name }) => name === 'Gene');
  const hint = await settings.locator('#types input[value=Gene]').getAttribute('title');
  assert.equal(hint, `${definition}\nIncludes: ${includes}\nExcludes: ${excludes}`);
  const suggested = await settings
    .locator('#type-names option')
    .evaluateAll((all) => all.map(({ value }) => value));
  assert.ok(suggested.includes('Variant') && suggested.includes('Side effect'));
  assert.ok(!suggested.includes('Gene'));
  await settings.close();
});

test('settings of earlier versions, and a preset that there is not', async () => {
  await extension.set({
    types: ['Disease', 'Chemical', 'Gene', 'Anatomy', 'Species'],
    preset: undefined,
  });
  const settings = await options();
  await settings.waitForFunction(() => document.querySelector('#preset')?.value === 'literature');
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  assert.equal((await finished(page)).failed, false);

  await extension.set({ types: undefined, preset: 'nonsense' });
  const { status } = await until(page, ({ failed }) => failed, 'the message');
  assert.equal(status, 'There is no such preset. Choose another one in the options.');
  await settings.waitForFunction(() => document.querySelector('#preset').value === '');
  await settings.getByRole('button', { name: 'Back to the defaults' }).click();
  await marked(page, 'chemical');
  await page.close();
  await settings.close();
});

test('a type that cannot be asked for is refused with the words of every surface', async () => {
  const words = typeProblemWords('en', { reason: 'characters', name: 'A|B' });
  const settings = await options();
  const stored = () =>
    extension.worker.evaluate(
      async () => (await chrome.storage.local.get('settings')).settings?.types ?? [],
    );
  const before = await stored();
  const add = async (type) => {
    await settings.getByLabel('Another type').fill(type);
    await settings.getByRole('button', { name: 'Add' }).click();
  };
  await add('A|B');
  await settings.getByText(words).waitFor();
  assert.deepEqual(await stored(), before);
  await add('DISEASE');
  await settings
    .getByText(typeProblemWords('en', { reason: 'repeated', name: 'Disease' }))
    .waitFor();

  await add("Crohn's disease");
  await settings.getByRole('checkbox', { name: "Crohn's disease" }).waitFor();
  const page = await extension.open(ABSTRACT);
  await extension.press(page);
  assert.equal((await finished(page)).failed, false);
  await settings.getByRole('button', { name: "Remove Crohn's disease" }).click();
  await settings.getByRole('checkbox', { name: "Crohn's disease" }).waitFor({ state: 'detached' });

  await extension.set({ types: ['A|B'] }); // as an earlier version may have kept it
  const { status } = await until(page, ({ failed }) => failed, 'the message');
  assert.equal(status, words);
  await settings.getByRole('button', { name: 'Back to the defaults' }).click();
  await marked(page, 'chemical');
  await page.close();
  await settings.close();
});

test('a type of the reader’s own', async () => {
  const settings = await options();
  await settings.getByLabel('Another type').fill('Side effect');
  await settings.getByRole('button', { name: 'Add' }).click();
  await settings.getByRole('checkbox', { name: 'Side effect' }).waitFor();
  const stored = await extension.worker.evaluate(
    async () => (await chrome.storage.local.get('settings')).settings.types,
  );
  assert.equal(stored.at(-1), 'Side effect');
  await settings.getByRole('button', { name: 'Remove Side effect' }).click();
  await settings.getByRole('checkbox', { name: 'Side effect' }).waitFor({ state: 'detached' });
  for (const type of ['One', 'Two', 'Three', 'Four']) {
    await settings.getByLabel('Another type').fill(type);
    await settings.getByRole('button', { name: 'Add' }).click();
    if (type !== 'Four') await settings.getByRole('checkbox', { name: type }).waitFor();
  }
  await settings.getByText('At most 8 types at once.').waitFor();
  await settings.close();
});

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds no fault with options and panel, ${colorScheme}`, async () => {
    const settings = await options();
    await settings.emulateMedia({ colorScheme });
    assert.deepEqual(await audit(settings), []);
    await settings.close();

    const page = await extension.open(ABSTRACT);
    await page.emulateMedia({ colorScheme });
    await extension.press(page);
    await finished(page);
    assert.deepEqual(await audit(page, true), []);
    await page.close();
  });
}

/**
 * Axe's findings, as lines; one of them if it found nothing to look at. In the panel it runs in the
 * content script's world, on the panel alone.
 */
async function audit(page, inside = false) {
  const run = `${axe}; return axe.run(target).then(({ violations, passes }) =>
    passes.length < 5 ? ['hardly anything was looked at'] : violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, any }) => html + ' ' + any.map(({ message }) => message)).join(' | ')))`;
  if (!inside) return page.evaluate(`(async (target) => { ${run} })(document)`);
  return inPanel(
    page,
    `async (root) => {
    // Axe looks for a document's content; the panel's is put into one of its own, styles and all.
    const host = document.querySelector('bioner-panel');
    const copy = document.createElement('div');
    copy.attachShadow({ mode: 'open' }).append(...[...root.childNodes].map((node) => node.cloneNode(true)));
    copy.shadowRoot.adoptedStyleSheets = root.adoptedStyleSheets;
    host.after(copy);
    const target = copy;
    try { ${run.replace('return axe.run', 'return await axe.run')} } finally { copy.remove(); }
  }`,
  );
}

test('its pages cannot reach a server, or run what they were not packed with', async () => {
  const settings = await options();
  const tried = await settings.evaluate(async () => {
    const refused = (what) =>
      what.then(
        () => false,
        () => true,
      );
    return {
      fetch: await refused(fetch('https://pubmed.ncbi.nlm.nih.gov/90000001/')),
      module: await refused(import('https://pubmed.ncbi.nlm.nih.gov/90000001/')),
      packed: await refused(fetch('/manifest.json')),
    };
  });
  assert.deepEqual(tried, { fetch: true, module: true, packed: false });
  await settings.close();
});

test('French', async () => {
  const french = await launch({ language: 'fr' });
  const settings = await options(french);
  assert.equal(await settings.locator('html').getAttribute('lang'), 'fr');
  await settings.getByRole('heading', { name: 'Types et couleurs' }).waitFor();
  await settings.getByRole('checkbox', { name: 'Maladie' }).waitFor();
  await settings.close();
  const page = await french.open(ABSTRACT);
  await french.press(page);
  const { status } = await until(page, ({ status }) => status.startsWith('Terminé'), 'the end');
  assert.ok(status);
  assert.ok((await highlights(page))['bioner-chemical'].length);
  const words = await inPanel(page, (root) => root.querySelector('section').textContent);
  assert.match(words, /Substance chimique/);
  assert.match(words, /Certitude dès/);
  await page.close();
});
