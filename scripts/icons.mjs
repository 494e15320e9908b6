// Writes www/icons/*.png from www/icon.svg, in headless Chromium: `node scripts/icons.mjs`, after a
// change of the drawing.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { main, root } from './common.mjs';

const GROUND = '#0e4a5a';
const ICONS = [
  { name: 'icon-192', size: 192, share: 1 },
  { name: 'icon-512', size: 512, share: 1 },
  // Cut to any shape by the system: everything that matters within the middle four fifths.
  { name: 'icon-maskable-512', size: 512, share: 0.66, ground: GROUND },
];

await main(async () => {
  const folder = join(root, 'www', 'icons');
  mkdirSync(folder, { recursive: true });
  const drawing = `data:image/svg+xml;base64,${readFileSync(join(root, 'www', 'icon.svg')).toString('base64')}`;
  const browser = await launchChromium();
  try {
    for (const { name, size, share, ground = 'transparent' } of ICONS) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      const place = `position:fixed;inset:0;margin:auto;width:${size * share}px;height:${size * share}px`;
      await page.setContent(
        `<body style="margin:0;background:${ground}"><img src="${drawing}" style="${place}">`,
      );
      await page
        .locator('img')
        .evaluate((image) => /** @type {HTMLImageElement} */ (image).decode());
      await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
