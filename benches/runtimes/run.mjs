// Node, Deno and Bun beside Chromium, in turns: the client library in each, with the same module and weights.
//
//   node benches/runtimes/run.mjs                 5 rounds, one worker and then as many as there are cores
//   node benches/runtimes/run.mjs --only newest   beside Chromium only that: node, newest, deno, bun; several with commas
//   node benches/runtimes/run.mjs --rounds 9      9 at most
//   node benches/runtimes/run.mjs --quick         does it run? The figures mean little
//   node benches/runtimes/run.mjs --force         although the machine is not idle
//
// A round is three abstracts that no other round has, by each in turn; another begins in the next round. The ratio is
// Chromium's seconds over the runtime's: above 1 the runtime is faster. The result is the median of the rounds. The
// run fails if entities or scores differ.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { main, output, Problem, root } from '../../scripts/common.mjs';
import { runtimes } from '../../scripts/runtimes.mjs';
import { launch } from '../browser/launch.mjs';
import { Tab } from '../browser/peers.mjs';
import { abstracts } from '../browser/prepare.mjs';
import { serve } from '../browser/server.mjs';
import { cores, describe, disturbance, watch } from '../shared/machine.mjs';
import { digits, median, rotated, sum } from '../shared/stats.mjs';
import { table } from '../shared/table.mjs';

const TYPES = ['Chemical', 'Disease'];
const EACH = 3;
const WARM = 2; // abstracts before the first round, in which engines compile
const child = fileURLToPath(new URL('child.mjs', import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

/** A runtime with the model loaded. */
async function inRuntime(name, command, threads) {
  const [program, ...flags] = command;
  const started = spawn(program, [...flags, child, String(threads)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Problem(`${name} has ended`);
    return JSON.parse(value);
  };
  const { threads: used } = await next();
  return {
    name,
    threads: used,
    extract(document) {
      started.stdin.write(`${JSON.stringify({ ...document, types: TYPES })}\n`);
      return next();
    },
    close: async () => started.stdin.end(),
  };
}

/** A page of the browser with the model loaded. */
async function inChromium({ context, profile }, server, threads) {
  const tab = new Tab(context, server, profile, { page: 'self', options: { threads } });
  const { threads: used } = await tab.open({ cold: false });
  return {
    name: 'chromium',
    threads: used,
    extract: (document) => tab.extract({ ...document, types: TYPES }),
    close: () => tab.close(),
  };
}

/** Seconds for documents; what was found in each. */
async function work(side, documents) {
  const found = [];
  for (const document of documents) found.push(await side.extract(document));
  return { seconds: sum(found.map(({ seconds }) => seconds)), found };
}

/** The rounds with so many threads. */
async function measure(browser, server, commands, { threads, rounds, each }) {
  const sides = [
    await inChromium(browser, server, threads),
    ...(await Promise.all(
      Object.entries(commands).map(([name, command]) => inRuntime(name, command, threads)),
    )),
  ];
  for (const { name, threads: used } of sides)
    if (used !== threads) throw new Problem(`${name} has ${used} workers of ${threads}`);
  const all = abstracts();
  for (const side of sides) await work(side, all.slice(0, WARM));
  /** @type {Record<string, number[]>} */
  const ratios = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  const seconds = [];
  for (let round = 0; round < rounds; round++) {
    const others = watch();
    const documents = all.slice(WARM + round * each, WARM + (round + 1) * each);
    const runs = {};
    for (const side of rotated(sides, round)) runs[side.name] = await work(side, documents);
    const answers = ({ found }) => JSON.stringify(found.map(({ entities }) => entities));
    for (const name of Object.keys(commands)) {
      if (answers(runs[name]) !== answers(runs.chromium))
        throw new Problem(`${name} and Chromium found different entities`);
      ratios[name].push(runs.chromium.seconds / runs[name].seconds);
    }
    seconds.push(runs.chromium.seconds / each);
    const told = Object.entries(ratios).map(
      ([name, of]) => `${name} ${of.slice(-1)[0].toFixed(3)}`,
    );
    const share = Math.round((others() ?? 0) * 100);
    say(
      `${threads} worker(s), round ${round + 1} of ${rounds}: ${told.join(', ')}; others took ${share}%`,
    );
  }
  for (const side of sides) await side.close();
  return { ratios, chromium: median(seconds) };
}

await main(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      quick: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
    },
  });
  const known = runtimes();
  const names = values.only?.split(',') ?? Object.keys(known);
  const strange = names.find((name) => !(name in known));
  if (strange) throw new Problem(`--only: ${strange} is none of ${Object.keys(known).join(', ')}`);
  const each = values.quick ? 1 : EACH;
  const most = Math.floor((abstracts().length - WARM) / each);
  const rounds = values.quick ? 1 : Number(values.rounds);
  if (!(rounds >= 1 && rounds <= most)) throw new Problem(`--rounds: from 1 to ${most}`);
  if (!values.force) {
    const reason = await disturbance();
    if (reason) throw new Problem(`${reason}: nothing is measured (--force measures all the same)`);
  }
  const commands = Object.fromEntries(names.map((name) => [name, known[name]]));
  const server = await serve({ '/page/': join(root, 'benches/browser/page') });
  const browser = await launch();
  try {
    const rows = [];
    for (const threads of cores > 1 && !values.quick ? [1, cores] : [1]) {
      const { ratios, chromium } = await measure(browser, server, commands, {
        threads,
        rounds,
        each,
      });
      for (const [name, of] of Object.entries(ratios)) {
        const version = output(known[name][0], ['--version'])?.split('\n')[0];
        const range = `${digits(Math.min(...of))} to ${digits(Math.max(...of))}`;
        rows.push([`${name} (${version})`, threads, digits(median(of)), range, digits(chromium)]);
      }
    }
    const { cpu, date, memory_gb } = describe({});
    console.log(
      `${date.slice(0, 10)}, ${cpu}, ${cores} cores, ${memory_gb} GB, ${browser.version}`,
    );
    const head = ['', 'workers', 'times Chromium', 'range', 'Chromium, seconds an abstract'];
    console.log(table(head, rows));
  } finally {
    await browser.close();
    server.close();
  }
});
