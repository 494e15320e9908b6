// One headless browser for a measurement, with a profile of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchProfile } from '../../scripts/chromium.mjs';

const FLAGS = [
  // Several pages are open, and the one measured may not be the one in front.
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  // A process is told to be a page's by having appeared with it; and memory is counted when asked.
  '--disable-features=SpareRendererForSitePerProcess',
  '--enable-blink-features=ForceEagerMeasureMemory',
];

/**
 * @returns `context`, `profile` (its folder, which the processes' command lines name), `version`, and
 *   `close`, which removes the profile too.
 */
export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), 'bioner-bench-'));
  const context = await launchProfile(profile, { args: FLAGS });
  return {
    context,
    profile,
    version: `Chromium ${context.browser()?.version() ?? 'unknown'}`,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
