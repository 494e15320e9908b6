// The Firefox package in a real Firefox, where there is one: FIREFOX_PATH, or `firefox` on the PATH.
// Driven by WebDriver BiDi, which needs WebSocket: Node 22, or Node 20 with --experimental-websocket.
//
// Nothing outside a page can be pressed this way, so the copy that is tested begins by itself: the one
// default `automatic` is changed in it, and nothing else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root, which } from '../../scripts/common.mjs';
import { makeExtensions } from '../../scripts/extension.mjs';
import { DONE_MS } from '../browser/helper.mjs';
import { until as becomes } from '../common/until.mjs';

const firefox = process.env.FIREFOX_PATH ?? which('firefox', 'firefox-esr');
const skip = !firefox
  ? 'no Firefox here'
  : typeof WebSocket !== 'function' && 'no WebSocket in this Node';

/** Firefox without a window, and a way to send it commands. */
async function launch(folder) {
  const child = spawn(
    firefox,
    [
      '--headless',
      '--no-remote',
      '--remote-debugging-port',
      '0',
      '--profile',
      join(folder, 'profile'),
      'about:blank',
    ],
    {
      env: { ...process.env, HOME: folder, MOZ_HEADLESS_WIDTH: '1200', MOZ_HEADLESS_HEIGHT: '900' },
    },
  );
  after(() => child.kill());
  const address = await new Promise((resolve, reject) => {
    child.stderr.on('data', (data) => {
      const [, found] = /WebDriver BiDi listening on (ws:\S+)/.exec(String(data)) ?? [];
      if (found) resolve(found);
    });
    child.on('exit', () => reject(new Error('Firefox ended')));
  });
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) =>
    Object.assign(socket, { onopen: resolve, onerror: reject }),
  );
  let last = 0;
  const waiting = new Map();
  const listeners = [];
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.id === undefined) {
      for (const listener of listeners) listener(message);
      return;
    }
    const { resolve, reject } = waiting.get(message.id);
    if (message.type === 'error') reject(new Error(`${message.error}: ${message.message}`));
    else resolve(message.result);
  };
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  return { send, on: (listener) => listeners.push(listener) };
}

test('Firefox: an abstract, marks, panel and tip', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bioner-firefox-'));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  makeExtensions({ dist: folder, browsers: ['firefox'], zipped: false });
  for (const path of ['content.js', 'extension/shared/settings.js']) {
    const file = join(folder, 'firefox', path);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('automatic: false,', 'automatic: true,'),
    );
  }
  mkdirSync(join(folder, 'profile'));
  const { send, on } = await launch(folder);
  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['network.beforeRequestSent'] });
  const body = readFileSync(join(root, 'tests/extension/pages/pubmed-abstract.html'), 'utf8');
  on(({ method, params }) => {
    if (method !== 'network.beforeRequestSent' || !params.isBlocked) return;
    send('network.provideResponse', {
      request: params.request.request,
      statusCode: 200,
      reasonPhrase: 'OK',
      headers: [
        { name: 'content-type', value: { type: 'string', value: 'text/html; charset=utf-8' } },
      ],
      body: { type: 'string', value: body },
    }).catch(() => {}); // the page has gone
  });
  await send('network.addIntercept', {
    phases: ['beforeRequestSent'],
    urlPatterns: [{ type: 'pattern', protocol: 'https' }],
  });
  await send('webExtension.install', {
    extensionData: { type: 'path', path: join(folder, 'firefox') },
  });
  const {
    contexts: [{ context }],
  } = await send('browsingContext.getTree');
  await send('browsingContext.navigate', {
    context,
    url: 'https://pubmed.ncbi.nlm.nih.gov/90000001/',
    wait: 'complete',
  });

  const target = { context };
  const inPage = async (body) => {
    const { result } = await send('script.evaluate', {
      expression: `JSON.stringify((${body})())`,
      target,
      awaitPromise: false,
    });
    return JSON.parse(result.value ?? 'null');
  };
  /** In the panel's closed shadow tree, which the protocol may look into. */
  const inPanel = async (body) => {
    const { result } = await send('script.evaluate', {
      expression: "document.querySelector('bioner-panel')",
      target,
      awaitPromise: false,
      serializationOptions: { maxDomDepth: 1, includeShadowTree: 'all' },
    });
    const { sharedId } = result.value.shadowRoot;
    const answer = await send('script.callFunction', {
      functionDeclaration: `(root) => JSON.stringify((${body})(root))`,
      arguments: [{ sharedId }],
      target,
      awaitPromise: false,
    });
    return JSON.parse(answer.result.value ?? 'null');
  };
  const point = (x, y, press) =>
    send('input.performActions', {
      context,
      actions: [
        {
          type: 'pointer',
          id: 'mouse',
          actions: [
            { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
            ...(press
              ? [
                  { type: 'pointerDown', button: 0 },
                  { type: 'pointerUp', button: 0 },
                ]
              : []),
          ],
        },
      ],
    });
  const until = (holds, what) => becomes(() => holds().catch(() => false), what, DONE_MS);

  await until(
    () =>
      inPage(
        "() => [...(CSS.highlights.get('bioner-chemical') ?? [])].some((range) => /amiodarone/i.test(range))",
      ),
    'the marks',
  );
  await until(
    () => inPanel("(root) => /^\\d+ entities$/.test(root.querySelector('.pill').textContent)"),
    'the pill',
  );
  const line = await inPage(`() => {
    const [range] = CSS.highlights.get('bioner-disease');
    return getComputedStyle(range.startContainer.parentElement, '::highlight(bioner-disease)').textDecorationLine;
  }`);
  assert.equal(line, 'underline', 'the rules of the highlights are in force');

  const pill = await inPanel(
    "(root) => { const { x, y } = root.querySelector('.pill').getBoundingClientRect(); return { x, y }; }",
  );
  await point(pill.x + 20, pill.y + 10, true);
  await until(
    () => inPanel("(root) => !root.querySelector('section[role]').hidden"),
    'the open panel',
  );
  assert.ok(
    await inPanel(
      "(root) => getComputedStyle(root.querySelector('section[role]')).display === 'flex'",
    ),
    'with its styles',
  );
  assert.ok(await inPanel("(root) => root.querySelectorAll('[data-type=Chemical] li').length"));

  const place = await inPage(
    "() => { const [range] = CSS.highlights.get('bioner-disease'); const { x, y } = range.getBoundingClientRect(); return { x, y }; }",
  );
  await point(place.x + 20, place.y + 10);
  await until(
    () =>
      inPanel(
        "(root) => /^Disease, \\d+%$/.test(root.querySelector('.tip').textContent) && !root.querySelector('.tip').hidden",
      ),
    'the tip',
  );
});
