// A paste of 20,000 words: the page answers throughout, and the work can be watched and stopped.

import assert from 'node:assert/strict';
import test from 'node:test';
import { until } from '../common/until.mjs';
import { hooks, LOADED_MS, open, sentences, serve, settled } from './helper.mjs';

/** So slow no page may be: it would count as hanging. Timings proper are a benchmark's business. */
const HANGS_MS = 5000;
const WATCH_MS = 60_000;
/** So many marks more are waited for while the page is watched. */
const MORE_MARKS = 60;

test('20,000 words: marks stream in, the page stays awake, cancel works', {
  timeout: 3 * LOADED_MS,
}, async () => {
  const { url } = await serve();
  const tab = await open(url, { cores: 2 });
  await tab.ready();
  const text = sentences(1600);
  assert.ok(text.split(/\s+/).length > 20_000);
  await tab.page.evaluate(() => {
    globalThis.longestGap = 0;
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      globalThis.longestGap = Math.max(globalThis.longestGap, now - last);
      last = now;
      port2.postMessage(0);
    };
    port2.postMessage(0);
  });
  const gap = () => tab.page.evaluate(() => Math.round(globalThis.longestGap));

  await tab.input.fill(text);
  await tab.extract.click();
  await tab.marks.first().waitFor({ timeout: WATCH_MS });
  const early = await tab.marks.count();
  await until(
    async () => (await tab.marks.count()) >= early + MORE_MARKS,
    'marks that keep coming',
    WATCH_MS,
  );
  assert.equal(await tab.status.getAttribute('data-state'), 'working');
  assert.match(
    (await tab.page.locator('#progress-note').textContent()) ?? '',
    /^[\d,]+\/[\d,]+, .* sentences\/s, about .* left$/,
  );

  await tab.cancel.click();
  await tab.state('ready', 5000);
  await settled(tab.page);
  const marks = await hooks(tab.marks);
  for (const { start, end, text: marked } of marks) assert.equal(marked, text.slice(start, end));
  assert.equal(await tab.page.getByTestId('annotated').textContent(), text);
  assert.equal(
    await tab.rows.count(),
    Math.min(marks.length, 200),
    'the table shows a page at a time',
  );
  assert.ok((await gap()) < HANGS_MS, `the page was away for ${await gap()} ms`);
  assert.deepEqual(tab.trouble, []);
});
