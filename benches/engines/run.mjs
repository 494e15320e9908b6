// Writes docs/browsers.md: what differs between the engines that people browse with, in one run.
//
//   npm run browsers                  features, versions, time and memory; on an idle machine
//   npm run browsers -- --no-timing   features and versions alone
//   npm run browsers -- --force       although the machine is not idle
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem, main, root } from '../../scripts/common.mjs';
import { ENGINES, launchEngine } from '../../scripts/engines.mjs';
import { createServer, listen, PROJECT_FOLDERS } from '../../scripts/serve.mjs';
import { describe, disturbance, startedBytes } from '../shared/machine.mjs';
import { median } from '../shared/stats.mjs';
import { table } from '../shared/table.mjs';

const RUNS = 5;
const LIMIT_MS = 300_000;
const TYPES = ['Chemical', 'Disease'];
const NAMES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };
const abstract = readFileSync(join(root, 'www/examples/abstract.txt'), 'utf8');

const timed = !process.argv.includes('--no-timing');
const forced = process.argv.includes('--force');

/** Calls a function of the page, and waits for it. */
async function call(driver, name, ...values) {
  const { value, error } = await driver.executeAsyncScript(
    `const [name, values, done] = arguments;
    window[name](...values).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
    name,
    values,
  );
  if (error) throw new Problem(error);
  return value;
}

/** One engine: what it has, and what it takes. */
async function measure(name, url) {
  const engine = await launchEngine(name);
  try {
    const { driver, version } = engine;
    await driver.manage().setTimeouts({ script: LIMIT_MS });
    await driver.get(url);
    await driver.wait(
      () => driver.executeScript("return 'ready' in document.body.dataset"),
      LIMIT_MS,
    );
    const features = await call(driver, 'features');
    if (!timed) return { version, features };
    const first = await call(driver, 'load');
    const again = await call(driver, 'load');
    const runs = [];
    for (let run = 0; run < RUNS + 1; run++)
      runs.push(await call(driver, 'extract', abstract, TYPES));
    const seconds = median(runs.slice(1).map((run) => run.seconds)); // the first run compiles
    const { workers, entities } = runs[0];
    return {
      version,
      features,
      first,
      again,
      cold: runs[0].seconds,
      seconds,
      workers,
      entities,
      bytes: startedBytes(),
    };
  } finally {
    await engine.close();
  }
}

/** @param {Record<string, any>} results */
function page(results) {
  const all = ENGINES.map((name) => results[name]);
  const row = (label, value) => [label, ...all.map(value)];
  const rows = [
    row('version', ({ version }) => version),
    ...all[0].features.map(([label], i) => row(label, ({ features }) => String(features[i][1]))),
  ];
  const figure = (label, value) => row(label, (result) => (timed ? value(result) : ''));
  rows.push(
    figure('workers', ({ workers }) => workers),
    figure('model loaded, first visit (s)', ({ first }) => first),
    figure('model loaded, weights kept (s)', ({ again }) => again),
    figure('the abstract, first time (s)', ({ cold }) => cold),
    figure(`the abstract, median of ${RUNS} (s)`, ({ seconds }) => seconds),
    figure('entities found', ({ entities }) => entities),
    figure('memory of all its processes (MB)', ({ bytes }) => bytes && Math.round(bytes / 1e6)),
  );
  const { date, cpu, cores, memory_gb } = describe({});
  const machine = `${cpu}, ${cores} cores, ${memory_gb} GB`;
  const how = timed
    ? `Measured on ${date.slice(0, 10)} (${machine}), one engine after the other.`
    : 'Times and memory have not been measured in this run.';
  return `# Browsers

The program runs in Chrome and Edge 96, Firefox 114, Safari 16.4 and anything later. \`npm test\` runs the main ways
through page and element in three engines, Debian's: Chromium, Firefox and WebKitGTK, which stands for Safari. The
entities are the same in all of them, with their scores, to the bit (\`tests/engines/golden.test.mjs\`).

This table is written by \`npm run browsers\`. ${how}

${table(['', ...ENGINES.map((name) => NAMES[name])], rows)}

What follows from it:

- **No relaxed SIMD** (WebKit): the worker takes the module without it ([modules](decisions/modules.md)).
- **No \`navigator.storage\`** (WebKitGTK): nobody can ask it to keep what is stored, or how much room is left. The page
  needs neither: what cannot be stored is told when it fails.
- **No \`SharedArrayBuffer\`** although the page is isolated (WebKitGTK): the program uses none
  ([workers](decisions/workers.md)).
- **\`hardwareConcurrency\`** may be more than there are cores (WebKitGTK). Without \`deviceMemory\`, two workers are the
  most that are started.
- **A worker made from a blob** imports its modules dynamically, because Firefox's service worker does not get its static
  imports, so they would fail without a network (\`www/page/model/confined-worker.js\`).
- **A service worker's \`state\`** can stay at \`installing\` in WebKitGTK. The page asks the registration too
  (\`www/page/storage/offline.js\`).
- **Refusals in a worker** are not told in WebKit. The page on privacy counts those of the worker where they are told; the
  attempt is refused there too.
- **\`text-decoration\` with a thickness** is dropped whole by WebKit. The rules of highlights use its four longhands.
`;
}

await main(async () => {
  if (timed && !forced) {
    const reason = await disturbance();
    if (reason) throw new Problem(`${reason}: nothing is measured (--force measures all the same)`);
  }
  const folder = fileURLToPath(new URL('page', import.meta.url));
  const server = await createServer({ ...PROJECT_FOLDERS, '/engines/': folder });
  const port = await listen(server, 0, '127.0.0.1');
  try {
    /** @type {Record<string, any>} */
    const results = {};
    for (const name of ENGINES) {
      console.log(NAMES[name]);
      results[name] = await measure(name, `http://localhost:${port}/engines/index.html`);
    }
    writeFileSync(join(root, 'docs/browsers.md'), page(results));
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
