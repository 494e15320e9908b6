// One tab: the page with all documents in its list, or the client library with one call after the other.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Problem } from '../../scripts/common.mjs';
import { createServer, listen } from '../../scripts/serve.mjs';
import { launch } from '../browser/launch.mjs';
import { renderers, residentBytes } from '../shared/machine.mjs';
import { sum } from '../shared/stats.mjs';

const EVERY_MS = 250;
const LOADED_MS = 120_000;
const COLLECTED_MS = 5000;

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ id: string, text: string }[]} Documents
 *
 * What is done in a tab: prepared, begun, counted, and handed over.
 * @typedef {object} Work
 * @property {string} at  Where the tab is, below the page's address.
 * @property {(page: Page, documents: Documents, types: string[]) => Promise<unknown>} prepare
 * @property {(page: Page) => Promise<unknown>} begin
 * @property {(page: Page) => Promise<{ done: number, error?: string | null }>} progress
 * @property {(page: Page) => Promise<any[]>} answers
 */

/** The page: a file of documents is opened and worked on, and everything found is downloaded. @type {Work} */
export const PAGE = {
  at: '',
  async prepare(page, documents, types) {
    await page.locator('[data-testid=status][data-state=ready]').waitFor({ timeout: LOADED_MS });
    for (const box of await page.getByTestId('types').getByRole('checkbox').all())
      await box.setChecked(types.includes(await box.inputValue()));
    const lines = documents.map((one) => `${JSON.stringify(one)}\n`).join('');
    await page.setInputFiles('#file', {
      name: 'documents.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(lines),
    });
    await page.locator('#documents-run').waitFor();
  },
  begin: (page) => page.locator('#documents-run').click(),
  progress: (page) =>
    page.evaluate(() => {
      const status = document.querySelector('[data-testid=status]');
      const summary = document.querySelector('#documents-summary')?.textContent ?? '';
      return {
        done: Number(/^[\d,]+/.exec(summary)?.[0].replaceAll(',', '') ?? 0),
        error: status?.getAttribute('data-state') === 'error' ? status.textContent : null,
      };
    }),
  async answers(page) {
    await page.locator('[data-testid=status][data-state=done]').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download all documents as JSON Lines' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    return lines.map((line) => JSON.parse(line));
  },
};

/** The client library, in a page that has nothing else: nothing is kept but the answers. @type {Work} */
export const LIBRARY = {
  at: 'examples/abstract.txt',
  async prepare(page, documents, types) {
    await page.evaluate(
      async ({ documents, types }) => {
        const client = new URL('/client.js', location.href).href;
        const { Bioner } = await import(client);
        const ner = await Bioner.load();
        /** @type {any} */
        const soak = { answers: [], error: undefined };
        soak.run = async () => {
          for (const { id, text } of documents) {
            const entities = [];
            let last;
            for await (const part of ner.extract(text, { types })) {
              last = part;
              entities.push(...part.entities);
            }
            if (last.done !== last.total) throw new Error(`${id} was not finished`);
            soak.answers.push({ id, entities });
          }
        };
        /** @type {any} */ (globalThis).soak = soak;
      },
      { documents, types },
    );
  },
  begin: (page) =>
    page.evaluate(() => {
      const { soak } = /** @type {any} */ (globalThis);
      soak.run().catch((/** @type {unknown} */ error) => (soak.error = String(error)));
    }),
  progress: (page) =>
    page.evaluate(() => {
      const { answers, error } = /** @type {any} */ (globalThis).soak;
      return { done: answers.length, error };
    }),
  answers: (page) => page.evaluate(() => /** @type {any} */ (globalThis).soak.answers),
};

/**
 * Works on all documents in one tab, and samples the memory of its process, which the workers are part of, and the
 * heap of the tab's own JavaScript.
 *
 * @param {Work} work
 * @param {Documents} documents
 * @param {string[]} types
 */
export async function inTab(work, documents, types) {
  const server = await createServer();
  const port = await listen(server, 0, '127.0.0.1');
  const { context, profile, version, close } = await launch();
  /** @type {import('./flat.mjs').Sample[]} */
  const samples = [];
  try {
    const [page] = context.pages();
    await page.goto(`http://localhost:${port}/${work.at}`);
    const tools = await context.newCDPSession(page);
    await tools.send('Performance.enable');
    await work.prepare(page, documents, types);
    await work.begin(page);
    const began = performance.now();
    for (let done = 0; done < documents.length; ) {
      await pause(EVERY_MS);
      const progress = await work.progress(page);
      if (progress.error) throw new Problem(progress.error);
      done = progress.done;
      const { metrics } = await tools.send('Performance.getMetrics');
      samples.push({
        done,
        seconds: (performance.now() - began) / 1000,
        resident: resident(profile),
        heap: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value,
      });
    }
    const collected = await residentAfterCollection(tools, profile);
    return { samples, collected, answers: await work.answers(page), version };
  } finally {
    await close();
    server.closeAllConnections();
    server.close();
  }
}

/** Bytes in memory of the tab's processes. @param {string} profile */
const resident = (profile) => sum(renderers(profile).map((pid) => residentBytes(pid)?.now ?? 0));

/**
 * The same when the browser has collected what nothing refers to, in the tab and in its workers, as it does when the
 * machine is short of memory.
 *
 * @param {import('playwright-core').CDPSession} tools
 * @param {string} profile
 */
async function residentAfterCollection(tools, profile) {
  await tools.send('HeapProfiler.collectGarbage');
  await tools.send('Memory.simulatePressureNotification', { level: 'critical' });
  await pause(COLLECTED_MS);
  return resident(profile);
}
