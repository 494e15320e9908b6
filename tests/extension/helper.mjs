// What the extension's tests share: a Chromium with the unpacked extension in it, the saved pages
// answered for the real sites' addresses, and a way into the panel's closed shadow tree.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { launchProfile } from '../../scripts/chromium.mjs';
import { root } from '../../scripts/common.mjs';
import { makeExtensions } from '../../scripts/extension.mjs';
import { DONE_MS } from '../browser/helper.mjs';
import { until as becomes } from '../common/until.mjs';

const pages = join(root, 'tests/extension/pages');
const PAGES = [
  [/^https:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/\?/, 'pubmed-search.html'],
  [/^https:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/\d+\//, 'pubmed-abstract.html'],
  [/^https:\/\/pubmed\.ncbi\.nlm\.nih\.gov\/about/, 'note.html'],
  [/^https:\/\/europepmc\.org\//, 'europepmc.html'],
  [/^https:\/\/notes\.example\//, 'note.html'],
];

/**
 * A browser with the extension, until the tests of the file are over.
 *
 * @param {{ language?: string, dark?: boolean }} [options]
 */
export async function launch({ language = 'en', dark = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bioner-extension-'));
  makeExtensions({ dist: folder, browsers: ['chrome'], zipped: false });
  const unpacked = join(folder, 'chrome');
  const context = await launchProfile('', {
    args: [
      '--headless=new',
      '--enable-unsafe-extension-debugging',
      `--lang=${language}`,
      `--load-extension=${unpacked}`,
      `--disable-extensions-except=${unpacked}`,
      '--host-resolver-rules=MAP * ~NOTFOUND', // nothing gets out, whoever asks
    ],
    ignoreDefaultArgs: ['--disable-extensions'],
    env: { ...process.env, LANGUAGE: language },
    viewport: { width: 1200, height: 820 },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  after(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** Requests that are for neither the page's own address nor the extension's files. @type {string[]} */
  const foreign = [];
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('chrome-extension://') && !PAGES.some(([address]) => address.test(url)))
      foreign.push(url);
  });
  await context.route(/^https?:/, (route) => {
    const page = PAGES.find(([address]) => address.test(route.request().url()));
    if (!page) return route.abort();
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: readFileSync(join(pages, page[1]), 'utf8'),
    });
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const id = new URL(worker.url()).host;
  const devtools = await /** @type {import('playwright-core').Browser} */ (
    context.browser()
  ).newBrowserCDPSession();
  return new Extension(context, worker, id, devtools, foreign, unpacked);
}

class Extension {
  constructor(context, worker, id, devtools, foreign, folder) {
    Object.assign(this, { context, worker, id, devtools, foreign, folder });
  }

  /** @param {string} url */
  async open(url) {
    const page = await this.context.newPage();
    page.setDefaultTimeout(30_000);
    page.trouble = [];
    page.on('pageerror', (error) => page.trouble.push(String(error)));
    await page.goto(url);
    return page;
  }

  /** Presses the toolbar button, with the right to the tab that this gives. */
  async press(page) {
    const { targetInfos } = await this.devtools.send('Target.getTargets', {
      filter: [{ type: 'tab' }],
    });
    await page.bringToFront();
    const tab = targetInfos.find(({ url }) => url === page.url());
    await this.devtools.send('Extensions.triggerAction', { id: this.id, targetId: tab.targetId });
  }

  /** Chooses the menu entry, as far as a browser without a screen lets one: its event. */
  async chooseMenu(page) {
    await page.bringToFront();
    await this.worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true });
      chrome.contextMenus.onClicked.dispatch({ menuItemId: 'mark-selection', frameId: 0 }, tab);
    });
  }

  set(settings) {
    return this.worker.evaluate(async (changes) => {
      const { settings: now } = await chrome.storage.local.get('settings');
      await chrome.storage.local.set({ settings: { ...now, ...changes } });
    }, settings);
  }

  hasModel() {
    return this.worker.evaluate(() => chrome.offscreen.hasDocument());
  }
}

/** The page's highlights, as the page itself sees them: name -> texts. */
export function highlights(page) {
  return page.evaluate(() =>
    Object.fromEntries(
      [...CSS.highlights].map(([name, highlight]) => [
        name,
        [...highlight].map((range) => String(range).replace(/\s+/g, ' ')),
      ]),
    ),
  );
}

/** Waits until a type has at least `count` marks on the page. */
export function marked(page, type, count = 1) {
  return page.waitForFunction(
    ([name, least]) => (CSS.highlights.get(name)?.size ?? 0) >= least,
    [`bioner-${type}`, count],
    { timeout: DONE_MS },
  );
}

const contexts = new WeakMap();

/** The world of the content script in a page: the only one that can look into a closed shadow tree. */
async function isolatedWorld(page) {
  if (!contexts.has(page)) {
    const session = await page.context().newCDPSession(page);
    const worlds = [];
    session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
    session.on('Runtime.executionContextsCleared', () => worlds.splice(0));
    await session.send('Runtime.enable');
    contexts.set(page, { session, worlds });
  }
  const { session, worlds } = contexts.get(page);
  const world = worlds.findLast(
    ({ origin, auxData }) => origin.startsWith('chrome-extension:') && auxData.type === 'isolated',
  );
  return { session, contextId: world?.id };
}

/**
 * Runs a function with the panel's shadow root, or null where there is no panel.
 *
 * @param {import('playwright-core').Page} page
 * @param {(root: ShadowRoot | null, argument: any) => unknown} body
 * @param {unknown} [argument]
 */
export async function inPanel(page, body, argument = null) {
  const { session, contextId } = await isolatedWorld(page);
  if (!contextId) return undefined;
  const root = `(() => { const host = document.querySelector('bioner-panel'); return host && chrome.dom.openOrClosedShadowRoot(host); })()`;
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `(${body})(${root}, ${JSON.stringify(argument)})`,
    contextId,
    returnByValue: true,
    awaitPromise: true,
    userGesture: true,
  });
  if (exceptionDetails)
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** What the panel shows. */
export function panel(page) {
  return inPanel(page, (root) => {
    const frame = root?.querySelector('section[role]');
    if (!frame) return null;
    const text = (selector) => frame.querySelector(selector)?.textContent ?? '';
    return {
      open: !frame.hidden,
      pill: root.querySelector('.pill').hidden ? '' : root.querySelector('.pill').textContent,
      status: text('.status'),
      failed: frame.querySelector('.status').classList.contains('failed'),
      action: frame.querySelector('.main').hidden ? '' : text('.main'),
      groups: Object.fromEntries(
        [...frame.querySelectorAll('.groups section')].map((group) => [
          group.dataset.type,
          {
            count: Number(group.querySelector('.count').textContent),
            lines: [...group.querySelectorAll('li')].map((line) => line.textContent),
          },
        ]),
      ),
    };
  });
}

/** Waits for the panel to be in a state. */
export async function until(page, holds, what, timeout = DONE_MS) {
  let state;
  const there = async () => {
    state = await panel(page);
    return state && holds(state);
  };
  try {
    await becomes(there, what, timeout);
  } catch (error) {
    throw new Error(`the panel: ${JSON.stringify(state)}`, { cause: error });
  }
  return state;
}

export const finished = (page) =>
  until(page, ({ status }) => /^Done|^\d+ of \d+ texts/.test(status), 'the end');

/** Clicks an element of the panel, where it is on the screen. */
export async function click(page, selector) {
  const place = await inPanel(
    page,
    (root, wanted) => {
      const element = root.querySelector(wanted);
      element.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    selector,
  );
  await page.mouse.click(place.x, place.y);
}

/** Clicks a file button and reads the file. */
export async function download(page, label) {
  // The formats come from the model's document.
  const there = () =>
    inPanel(
      page,
      (root, nth) => Boolean(root?.querySelector(`footer button:nth-child(${nth})`)),
      label,
    );
  await becomes(there, 'the buttons of the formats');
  const waiting = page.waitForEvent('download');
  await click(page, `footer button:nth-child(${label})`);
  const file = await waiting;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}
