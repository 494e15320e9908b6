// The load test of `bioner serve`: many clients, each with one abstract after the other, and in turn with them the
// command line on abstracts of the same kind. What it writes is explained in benches/README.md.
//
//   node benches/serve/run.mjs                       # 64 clients, 10 minutes of load, 10 of the command line
//   node benches/serve/run.mjs --minutes 1 --force   # shorter, and although the machine is not idle
//   node benches/serve/run.mjs --write               # also writes RESULTS.md beside this file
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem, main, output, root } from '../../scripts/common.mjs';
import { commandLine } from '../native/prepare.mjs';
import { describe, disturbance, watch } from '../shared/machine.mjs';
import { extractFor } from './extract.mjs';
import { report } from './report.mjs';
import { serverOf } from './server.mjs';
import { abstracts } from '../shared/abstracts.mjs';

const NUMBERS = { clients: '64', minutes: '10', rounds: '5' };

await main(async () => {
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(
        Object.entries(NUMBERS).map(([name, value]) => [
          name,
          { type: /** @type {const} */ ('string'), default: value },
        ]),
      ),
      workers: { type: 'string' },
      force: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [clients, minutes, rounds] = Object.keys(NUMBERS).map((name) => {
    const number = Number(values[name]);
    if (!(number > 0)) throw new Problem(`--${name} takes a number above 0`);
    return number;
  });
  const program = commandLine();
  const disturbed = await disturbance();
  if (disturbed && !values.force)
    throw new Problem(
      `${disturbed}: a measurement needs an idle machine (--force measures all the same)`,
    );
  if (disturbed) console.error(`warning: ${disturbed}: the figures will be noise`);

  const seconds = (minutes * 60) / rounds;
  const machine = describe({ commit: output('git', ['rev-parse', '--short', 'HEAD']) ?? '' });
  const texts = abstracts();
  const server = await serverOf(program, values.workers);
  const measured = [];
  try {
    for (let round = 0; round < rounds; round++) {
      const others = watch();
      // Who goes first changes from one round to the next.
      const loadFirst = round % 2 === 0;
      const load = loadFirst ? await server.load(texts, clients, seconds) : undefined;
      const alone = await extractFor(program, texts, seconds);
      measured.push({
        load: load ?? (await server.load(texts, clients, seconds)),
        alone,
        others: others(),
      });
      const { load: last } = measured[round];
      console.error(
        `round ${round + 1} of ${rounds}: server ${last.rate.toFixed(2)}, command line ${alone.toFixed(2)} abstracts a second`,
      );
    }
  } finally {
    await server.stop();
  }
  const result = {
    machine,
    clients,
    minutes,
    workers: values.workers,
    disturbed,
    rounds: measured,
  };
  const text = report(result);
  if (values.write) writeFileSync(join(root, 'benches/serve/RESULTS.md'), text);
  console.log(values.json ? JSON.stringify(result) : text);
  const errors = measured.flatMap(({ load }) => load.errors);
  if (errors.length) throw new Problem(`${errors.length} requests failed; the first: ${errors[0]}`);
});
