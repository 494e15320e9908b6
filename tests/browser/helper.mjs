// What the browser tests share: the page on a free port, a real Chromium, and an eye on everything
// the page asks for and complains about.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { launchChromium } from '../../scripts/chromium.mjs';
import { createServer, listen, PROJECT_FOLDERS } from '../../scripts/serve.mjs';

/** Loading reads the weights and unpacks them; on a busy machine with two cores that takes a while. */
export const LOADED_MS = 120_000;
export const DONE_MS = 180_000;

/**
 * Serves the page, until the tests of the file are over.
 *
 * @param {object} [options]
 * @param {Record<string, string>} [options.folders]  As for `createServer`.
 * @param {string} [options.at]     A sub-path to serve it from, with a slash at both ends.
 * @param {boolean} [options.bare]  Send no headers of our own, like a plain static host.
 */
export async function serve({ folders = PROJECT_FOLDERS, at = '/', bare = false } = {}) {
  const site = await createServer(folders);
  /** What is done to requests: may answer and return true. @type {((request, response) => unknown)[]} */
  const faults = [];
  const requests = [];
  const server = http.createServer(async (request, response) => {
    requests.push(request.url);
    for (const fault of faults) if (await fault(request, response)) return;
    if (!request.url?.startsWith(at)) return response.writeHead(404).end();
    request.url = request.url.slice(at.length - 1);
    if (bare) keepOnly(response, ['content-type', 'content-length']);
    site.emit('request', request, response);
  });
  const port = await listen(server, 0, '127.0.0.1');
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://localhost:${port}${at}`,
    requests,
    /** Interferes with requests, until `mend`. */
    spoil(fault) {
      faults.push(fault);
    },
    mend() {
      faults.length = 0;
    },
    /** Makes every worker die of a text that contains POISON. */
    poisonWorkers() {
      const script = readFileSync(new URL('../../www/worker.js', import.meta.url), 'utf8');
      const poisoned = `addEventListener('message', ({ data }) => {
        if (data.text?.includes('POISON')) throw new Error('poisoned');
      });\n`;
      this.spoil((request, response) => {
        if (!request.url.endsWith('/worker.js')) return false;
        response.setHeader('content-type', 'text/javascript');
        response.setHeader('cross-origin-embedder-policy', 'require-corp');
        return response.end(poisoned + script);
      });
    },
    /** Requests for weights since the last call. */
    weights: () => requests.splice(0).filter((url) => url.endsWith('.bin')),
  };
}

/**
 * @param {http.ServerResponse} response
 * @param {string[]} names
 */
function keepOnly(response, names) {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) => (names.includes(name) ? setHeader(name, value) : response);
}

let launched;

/** One Chromium for the file; every page or context of it is alone with its storage. */
export function browser() {
  launched ??= launchChromium();
  return launched;
}
after(async () => (await launched)?.close());

/**
 * A page in a fresh context. What it does wrong is collected in `trouble`: violated policies, uncaught
 * errors, and requests to any other address than the one it came from.
 *
 * It believes that the machine has one core, so it starts one worker: each unpacks the model for itself, which takes
 * longer than most tests. Those to which the number of workers may matter say `cores: 2`.
 *
 * @param {string} url
 * @param {import('playwright-core').BrowserContextOptions & { cores?: number }} [options]
 */
export async function open(url, { cores = 1, ...options } = {}) {
  const context = await (await browser()).newContext({
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  await context.addInitScript(watchTimers);
  await context.addInitScript((count) => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count });
  }, cores);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const trouble = watch(context, page, new URL(url).origin);
  await page.goto(url);
  return { page, context, trouble, ...handles(page) };
}

/**
 * The page with its model loaded, and with the two types chosen that most tests ask for.
 *
 * @param {string} url
 */
export async function openReady(url) {
  const tab = await open(url);
  await tab.ready();
  await tab.choose('Chemical', 'Disease');
  return tab;
}

/**
 * Another tab in the context of one that `open` has opened.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} url
 */
export async function openBeside(context, url) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const trouble = watch(context, page, new URL(url).origin);
  await page.goto(url);
  return { page, context, trouble, ...handles(page) };
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {import('playwright-core').Page} page
 * @param {string} origin
 */
export function watch(context, page, origin) {
  const trouble = [];
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && !['data:', 'blob:'].includes(protocol))
      trouble.push(`asked ${request.url()}`);
  });
  page.on('pageerror', (error) => trouble.push(`uncaught ${error}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/i.test(message.text()))
      trouble.push(message.text());
  });
  return trouble;
}

/** @param {import('playwright-core').Page} page */
function handles(page) {
  const status = page.getByTestId('status');
  const input = page.getByTestId('input');
  const extract = page.getByTestId('extract');
  /** Waits for a state; an error that is not waited for is told at once. */
  const state = async (name, timeout = LOADED_MS) => {
    const selector = (...names) =>
      names.map((of) => `[data-testid=status][data-state=${of}]`).join();
    await page.waitForSelector(selector(name, 'error'), { timeout });
    if ((await status.getAttribute('data-state')) === name) return;
    if ((await status.getAttribute('data-state')) === 'error')
      assert.fail(`not ${name}: ${await status.textContent()}`);
  };
  return {
    status,
    input,
    extract,
    cancel: page.getByTestId('cancel'),
    marks: page.locator('[data-testid=annotated] [data-type]'),
    rows: page.locator('[data-testid=entities] [data-type]'),
    state,
    /** Waits for the model. */
    ready: () => state('ready'),
    /** Chooses exactly these types. */
    async choose(...types) {
      for (const box of await page.getByTestId('types').getByRole('checkbox').all()) {
        await box.setChecked(types.includes(await box.inputValue()));
      }
    },
    /** Works on a text to the end. */
    async run(text) {
      // As JSON, because a lone surrogate does not survive the way to the browser as it is.
      await input.evaluate((box, json) => {
        box.value = JSON.parse(json);
        box.dispatchEvent(new Event('input', { bubbles: true }));
      }, JSON.stringify(text));
      await extract.click();
      // The press itself has changed the state, so this is not what was done before.
      await state('done', DONE_MS);
      await settled(page);
    },
  };
}

/**
 * Runs in every page before its scripts: keeps count of short timers and of database transactions, and
 * puts `untilSettled` there, which waits until there have been none for two frames, and no colour or
 * size is on its way to another (a CSS transition). No view puts its work off for longer than the half
 * second to which a timer is a short one.
 */
function watchTimers() {
  const pending = new Set();
  const { setTimeout, clearTimeout } = window;
  window.setTimeout = (work, delay = 0, ...values) => {
    const timer = setTimeout(
      (...given) => {
        try {
          return work(...given);
        } finally {
          pending.delete(timer);
        }
      },
      delay,
      ...values,
    );
    if (delay <= 500) pending.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    pending.delete(timer);
    clearTimeout(timer);
  };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...values) {
    const begun = transaction.apply(this, values);
    pending.add(begun);
    for (const end of ['complete', 'abort'])
      begun.addEventListener(end, () => pending.delete(begun));
    return begun;
  };
  const changing = () =>
    document
      .getAnimations()
      .filter((one) => one instanceof CSSTransition && one.playState === 'running').length;
  window.untilSettled = async () => {
    const late = performance.now() + 10_000;
    for (let quiet = 0; quiet < 2; quiet = pending.size + changing() ? 0 : quiet + 1) {
      await new Promise((resolve) => setTimeout(resolve, 16));
      if (performance.now() > late)
        throw new Error(
          `the page does not come to rest: ${pending.size} at work, ${changing()} changing`,
        );
    }
  };
}

/**
 * Stops the processes of all pages and workers while `work` is done, as a machine that sleeps does, or a system that
 * freezes tabs. Playwright keeps its pages visible, and Chromium freezes no visible page, so
 * `Page.setWebLifecycleState` does nothing here.
 *
 * @param {import('playwright-core').Page} page
 * @param {() => unknown} work
 */
export async function whileFrozen(page, work) {
  const devtools = await (await browser()).newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const signal = (name) => {
    for (const { id } of renderers) process.kill(id, name);
  };
  signal('SIGSTOP');
  try {
    const answer = page.evaluate(() => 'awake').catch(() => {});
    assert.equal(await Promise.race([answer, pause(1000, 'frozen')]), 'frozen');
    await work();
  } finally {
    signal('SIGCONT');
  }
}

/** Waits until the views that put their work off have done it, and what is kept is kept. */
export async function settled(page) {
  await page.evaluate(() => window.untilSettled());
}

const DRUGS = [
  'Aspirin',
  'Metformin',
  'Amiodarone',
  'Ibuprofen',
  'Lithium',
  'Warfarin',
  'Heparin',
  'Cisplatin',
];
const ILLS = [
  'headache',
  'diabetes',
  'hypothyroidism',
  'gastric ulcer',
  'tremor',
  'stroke',
  'thrombosis',
];

/**
 * A file to be opened on the page.
 *
 * @param {string} name
 * @param {string | Uint8Array} content
 */
export const file = (name, content, mimeType = 'text/plain') => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});

/** As many sentences, no two the same, of 13 words each; a paragraph has nine. */
export function sentences(count) {
  const written = Array.from({ length: count }, (_, i) => {
    const ill = ILLS[(i * 3) % ILLS.length];
    return `${DRUGS[i % DRUGS.length]} was followed by ${ill} in patient ${i + 1} after ${1 + (i % 30)} days of treatment.`;
  });
  return written.map((sentence, i) => sentence + ((i + 1) % 9 ? ' ' : '\n\n')).join('');
}

/** What lies on marks or rows, in document order. */
export function hooks(locator) {
  return locator.evaluateAll((elements) =>
    elements.map(({ dataset: { type, start, end }, textContent }) => ({
      type,
      start: Number(start),
      end: Number(end),
      text: textContent,
    })),
  );
}

/** There are entities, and they hold the contract: sorted, inside the text, of the types asked for, text equal to the slice. */
export function assertEntities(entities, text, types) {
  assert.ok(entities.length > 0, 'something was found');
  let last = 0;
  for (const { start, end, type, text: mention, score } of entities) {
    assert.ok(
      Number.isInteger(start) &&
        Number.isInteger(end) &&
        0 <= start &&
        start < end &&
        end <= text.length,
    );
    assert.ok(start >= last, 'sorted by start');
    last = start;
    assert.equal(mention, text.slice(start, end));
    assert.ok(types.includes(type), `${type} was asked for`);
    assert.ok(score >= 0 && score <= 1, `${score} is a probability`);
  }
}

/**
 * A page of the same origin that is not the page: for the library alone.
 *
 * @param {string} url
 */
export const openBlank = (url) => open(`${url}examples/abstract.txt`, { cores: 2 });

/**
 * Runs a function in the page with the library's exports as its first argument.
 *
 * @param {import('playwright-core').Page} page
 * @param {(library: typeof import('../../www/client.js'), argument: any) => unknown} body
 * @param {unknown} [argument]
 */
export function inLibrary(page, body, argument = null) {
  const client =
    'new URL(location.pathname.replace(/(examples\\/)?[^/]*$/, "client.js"), location.href).href';
  return page.evaluate(
    `(async () => (${body})(await import(${client}), ${JSON.stringify(argument)}))()`,
  );
}
