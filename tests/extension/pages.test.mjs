// Lists of results, and pages that change after they have loaded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPubTator } from '../browser/readers.mjs';
import { click, download, finished, highlights, launch, marked, panel, until } from './helper.mjs';

const extension = await launch();

/** The marked texts' places in a list, as numbers of the results they are in. */
const markedResults = (page) =>
  page.evaluate(() => {
    const results = [...document.querySelectorAll('.full-docsum, .citation')];
    const all = [...CSS.highlights.values()].flatMap((highlight) => [...highlight]);
    return [
      ...new Set(
        all.map((range) => results.findIndex((result) => result.contains(range.startContainer))),
      ),
    ].sort((a, b) => a - b);
  });

test('a list of results is worked on as it comes into view', async () => {
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/?term=adverse+effects');
  await extension.press(page);
  await until(page, ({ status }) => /^\d+ of 12 texts are marked/.test(status), 'the first screen');
  const first = await markedResults(page);
  assert.ok(first.includes(0) && first.includes(2));
  assert.ok(!first.includes(11), 'what is far below waits');
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForFunction(
    () => {
      const last = [...document.querySelectorAll('.full-docsum')].at(-1);
      return [...CSS.highlights.values()].some((highlight) =>
        [...highlight].some((range) => last.contains(range.startContainer)),
      );
    },
    undefined,
    { timeout: 120_000 },
  );
  const snippets = await page.evaluate(() =>
    [...CSS.highlights.values()]
      .flatMap((highlight) => [...highlight])
      .some((range) => range.startContainer.parentElement.closest('.full-view-snippet')),
  );
  assert.ok(snippets, 'the snippets too');
  await page.setViewportSize({ width: 1200, height: 8000 }); // all of them are in view
  const { status } = await until(page, ({ status }) => /^Done/.test(status), 'the end');
  assert.match(status, /^Done: 12 texts are marked\./, 'no others follow');
  await page.close();
});

test('results that are added later are marked too', async () => {
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/?term=adverse+effects');
  await extension.press(page);
  await until(page, ({ status }) => /of 12 texts are marked/.test(status), 'the first screen');
  await page.evaluate(() => {
    const copy = document.querySelector('.full-docsum').cloneNode(true);
    copy.querySelector('.docsum-title').textContent = 'Carbamazepine and the risk of hyponatremia.';
    copy.querySelector('.docsum-pmid').textContent = '90000999';
    copy.querySelector('.docsum-snippet').remove();
    document.querySelector('.results-chunk').prepend(copy);
  });
  await page.waitForFunction(
    () =>
      [...(CSS.highlights.get('bioner-chemical') ?? [])].some(
        (range) => String(range) === 'Carbamazepine',
      ),
    undefined,
    { timeout: 120_000 },
  );
  assert.match((await finished(page)).status, /of 13 texts/);
  await page.close();
});

test('a list of whole abstracts', async () => {
  const page = await extension.open(
    'https://pubmed.ncbi.nlm.nih.gov/?term=adverse+effects&format=abstract',
  );
  await page.evaluate(() => {
    const article = (
      pmid,
      title,
      abstract,
    ) => `<div class="results-article"><article class="article-overview">
      <h1 class="heading-title"><a href="/${pmid}/">${title}</a></h1> <strong class="current-id">${pmid}</strong>
      <div class="abstract"><div class="abstract-content selected"><p>${abstract}</p></div></div></article></div>`;
    document.querySelector('.results-chunk').innerHTML =
      article(
        '90000201',
        'Tremor after lithium.',
        'Tremor was seen in patients treated with lithium.',
      ) +
      article(
        '90000202',
        'Stroke after warfarin.',
        'Stroke was seen in patients treated with warfarin.',
      );
  });
  await extension.press(page);
  await until(page, ({ status }) => /^Done: 2 texts are marked/.test(status), 'both');
  const marks = await highlights(page);
  assert.ok(
    ['lithium', 'warfarin'].every(
      (drug) => marks['bioner-chemical'].filter((text) => text === drug).length >= 1,
    ),
  );
  const { text } = await download(page, 4);
  const documents = text.split(/(?<=\n\n)/);
  assert.equal(documents.length, 2);
  documents.forEach((document, i) => {
    const { passage, entities } = readPubTator(document);
    assert.ok(document.startsWith(`9000020${i + 1}|t|`) && entities.length);
    for (const { start, end, text: mention } of entities)
      assert.equal(passage.slice(start, end).join(''), mention);
  });
  await page.close();
});

test('Europe PMC: an article drawn late, another put in its place', async () => {
  const page = await extension.open('https://europepmc.org/article/MED/91000001');
  await page.waitForSelector('#article--abstract--content');
  await extension.press(page);
  await finished(page);
  const first = await highlights(page);
  assert.ok(first['bioner-disease'].some((text) => /lactic acidosis/i.test(text)));
  assert.ok(first['bioner-chemical'].includes('metformin'));

  await page.click('#next');
  const { action } = await until(page, ({ status }) => /another text/.test(status), 'the offer');
  assert.equal(action, 'Mark the new text');
  assert.deepEqual(await highlights(page), {}, 'no mark of the first article is left');
  await click(page, '.main');
  const { groups } = await finished(page);
  assert.ok((await highlights(page))['bioner-chemical'].some((text) => /^cisplatin$/i.test(text)));
  assert.ok(!JSON.stringify(groups).includes('metformin'), 'nor in the panel');

  await page.goBack(); // back to a text that was worked on before
  await until(page, ({ action }) => action !== '', 'the offer');
  await click(page, '.main');
  await marked(page, 'chemical');
  await page.close();
});

test('the same text drawn anew keeps its marks, a changed one is read again', async () => {
  const page = await extension.open('https://europepmc.org/article/MED/91000001');
  await page.waitForSelector('#article--abstract--content');
  await extension.press(page);
  await finished(page);
  const before = await highlights(page);
  await page.evaluate(() => {
    const abstract = document.querySelector('#article--abstract--content');
    abstract.innerHTML = `<!-- drawn anew -->${abstract.innerHTML}`;
  });
  await page.waitForFunction(
    (count) =>
      [...CSS.highlights.values()].flatMap((one) => [...one]).filter((range) => !range.collapsed)
        .length === count,
    Object.values(before).flat().length,
  );
  assert.deepEqual(
    Object.values(await highlights(page))
      .flat()
      .sort(),
    Object.values(before).flat().sort(),
  );

  await page.evaluate(() => {
    document.querySelector('#article--abstract--content').innerHTML =
      '<p>Tremor was seen in patients who had taken lithium.</p>';
  });
  await page.waitForFunction(
    () =>
      [...(CSS.highlights.get('bioner-chemical') ?? [])].some(
        (range) => String(range) === 'lithium',
      ),
    undefined,
    { timeout: 120_000 },
  );
  await page.close();
});

test('Europe PMC: a list of results', async () => {
  const page = await extension.open('https://europepmc.org/search?query=metformin');
  await page.waitForSelector('.citation-title');
  await extension.press(page);
  await until(page, ({ status }) => /^Done: 2 texts are marked/.test(status), 'both');
  assert.deepEqual(await markedResults(page), [0, 1]);
  await page.close();
});

test('automatically, if the reader has chosen so: folded, and also after a change', async () => {
  await extension.set({ automatic: true });
  const page = await extension.open('https://europepmc.org/article/MED/91000001');
  await marked(page, 'chemical');
  const { open, pill } = await until(page, ({ pill }) => /^\d+ entit/.test(pill), 'the pill');
  assert.ok(!open && pill);
  await page.click('#next');
  await page.waitForFunction(
    () =>
      [...(CSS.highlights.get('bioner-chemical') ?? [])].some((range) =>
        /^cisplatin$/i.test(String(range)),
      ),
    undefined,
    { timeout: 120_000 },
  );
  assert.ok(!(await panel(page)).open);
  await extension.set({ automatic: false });
  await page.close();
});

test('a page without a text says so', async () => {
  const page = await extension.open('https://pubmed.ncbi.nlm.nih.gov/about/');
  await extension.press(page);
  const { status, failed } = await until(page, ({ failed }) => failed, 'the message');
  assert.match(status, /No title or abstract was found/);
  assert.ok(failed);
  await page.close();
});
