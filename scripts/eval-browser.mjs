// Scores the model as the browser runs it: `npm run eval-browser -- CORPUS.jsonl [--limit N]
// [--format F]`. The page's own client extracts from each document of the corpus in headless Chromium,
// and the report has the shape of `bioner eval`'s: strict spans, start, end and type.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { launchChromium } from './chromium.mjs';
import { Problem, main } from './common.mjs';
import { createServer, listen, PROJECT_FOLDERS } from './serve.mjs';

/**
 * @typedef {{ start: number, end: number, type: string }} Span
 * @typedef {{ text: string, types: string[], entities: Span[] }} Gold
 */

/**
 * The first documents of a corpus.
 *
 * @param {string} file
 * @param {number} limit
 * @returns {Promise<Gold[]>}
 */
async function read(file, limit) {
  const documents = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (documents.length >= limit) break;
    if (line.trim()) documents.push(JSON.parse(line));
  }
  return documents;
}

/**
 * Runs in the page: the entities of each document.
 *
 * @param {{ documents: Gold[], format: string | undefined }} asked
 * @returns {Promise<{ found: Span[][], seconds: number }>}
 */
async function extractAll({ documents, format }) {
  /** @type {typeof import('../www/client.js')} */
  const { Bioner } = await import(new URL('./client.js', location.href).href);
  const ner = await Bioner.load({ model: './models/default/' });
  const began = performance.now();
  const found = [];
  for (const { text, types } of documents) {
    const entities = [];
    for await (const part of ner.extract(text, { types, format })) entities.push(...part.entities);
    found.push(entities.map(({ start, end, type }) => ({ start, end, type })));
  }
  const seconds = (performance.now() - began) / 1000;
  ner.close();
  return { found, seconds };
}

/**
 * Corpora count code points, JavaScript UTF-16 code units.
 *
 * @param {string} text
 * @param {number} offset
 */
function codePoints(text, offset) {
  return [...text.slice(0, offset)].length;
}

/** @param {{ found: number, gold: number, correct: number }} counts */
function score(counts) {
  const precision = counts.found ? counts.correct / counts.found : 0;
  const recall = counts.gold ? counts.correct / counts.gold : 0;
  const f1 = precision + recall ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1, ...counts };
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { limit: { type: 'string', default: '300' }, format: { type: 'string' } },
  });
  if (positionals.length !== 1) throw new Problem('name one corpus: a .jsonl file');
  const documents = await read(positionals[0], Number(values.limit));
  const server = await createServer(PROJECT_FOLDERS);
  const port = await listen(server, 0, '127.0.0.1');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    // A page of the same origin without the application, so that only one model is loaded.
    await page.goto(`http://localhost:${port}/icon.svg`);
    const { found, seconds } = await page.evaluate(extractAll, {
      documents,
      format: values.format,
    });
    const counts = { found: 0, gold: 0, correct: 0 };
    for (const [index, { text, entities }] of documents.entries()) {
      /** @param {Span} span */
      const key = ({ start, end, type }) => `${start} ${end} ${type}`;
      const gold = new Set(entities.map(key));
      const ours = new Set(
        found[index].map(({ start, end, type }) =>
          key({ start: codePoints(text, start), end: codePoints(text, end), type }),
        ),
      );
      counts.gold += gold.size;
      counts.found += ours.size;
      counts.correct += [...ours].filter((entity) => gold.has(entity)).length;
    }
    console.log(
      JSON.stringify({ micro: score(counts), documents: documents.length, seconds }, null, 2),
    );
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});
