// <bioner-text> in every engine: marks with tint and line, the legend, the tip under the pointer.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/common.mjs';
import { PROJECT_FOLDERS } from '../../scripts/serve.mjs';
import { LOADED_MS, serve } from '../browser/helper.mjs';
import { until } from '../common/until.mjs';
import { inEveryEngine } from './helper.mjs';

const site = await serve({
  folders: { ...PROJECT_FOLDERS, '/engines/': join(root, 'tests/engines/pages') },
});

inEveryEngine((tab) => {
  const marks = () =>
    tab.evaluate(() =>
      Object.fromEntries(
        Array.from(CSS.highlights, ([name, ranges]) => [
          name,
          Array.from(ranges, (range) => String(range).replace(/\s+/g, ' ')),
        ]),
      ),
    );

  test('marks on the author’s own markup', { timeout: 2 * LOADED_MS }, async () => {
    await tab.open(`${site.url}engines/element.html`);
    await tab.loaded('done', () => document.querySelector('bioner-text').phase === 'done');
    const found = await marks();
    assert.ok(found['bioner-chemical'].includes('amiodarone'), 'also across a border of markup');
    assert.ok(found['bioner-disease'].includes('Hypothyroidism'));
  });

  test('a tint and a line under the words, and the lines of two types differ', async () => {
    const looks = await tab.evaluate(() =>
      ['chemical', 'disease'].map((name) => {
        const style = getComputedStyle(
          document.querySelector('#one b'),
          `::highlight(bioner-${name})`,
        );
        const {
          backgroundColor,
          textDecorationLine,
          textDecorationStyle,
          textDecorationThickness,
          textDecorationColor,
        } = style;
        return {
          backgroundColor,
          line: textDecorationLine,
          style: textDecorationStyle,
          thickness: textDecorationThickness,
          colour: textDecorationColor,
        };
      }),
    );
    for (const { line, style, thickness, colour, backgroundColor } of looks) {
      assert.equal(line, 'underline');
      assert.match(style, /^(solid|double|dotted|dashed|wavy)$/);
      assert.match(thickness, /^\d+px$/);
      assert.match(colour, /^rgb\(/);
      assert.doesNotMatch(backgroundColor, /^(transparent|rgba\(0, 0, 0, 0\))$/);
    }
    const [one, other] = looks.map(({ style, thickness }) => `${style} ${thickness}`);
    assert.notEqual(one, other);
  });

  test('the legend switches a type off and on', async () => {
    const press = () =>
      tab.evaluate(() =>
        document
          .querySelector('bioner-text')
          .shadowRoot.querySelector('[part~=entry][data-type=Chemical]')
          .click(),
      );
    const before = await marks();
    await press();
    assert.deepEqual(Object.keys(await marks()), ['bioner-disease']);
    await press();
    assert.deepEqual((await marks())['bioner-chemical'], before['bioner-chemical']);
  });

  test('under the pointer: type and score', async () => {
    const tip = await until(async () => {
      await tab.hover('#one');
      await tab.hover('#one b');
      return tab.evaluate(() => {
        const tip = document.querySelector('bioner-text').shadowRoot.querySelector('[part~=tip]');
        return !tip.hidden && tip.textContent;
      });
    }, 'the tip');
    assert.match(tip, /^Disease, \d+%$/);
  });
});
