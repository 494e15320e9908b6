// The engines that people browse with, as the tests and the comparison of them drive them: by the WebDriver
// protocol, which all of them speak (docs/decisions/engines.md). Chromium and Firefox have no window; WebKitGTK
// cannot do without one, and gets a display of its own.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Builder } from 'selenium-webdriver';
import { Problem } from './common.mjs';
import { programsOf } from './programs.mjs';

// A folder of it, which no import can name.
const remote = createRequire(import.meta.url)('selenium-webdriver/remote');

/** @typedef {import('./programs.mjs').Name} Name */

/** What they are called, in the order in which they are tested. @type {Name[]} */
export const ENGINES = ['chromium', 'firefox', 'webkit'];

/** The size of the window. */
const WINDOW = { width: 1280, height: 900 };

/**
 * A browser that has just been started, with a profile of its own.
 *
 * @typedef {object} Engine
 * @property {Name} name
 * @property {string} version
 * @property {import('selenium-webdriver').WebDriver} driver
 * @property {string} downloads  The folder that files are saved to.
 * @property {() => Promise<void>} close
 */

/**
 * Starts a browser.
 *
 * @param {Name} name
 * @returns {Promise<Engine>}
 */
export async function launchEngine(name) {
  const programs = programsOf(name);
  if (!programs.every(Boolean)) throw new Problem(`no ${name} to drive here: npm run setup`);
  const [browser, program] = /** @type {string[]} */ (programs);
  const home = mkdtempSync(join(tmpdir(), `bioner-${name}-`));
  const downloads = join(home, 'downloads');
  mkdirSync(downloads);
  const display = name === 'webkit' ? await openDisplay() : undefined;
  const service = new remote.DriverService.Builder(program)
    .setLoopback(true)
    .addArguments(...(name === 'firefox' ? ['--websocket-port=0'] : [])) // any that is free: not 9222, which others use
    .setEnvironment({
      .../** @type {Record<string, string>} */ (process.env),
      ...(name === 'webkit' && webkitHome(home, downloads)),
      ...(display && { DISPLAY: display.name }),
    })
    .build();
  const end = async () => {
    await service.kill();
    display?.close();
    // The browser's processes may still be writing.
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const driver = await new Builder()
      .usingServer(await service.start())
      .withCapabilities(CAPABILITIES[name](browser, downloads))
      .build();
    await driver
      .manage()
      .window()
      .setRect({ x: 0, y: 0, ...WINDOW });
    const version = String((await driver.getCapabilities()).get('browserVersion'));
    return {
      name,
      version,
      driver,
      downloads,
      close: async () => {
        await driver.quit().catch(() => {}); // it may have gone by itself
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** What is asked of each driver. @type {Record<Name, (browser: string, downloads: string) => object>} */
const CAPABILITIES = {
  chromium: (binary, downloads) => ({
    browserName: 'chrome',
    'goog:chromeOptions': {
      binary,
      args: [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
      ],
      prefs: { 'download.default_directory': downloads },
    },
  }),
  firefox: (binary, downloads) => ({
    browserName: 'firefox',
    webSocketUrl: true,
    'moz:firefoxOptions': {
      binary,
      args: ['-headless'],
      prefs: {
        'browser.download.folderList': 2,
        'browser.download.dir': downloads,
        'browser.download.useDownloadDir': true,
        'browser.download.always_ask_before_handling_new_types': false,
      },
    },
  }),
  webkit: (binary) => ({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
  }),
};

/**
 * WebKitGTK has no profile that can be named: what it keeps lies in the folders of the user.
 *
 * @param {string} home
 * @param {string} downloads
 */
function webkitHome(home, downloads) {
  const config = join(home, 'config');
  mkdirSync(config);
  writeFileSync(join(config, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  return {
    HOME: home,
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_DATA_HOME: join(home, 'data'),
    GSETTINGS_BACKEND: 'memory',
  };
}

/**
 * A display that nobody sees, on a number that is free.
 *
 * @returns {Promise<{ name: string, close: () => void }>}
 */
function openDisplay() {
  const { width, height } = WINDOW;
  const args = ['-displayfd', '3', '-screen', '0', `${width + 200}x${height + 200}x24`];
  const server = spawn('Xvfb', [...args, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Problem('Xvfb ended: no display for WebKitGTK')));
    const numbers = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
    numbers.once('data', (number) =>
      resolve({ name: `:${String(number).trim()}`, close: () => server.kill() }),
    );
  });
}
