// Where the browsers and their drivers are on this machine.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, firefox, tools, which } from './common.mjs';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Name */

/** WebKitGTK's own browser, which lies beside its library. */
function miniBrowser() {
  const library = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  if (!existsSync(library)) return undefined;
  return readdirSync(library)
    .filter((name) => /^webkit2?gtk-\d/.test(name))
    .map((name) => join(library, name, 'MiniBrowser'))
    .findLast((path) => existsSync(path));
}

/** The program that drives Firefox: the machine's, or the one that `npm run setup` builds. */
export const geckodriver = () =>
  which('geckodriver') ?? [join(tools, 'bin', 'geckodriver')].find((path) => existsSync(path));

/** The programs of each engine: the browser, its driver, and the display it needs. */
const PROGRAMS = {
  chromium: () => [chromium(), which('chromedriver')],
  firefox: () => [firefox(), geckodriver()],
  webkit: () => [miniBrowser(), which('WebKitWebDriver'), which('Xvfb')],
};

/**
 * Whether all that an engine needs is on this machine.
 *
 * @param {Name} name
 */
export const isInstalled = (name) => programsOf(name).every(Boolean);

/** @param {Name} name */
export const programsOf = (name) => PROGRAMS[name]();
