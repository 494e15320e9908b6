// Builds the fuzz targets (fuzz/) as cargo-fuzz does and runs them from their seeds, as many at a time as there are
// cores. A crash, a hang or too much memory in any of them fails, with the input and the command that shows it again.
//
//   node scripts/fuzz.mjs                                       each target so many inputs as RUNS says
//   node scripts/fuzz.mjs --minutes 30 --keep sentences answers   what is found is kept in fuzz/corpus/, for the next time
//   node scripts/fuzz.mjs --again answers FILE                   one input again
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem, main, output, root, run } from './common.mjs';

const folder = join(root, 'fuzz');
const built = join(root, 'target', 'fuzz');

/** Of each target, as fuzz/Cargo.toml lists them. */
const targets = [...readFileSync(join(folder, 'Cargo.toml'), 'utf8').matchAll(/^name = "(.*)"$/gm)]
  .map(([, name]) => name)
  .filter((name) => existsSync(join(folder, 'targets', `${name}.rs`)));

/** The folder of its seeds, where a target shares that of others. @type {Record<string, string>} */
const SEEDS = { sentences: 'texts', context: 'texts' };

/** How many inputs each gets, about half a minute of them: a time would be more or fewer on another machine. */
const RUNS = 5000;

/** Of those that load or run a model for each. @type {Record<string, number>} */
const FEWER_RUNS = { model_file: 1000, decoder: 3000 };

/** The bounds that every input has to keep: of memory and of one allocation, in MiB. */
const LIMITS = ['-rss_limit_mb=2048', '-malloc_limit_mb=512'];

/** What cargo-fuzz gives the compiler: counters that guide the fuzzer, and the sanitizer of addresses. */
const FLAGS = [
  '-Cpasses=sancov-module',
  '-Cllvm-args=-sanitizer-coverage-level=4',
  '-Cllvm-args=-sanitizer-coverage-inline-8bit-counters',
  '-Cllvm-args=-sanitizer-coverage-pc-table',
  '-Cllvm-args=-sanitizer-coverage-trace-compares',
  '-Zsanitizer=address',
  '--cfg=fuzzing',
];

/** The folder with the programs. */
function build() {
  const host = /^host: (.*)$/m.exec(output('rustc', ['-vV']) ?? '')?.[1];
  if (!host) throw new Problem('rustc does not say what machine this is');
  const env = {
    ...process.env,
    RUSTC_BOOTSTRAP: '1', // the flags of sanitizers are unstable, and work with a stable compiler
    CARGO_ENCODED_RUSTFLAGS: FLAGS.join('\x1f'),
  };
  const manifest = ['--manifest-path', join(folder, 'Cargo.toml'), '--target-dir', built];
  run('cargo', ['build', '--release', '--locked', '--target', host, ...manifest], { env });
  return join(built, host, 'release');
}

/** One thread in the program itself, so that a finding comes again. */
const environment = {
  ...process.env,
  RAYON_NUM_THREADS: '1',
  ASAN_OPTIONS: 'detect_odr_violation=0',
};

/**
 * Runs a target, for a time if one is given.
 *
 * @param {string} programs
 * @param {string} target
 * @param {{ seconds?: number, timeout: string, seed: string, keep: boolean }} options
 * @returns {Promise<{ target: string, line: string, failure?: string }>}
 */
async function fuzz(programs, target, { seconds, timeout, seed, keep }) {
  const kept = join(folder, 'corpus', target);
  const corpus = keep ? kept : mkdtempSync(join(tmpdir(), `bioner-fuzz-${target}-`));
  const artifacts = join(folder, 'artifacts', target, '/');
  for (const path of [corpus, artifacts]) mkdirSync(path, { recursive: true });
  const dictionary = join(folder, 'dictionaries', `${target}.dict`);
  const seeds = join(folder, 'seeds', SEEDS[target] ?? target);
  const args = [
    seconds ? `-max_total_time=${seconds}` : `-runs=${FEWER_RUNS[target] ?? RUNS}`,
    `-artifact_prefix=${artifacts}`,
    '-print_final_stats=1',
    `-timeout=${timeout}`,
    `-seed=${seed}`,
    ...LIMITS,
    ...(existsSync(dictionary) ? [`-dict=${dictionary}`] : []),
    corpus,
    ...(existsSync(seeds) ? [seeds] : []),
  ];
  const began = performance.now();
  const { status, text } = await tail(join(programs, target), args);
  if (!keep) rmSync(corpus, { recursive: true, force: true });
  /** @param {RegExp} pattern */
  const last = (pattern) => [...text.matchAll(pattern)].at(-1)?.[1] ?? '?';
  const executions = last(/^stat::number_of_executed_units: (\d+)/gm);
  const [edges, features] = [last(/ cov: (\d+)/g), last(/ ft: (\d+)/g)];
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  const line = `| \`${target}\` | ${minutes} | ${executions} | ${edges} | ${features} |`;
  if (status === 0) return { target, line };
  const found = /Test unit written to (.*)/.exec(text)?.[1];
  const again = found
    ? `\nagain: node scripts/fuzz.mjs --again ${target} ${relative(root, found)}`
    : '';
  return { target, line, failure: `${text}${again}` };
}

/**
 * Runs a program; resolves with its exit status and the end of what it printed.
 *
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ status: number | null, text: string }>}
 */
function tail(program, args) {
  const MOST = 30_000;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    /** @param {Buffer} data */
    const add = (data) => {
      text = (text + data).slice(-MOST);
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, text }));
  });
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      minutes: { type: 'string' },
      jobs: { type: 'string', default: String(availableParallelism()) },
      // Of one input, in seconds. They pass on the clock: more are needed where others use the processor.
      timeout: { type: 'string', default: '20' },
      keep: { type: 'boolean', default: false },
      // What is made up; 0: something else each time.
      seed: { type: 'string', default: '0' },
      again: { type: 'string' },
      build: { type: 'boolean', default: false },
    },
  });
  const chosen = values.again ? [values.again] : positionals.length ? positionals : targets;
  const unknown = chosen.filter((name) => !targets.includes(name));
  if (unknown.length)
    throw new Problem(`no such target: ${unknown}; there are ${targets.join(', ')}`);
  const programs = build();
  if (values.build) return;
  if (values.again)
    return run(join(programs, values.again), [...LIMITS, ...positionals], { env: environment });

  const seconds = values.minutes ? Math.round(Number(values.minutes) * 60) : undefined;
  console.log('| target | minutes | executions | edges | features |\n|---|---|---|---|---|');
  const queue = [...chosen];
  /** @type {string[]} */
  const failed = [];
  const lane = async () => {
    for (let target = queue.shift(); target; target = queue.shift()) {
      const { line, failure } = await fuzz(programs, target, {
        seconds,
        timeout: values.timeout,
        seed: values.seed,
        keep: values.keep,
      });
      console.log(line);
      if (!failure) continue;
      failed.push(target);
      console.error(`\n${target} found something:\n${failure}\n`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, lane));
  if (failed.length) throw new Problem(`fuzzing found something in ${failed.join(', ')}`);
});
