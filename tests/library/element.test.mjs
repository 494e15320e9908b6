// <bioner-text> with the real model, on a page of its own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/common.mjs';
import { PROJECT_FOLDERS } from '../../scripts/serve.mjs';
import { documents } from '../../www/shared/documents.js';
import { typeProblemWords } from '../../www/shared/type-problems.js';
import { assertEntities, DONE_MS, open, serve } from '../browser/helper.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// A page that is not the application's: a document of plain text would not do, it has no custom elements.
const site = await serve({
  folders: { ...PROJECT_FOLDERS, '/library/': join(root, 'tests/library') },
});

const TEXT = `<p id="one"><b>Hypothyroidism</b> was seen in patients treated with <a href="#drug">amio<i>darone</i></a>.</p>
  <p>Aspirin was followed by
     gastric ulcer.</p>`;

/**
 * A page with elements on it, written as a page's author would write them.
 *
 * @param {string} html
 * @param {{ lang?: string, dark?: boolean }} [options]
 */
async function write(html, { lang = 'en', dark = false } = {}) {
  const { page, context, trouble } = await open(`${site.url}library/blank.html`, {
    colorScheme: dark ? 'dark' : 'light',
  });
  await page.evaluate(
    async ([content, language]) => {
      document.documentElement.lang = language;
      document.body.innerHTML = content;
      window.events = [];
      for (const name of ['entities', 'error']) {
        for (const element of document.querySelectorAll('bioner-text')) {
          element.addEventListener(name, ({ detail }) =>
            window.events.push({
              name,
              code: detail.code,
              complete: detail.complete,
              entities: detail.entities,
              text: detail.text,
            }),
          );
        }
      }
      await import(new URL('../element.js', location.href).href);
    },
    [html, lang],
  );
  const phase = (wanted) =>
    page.waitForFunction((one) => document.querySelector('bioner-text').phase === one, wanted, {
      timeout: DONE_MS,
    });
  const marks = () =>
    page.evaluate(() =>
      Object.fromEntries(
        [...CSS.highlights].map(([name, one]) => [
          name,
          [...one].map((range) => String(range).replace(/\s+/g, ' ')),
        ]),
      ),
    );
  const inside = (selector) => page.locator('bioner-text').first().locator(selector);
  return { page, context, trouble, phase, marks, inside };
}

test('by itself, if it says auto: marks on the author’s own markup, which stays as it is', async () => {
  const { page, context, trouble, phase, marks, inside } = await write(
    `<bioner-text auto types="Chemical, Disease">${TEXT}</bioner-text>`,
  );
  const before = await page.innerHTML('bioner-text');
  await phase('done');
  const found = await marks();
  assert.ok(found['bioner-chemical'].includes('amiodarone'), 'also across a border of markup');
  assert.ok(found['bioner-disease'].includes('Hypothyroidism'));
  assert.equal(await page.innerHTML('bioner-text'), before);
  const line = await page.evaluate(
    () =>
      getComputedStyle(document.querySelector('#one b'), '::highlight(bioner-disease)')
        .textDecorationLine,
  );
  assert.equal(line, 'underline');

  const events = await page.evaluate(() => window.events);
  const last = events.at(-1);
  assert.ok(last.complete && events.slice(0, -1).every(({ complete }) => !complete));
  assert.equal(
    last.text,
    'Hypothyroidism was seen in patients treated with amiodarone.\n\nAspirin was followed by gastric ulcer.',
  );
  assertEntities(last.entities, last.text, ['Chemical', 'Disease']);
  assert.deepEqual(
    await page.evaluate(() => [...document.querySelector('bioner-text').entities]),
    last.entities,
  );

  const entry = inside('[part~=entry][data-type=Chemical]');
  assert.equal((await entry.textContent()).trim(), `Chemical ${found['bioner-chemical'].length}`);
  await entry.press('Enter');
  assert.equal((await marks())['bioner-chemical'], undefined);
  assert.equal(await entry.getAttribute('aria-pressed'), 'false');
  assert.ok((await marks())['bioner-disease']);
  await entry.click();
  assert.deepEqual(await marks(), found);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('with a button, if it does not; a change of the text takes the marks away', async () => {
  const { page, context, phase, marks, inside } = await write(
    `<bioner-text types="Chemical">${TEXT}</bioner-text>`,
  );
  assert.equal(await page.evaluate(() => document.querySelector('bioner-text').phase), 'idle');
  await inside('[part~=button]').click();
  await phase('done');
  assert.ok((await marks())['bioner-chemical'].length >= 1);
  await page.evaluate(() => {
    document.querySelector('#one').textContent = 'Metformin was given.';
  });
  await phase('idle');
  assert.deepEqual(await marks(), {});
  await inside('[part~=button]').waitFor();
  await context.close();
});

test('auto follows the text, and the element takes its marks with it', async () => {
  const { page, context, phase, marks } = await write(
    `<bioner-text auto types="Chemical">${TEXT}</bioner-text>`,
  );
  await phase('done');
  await page.evaluate(() => {
    document.querySelector('#one').textContent = 'Four patients were treated with metformin.';
  });
  await page.waitForFunction(
    () =>
      [...(CSS.highlights.get('bioner-chemical') ?? [])].some(
        (range) => String(range) === 'metformin',
      ),
    undefined,
    { timeout: DONE_MS },
  );
  assert.ok(!(await marks())['bioner-chemical'].includes('amiodarone'));
  await page.evaluate(() => document.querySelector('bioner-text').remove());
  assert.deepEqual(await marks(), {});
  await context.close();
});

test('moved in the page, it begins anew: with its button, or by itself', async () => {
  for (const lang of ['en', 'fr']) {
    const { page, context, phase, marks, inside } = await write(
      `<section><bioner-text types="Chemical">${TEXT}</bioner-text></section>`,
      { lang },
    );
    const move = () =>
      page.evaluate(() => document.body.append(document.querySelector('bioner-text')));
    await inside('[part~=button]').click();
    await phase('done');
    const found = await marks();
    assert.ok(found['bioner-chemical'].length >= 1);
    await move();
    assert.equal(await page.evaluate(() => document.querySelector('bioner-text').phase), 'idle');
    assert.deepEqual(await marks(), {});
    assert.equal(
      await inside('[part~=status]').textContent(),
      '',
      'nothing is said of what it found',
    );
    await inside('[part~=button]').click();
    await phase('done');
    assert.deepEqual(await marks(), found);
    await page.evaluate(() => document.querySelector('bioner-text').setAttribute('auto', ''));
    await phase('done');
    await move();
    await page.waitForFunction(
      () =>
        document.querySelector('bioner-text').phase === 'done' &&
        CSS.highlights.has('bioner-chemical'),
      undefined,
      { timeout: DONE_MS },
    );
    assert.deepEqual(await marks(), found);
    await context.close();
  }
});

test('threshold, types and looks', async () => {
  const { page, context, phase, marks } = await write(
    `<bioner-text auto types="Chemical, Disease">${TEXT}</bioner-text>`,
  );
  await phase('done');
  await page.evaluate(() => document.querySelector('bioner-text').setAttribute('threshold', '1'));
  assert.deepEqual(await marks(), {});
  assert.ok(
    await page.evaluate(() => document.querySelector('bioner-text').entities.length),
    'they are still there to ask for',
  );
  await page.evaluate(() => {
    document.querySelector('bioner-text').threshold = 0;
  });
  assert.ok((await marks())['bioner-chemical']);
  const colour = () =>
    page.evaluate(
      () =>
        getComputedStyle(document.querySelector('#one b'), '::highlight(bioner-disease)')
          .textDecorationColor,
    );
  assert.equal(await colour(), 'rgb(210, 73, 26)');
  await page.evaluate(() =>
    document.querySelector('bioner-text').style.setProperty('--bioner-disease', 'rgb(0, 128, 128)'),
  );
  assert.equal(await colour(), 'rgb(0, 128, 128)', 'one property changes a colour');
  await page.evaluate(() => {
    document.querySelector('bioner-text').types = ['Disease'];
  });
  await page.waitForFunction(
    () =>
      !CSS.highlights.has('bioner-chemical') &&
      document.querySelector('bioner-text').phase === 'done',
    undefined,
    { timeout: DONE_MS },
  );
  assert.ok((await marks())['bioner-disease']);
  await context.close();
});

test('elements share a model, and each reads its own text', async () => {
  site.requests.length = 0;
  const { page, context, marks } = await write(
    '<bioner-text auto types="Chemical">Treated with <b>aspirin</b>.</bioner-text><bioner-text auto types="Disease">Patients with stroke.</bioner-text>',
  );
  await page.waitForFunction(
    () => [...document.querySelectorAll('bioner-text')].every(({ phase }) => phase === 'done'),
    undefined,
    { timeout: DONE_MS },
  );
  assert.equal(site.requests.filter((url) => url.endsWith('manifest.json')).length, 1);
  assert.deepEqual(await marks(), { 'bioner-chemical': ['aspirin'], 'bioner-disease': ['stroke'] });
  await context.close();
});

test('a model that is not there: an event with a code, words, and another try', async () => {
  const { page, context, phase, inside } = await write(
    `<bioner-text auto model="/nowhere/">${TEXT}</bioner-text>`,
  );
  await phase('error');
  const [event] = await page.evaluate(() => window.events);
  assert.equal(event.name, 'error');
  assert.equal(event.code, 'network');
  assert.match(await inside('[part~=status]').textContent(), /did not work: .*404/);
  await page.evaluate(() =>
    document.querySelector('bioner-text').setAttribute('model', '/models/default/'),
  );
  await phase('done');
  await context.close();
});

test('names of types with signs are asked for; one that cannot be is refused with the words of every surface', async () => {
  const { page, context, phase, inside } = await write(
    `<bioner-text auto types="Crohn's disease, T cell (CD4+)">${TEXT}</bioner-text>`,
  );
  await phase('done');
  const long = 'x'.repeat(41);
  for (const [types, problem] of [
    ['A|B', { reason: 'characters', name: 'A|B' }],
    ['Gene, gene', { reason: 'repeated', name: 'gene' }],
    [long, { reason: 'too-long', name: long, limit: 40 }],
  ]) {
    await page.evaluate(
      (value) => document.querySelector('bioner-text').setAttribute('types', value),
      types,
    );
    await phase('error');
    const words = typeProblemWords('en', problem);
    await page.waitForFunction(
      (said) =>
        document
          .querySelector('bioner-text')
          .shadowRoot.querySelector('[part~=status]')
          .textContent.includes(said),
      words,
      { timeout: DONE_MS },
    );
    assert.equal((await page.evaluate(() => window.events)).at(-1).code, 'types');
  }
  await page.evaluate(() =>
    document.querySelector('bioner-text').setAttribute('types', 'Chemical'),
  );
  await phase('done');
  assert.equal(await inside('[part~=status]').textContent(), '');
  await context.close();
});

test('a preset says what to look for, where there are no types', async () => {
  const { presets } = documents().inventory();
  const typesOf = (wanted) => presets.find(({ name }) => name === wanted).types;
  const { page, context, trouble, phase, marks, inside } = await write(
    `<bioner-text auto preset="safety">${TEXT}</bioner-text>`,
  );
  const set = (name, value) =>
    page.evaluate(
      ([attribute, to]) => {
        window.events = [];
        document.querySelector('bioner-text').setAttribute(attribute, to);
      },
      [name, value],
    );
  const found = async () => {
    await page.waitForFunction(() => window.events.at(-1)?.complete, null, { timeout: DONE_MS });
    return page.evaluate(() => window.events.at(-1));
  };
  await phase('done');
  let last = await found();
  assertEntities(last.entities, last.text, typesOf('safety'));
  assert.ok((await marks())['bioner-drug'].includes('amiodarone'));
  assert.ok(await inside('[part~=entry][data-type=Drug]').isVisible());

  await set('preset', ' literature ');
  last = await found();
  assertEntities(last.entities, last.text, typesOf('literature'));
  assert.ok((await marks())['bioner-chemical'].includes('amiodarone'));

  await set('preset', 'nonsense');
  await phase('error');
  assert.equal((await page.evaluate(() => window.events)).at(-1).code, 'preset');
  assert.equal(
    await inside('[part~=status]').textContent(),
    'This did not work: There is no preset “nonsense”.',
  );

  await set('types', 'Disease'); // which count, whatever the preset
  last = await found();
  assertEntities(last.entities, last.text, ['Disease']);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('without types and preset: those of the literature', async () => {
  const { page, context, phase } = await write(`<bioner-text auto>${TEXT}</bioner-text>`);
  await phase('done');
  const { entities, text } = await page.evaluate(() => window.events.at(-1));
  const literature = documents()
    .inventory()
    .presets.find(({ name }) => name === 'literature');
  assertEntities(entities, text, literature.types);
  assert.deepEqual(
    await page.evaluate(() => {
      const { types, preset } = document.querySelector('bioner-text');
      return { types, preset };
    }),
    { types: [], preset: 'literature' },
  );
  await context.close();
});

test('under the pointer: type and score', async () => {
  const { page, context, phase, inside } = await write(
    `<bioner-text auto types="Disease">${TEXT}</bioner-text>`,
  );
  await phase('done');
  await page.hover('#one b');
  await inside('[part~=tip]').waitFor();
  assert.match(await inside('[part~=tip]').textContent(), /^Disease, \d+%$/);
  await page.mouse.move(700, 700);
  await inside('[part~=tip]').waitFor({ state: 'hidden' });
  await context.close();
});

for (const dark of [false, true]) {
  test(`axe finds no fault, ${dark ? 'dark' : 'light'}`, async () => {
    const { page, context, phase } = await write(
      `<main><h1>Text</h1><bioner-text auto types="Chemical, Disease">${TEXT}</bioner-text></main>`,
      { dark },
    );
    await phase('done');
    const violations = await page.evaluate(
      `(async () => { ${axe}; return (await axe.run()).violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html)); })()`,
    );
    assert.deepEqual(violations, []);
    await context.close();
  });
}

test('French, where the page is', async () => {
  const { context, inside } = await write(`<bioner-text>${TEXT}</bioner-text>`, { lang: 'fr' });
  assert.equal(await inside('[part~=button]').textContent(), 'Repérer les entités');
  await context.close();
});
