// Whether a page is sound for everybody: axe finds nothing, and nothing sticks out.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { settled } from './helper.mjs';

const require = createRequire(import.meta.url);
export const AXE = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * axe finds nothing, and nothing sticks out, wide and narrow, light and dark. The page has AXE in it.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} where
 */
export async function assertSound(page, where) {
  for (const theme of ['light', 'dark']) {
    // Not by the button, which a dialog covers.
    const toggle = () =>
      page.evaluate(() => document.documentElement.dispatchEvent(new Event('theme-toggle')));
    while ((await page.locator('html').getAttribute('data-theme')) !== theme) await toggle();
    for (const width of [360, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      const violations = await page.evaluate(async () =>
        (await globalThis.axe.run()).violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        ),
      );
      assert.deepEqual(violations, [], `${where}, ${theme}, ${width}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${where}, ${width}: ${over} px too wide`);
    }
  }
}
