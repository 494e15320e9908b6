// The text of a piece of a page and the way back to it, in a real document and without the model.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBlank, serve } from '../browser/helper.mjs';
import { CASES } from './passages.mjs';

const site = await serve();
const { page } = await openBlank(site.url);

/** The text of `html`'s children as pieces, and where `wanted` is in the document. */
const read = (html, wanted = '') =>
  page.evaluate(
    async ([content, text]) => {
      const { Passage, says } = await import(new URL('../element/passage.js', location.href).href);
      document.body.innerHTML = content;
      const passage = new Passage([...document.body.children]);
      const at = passage.text.indexOf(text);
      const range = passage.range(at, at + text.length);
      const kept = range && says(range, text);
      const found = range && String(range);
      if (range) document.body.firstElementChild.textContent = 'something else';
      return {
        text: passage.text,
        starts: passage.starts,
        found,
        kept,
        stale: range && !says(range, text),
      };
    },
    [html, wanted],
  );

test('white space is collapsed, blocks are apart, inline markup does not interrupt', async () => {
  const { text, starts } = await read(
    '<h1>\n  A <i>title</i>\n </h1><div><p>One <b>bo</b>ld&nbsp; word.</p> <p>Two<br>lines</p></div>',
  );
  assert.equal(text, 'A title\n\nOne bold word.\n\nTwo\nlines');
  assert.deepEqual(starts, [0, 9]);
});

test('scripts, controls and what is hidden are not text', async () => {
  const { text } = await read(
    '<div>Seen <button>Press</button><script>1</script><style>a{}</style><span hidden>no</span><span aria-hidden="true">no</span><svg><text>no</text></svg>too</div>',
  );
  assert.equal(text, 'Seen too');
});

test('a mention across markup and line ends is found again, until the page changes', async () => {
  const { found, kept, stale } = await read(
    '<p>Treated with amio<i>da</i>rone\n   hydrochloride.</p>',
    'amiodarone hydrochloride',
  );
  assert.equal(found.replace(/\s+/g, ' '), 'amiodarone hydrochloride');
  assert.ok(kept && stale);
});

test('an empty piece does not move the others', async () => {
  assert.deepEqual(await read('<h1></h1><p>Text</p>'), {
    text: 'Text',
    starts: [0, 0],
    found: undefined,
    kept: undefined,
    stale: undefined,
  });
});

test('a selection begins and ends within words', async () => {
  const text = await page.evaluate(async () => {
    const { Passage } = await import(new URL('../element/passage.js', location.href).href);
    document.body.innerHTML = '<p>Before aspirin</p><p>and after</p><p>not this</p>';
    const range = new Range();
    const [first, second] = document.querySelectorAll('p');
    range.setStart(first.firstChild, 7);
    range.setEnd(second.firstChild, 3);
    return new Passage([range]).text;
  });
  assert.equal(text, 'aspirin\n\nand');
});

test('what is not displayed and the marks of references are not read; real superscripts are', async () => {
  const read = await page.evaluate(async (cases) => {
    const { Passage, says } = await import(new URL('../element/passage.js', location.href).href);
    return cases.map(([html, wanted]) => {
      document.body.innerHTML = html;
      const passage = new Passage([...document.body.children]);
      const lost = [];
      const words = [...wanted.matchAll(/\S+/g)].map((match) => [
        match.index,
        match.index + match[0].length,
      ]);
      // Every word by itself, and everything from the first to the last.
      for (const [start, end] of [...words, [0, wanted.length]]) {
        const range = passage.range(start, end);
        if (!range || !says(range, passage.text.slice(start, end)))
          lost.push(passage.text.slice(start, end));
      }
      return { html, text: passage.text, lost };
    });
  }, CASES);
  for (const [i, { html, text, lost }] of read.entries()) {
    assert.equal(text, CASES[i][1], html);
    assert.deepEqual(lost, [], html);
  }
});

test('styles of a sheet count, and so do those of classes', async () => {
  const text = await page.evaluate(async () => {
    const { Passage } = await import(new URL('../element/passage.js', location.href).href);
    document.body.innerHTML =
      '<p>Gout<span class="more"> and more</span> hurts<span class="raised">3</span> in 5 mm<span class="raised">2</span>.</p>';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.more { display: none } .raised { vertical-align: super }');
    document.adoptedStyleSheets = [sheet];
    const found = new Passage([...document.body.children]).text;
    document.adoptedStyleSheets = [];
    return found;
  });
  assert.equal(text, 'Gout hurts in 5 mm2.');
});

test('a mention that spans the mark of a reference is found, and is lost when the page changes it', async () => {
  const [kept, stale] = await page.evaluate(async () => {
    const { Passage, says } = await import(new URL('../element/passage.js', location.href).href);
    document.body.innerHTML = '<p>Severe acute<sup>3</sup> kidney <b>injury</b> was seen.</p>';
    const passage = new Passage([...document.body.children]);
    const start = passage.text.indexOf('acute');
    const range = passage.range(start, passage.text.indexOf(' was'));
    const before = says(range, 'acute kidney injury');
    document.querySelector('b').textContent = 'stones';
    return [before, !says(range, 'acute kidney injury')];
  });
  assert.ok(kept && stale);
});
