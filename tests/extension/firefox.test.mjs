// The Firefox package in Firefox. The protocol's newer part (WebDriver BiDi) installs it, answers for the site, and
// looks into the panel's closed shadow tree.
//
// Nothing outside a page can be pressed this way, so the copy that is tested begins by itself: the one
// default `automatic` is changed in it, and nothing else.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../../scripts/common.mjs';
import { launchEngine } from '../../scripts/engines.mjs';
import { makeExtensions } from '../../scripts/extension.mjs';
import { DONE_MS } from '../browser/helper.mjs';
import { until as becomes } from '../common/until.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bioner-firefox-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('Firefox: an abstract, marks, panel and tip', async () => {
  makeExtensions({ dist: folder, browsers: ['firefox'], zipped: false });
  for (const path of ['content.js', 'extension/shared/settings.js']) {
    const file = join(folder, 'firefox', path);
    const script = readFileSync(file, 'utf8');
    assert.ok(script.includes('automatic: false,'), path);
    writeFileSync(file, script.replace('automatic: false,', 'automatic: true,'));
  }
  const engine = await launchEngine('firefox');
  after(() => engine.close());
  const bidi = await engine.driver.getBidi();
  const send = async (method, params = {}) => {
    const { type, result, error, message } = await bidi.send({ method, params });
    if (type === 'error') throw new Error(`${error}: ${message}`);
    return result;
  };
  const body = readFileSync(join(root, 'tests/extension/pages/pubmed-abstract.html'), 'utf8');
  bidi.on('network.beforeRequestSent', ({ isBlocked, request }) => {
    if (!isBlocked) return;
    send('network.provideResponse', {
      request: request.request,
      statusCode: 200,
      reasonPhrase: 'OK',
      headers: [
        { name: 'content-type', value: { type: 'string', value: 'text/html; charset=utf-8' } },
      ],
      body: { type: 'string', value: body },
    }).catch(() => {}); // the page has gone
  });
  await send('session.subscribe', { events: ['network.beforeRequestSent'] });
  await send('network.addIntercept', {
    phases: ['beforeRequestSent'],
    urlPatterns: [{ type: 'pattern', protocol: 'https' }],
  });
  await send('webExtension.install', {
    extensionData: { type: 'path', path: join(folder, 'firefox') },
  });
  const context = await engine.driver.getWindowHandle();
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
  // They come by way of the background page.
  await until(
    () =>
      inPage(`() => {
        const [range] = CSS.highlights.get('bioner-disease');
        const style = getComputedStyle(range.startContainer.parentElement, '::highlight(bioner-disease)');
        return style.textDecorationLine === 'underline';
      }`),
    'the rules of the highlights',
  );

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

  // The tip is that of the innermost mark: one is looked for that no other crosses.
  const place = await inPage(`() => {
    const others = [...CSS.highlights].flatMap(([name, ranges]) => name === 'bioner-disease' ? [] : [...ranges]);
    const apart = (range, other) =>
      range.compareBoundaryPoints(Range.END_TO_START, other) >= 0 || range.compareBoundaryPoints(Range.START_TO_END, other) <= 0;
    const alone = [...CSS.highlights.get('bioner-disease')].find((range) => others.every((other) => apart(range, other)));
    alone.startContainer.parentElement.scrollIntoView();
    const { x, y } = alone.getClientRects()[0];
    return { x, y };
  }`);
  await point(place.x + 10, place.y + 8);
  await until(
    () =>
      inPanel(
        "(root) => /^Disease, \\d+%$/.test(root.querySelector('.tip').textContent) && !root.querySelector('.tip').hidden",
      ),
    'the tip',
  );
});
