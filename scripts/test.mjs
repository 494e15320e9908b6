// Everything that has to hold before a change lands: sets up, then runs each stage, stopping at the
// first that fails. `npm test -- NAME …` runs only the stages named, without the set-up, one after the other.
// When all are run, those that mostly compile run beside those that mostly wait for a browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Problem, main, output, root, run, tools } from './common.mjs';
import { checkPythonSources, testCluster, testEnvironment, testPackage } from './python.mjs';
import { testReaders } from './readers.mjs';
import { checkCrates } from './supply.mjs';
import { ARM, canBuildForArm, canCompile, emulator } from './toolchain.mjs';

const node = process.execPath;
const built = join(root, 'target-wasm', 'pkg');

/** Where the scripts of this project are checked: the page, the extension, the scripts, the benches. */
const PROJECTS = ['.', 'extension', 'scripts', 'benches'];

/**
 * Runs the tests of a folder with Node's runner, one file at a time.
 *
 * @param {string} folder
 */
function nodeTests(folder) {
  const files = readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.test.mjs'))
    .sort();
  if (!files.length) throw new Problem(`${folder} has no test`);
  for (const name of files) run(node, ['--test', '--test-reporter=spec', join(folder, name)]);
}

/** The kernels for Arm, emulated: a machine with dot products, and one without. */
function armTests() {
  if (process.arch === 'arm64') return console.log('skipped: the native tests ran them');
  const qemu = emulator();
  if (!qemu || !canBuildForArm())
    return console.log('skipped: no QEMU, or no Rust for Arm: see npm run setup');
  const bench = join(root, 'benches/kernel/Cargo.toml');
  const to = join(root, 'target/arm');
  const linker = { [`CARGO_TARGET_${ARM.toUpperCase().replaceAll('-', '_')}_LINKER`]: 'rust-lld' };
  run(
    'cargo',
    [
      'build',
      '--release',
      '--locked',
      '--target',
      ARM,
      '--manifest-path',
      bench,
      '--target-dir',
      to,
    ],
    {
      env: { ...process.env, ...linker },
    },
  );
  for (const cpu of ['max', 'cortex-a72']) {
    run(qemu, ['-cpu', cpu, join(to, ARM, 'release/kernel-bench'), '--check']);
  }
}

/** The tests of training, with the package just built; in .venv, if it is there, which may have PyTorch. */
function trainingTests() {
  const built = testEnvironment();
  const venv = join(root, '.venv/bin/python');
  const packages = output(built, ['-c', 'import sysconfig; print(sysconfig.get_path("platlib"))']);
  run(existsSync(venv) ? venv : built, ['-m', 'tests'], {
    cwd: join(root, 'training'),
    env: { ...process.env, PYTHONPATH: packages },
  });
}

/** The stage of waiting for the set-up. */
const WAIT = 'wait';

/** With the Python package, though it has no tests in Rust: so other crates have the same features in both. */
const NATIVE = ['nextest', 'run', '--locked', '--workspace'];

/** @type {Record<string, () => unknown>} */
const stages = {
  fmt: () => run('cargo', ['fmt', '--all', '--check']),
  lint: () =>
    run(node, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings']),
  clippy: () =>
    run('cargo', ['clippy', '--locked', '--workspace', '--all-targets', '--', '-D', 'warnings']),
  ruff: checkPythonSources,
  supply: () => {
    checkCrates();
    run(node, ['scripts/notices.mjs', '--check']);
  },
  build: () => {
    run('cargo', [...NATIVE, '--no-run']);
    testEnvironment();
    run(node, ['scripts/fuzz.mjs', '--build']);
  },
  native: () => run('cargo', NATIVE),
  readers: testReaders,
  arm: armTests,
  doc: () => {
    run('cargo', ['test', '--locked', '--workspace', '--doc']);
    // With the examples: then cargo chooses the features of other crates as for Clippy, which has checked them.
    run('cargo', ['doc', '--locked', '--workspace', '--no-deps', '--lib', '--examples'], {
      env: { ...process.env, RUSTDOCFLAGS: '-D warnings' },
    });
  },
  wasm: () => run(node, ['scripts/build-wasm.mjs', built]),
  pkg: () => run(node, ['scripts/check-pkg.mjs', '--built', built]),
  types: () => {
    for (const project of PROJECTS) run(node, ['node_modules/typescript/bin/tsc', '-p', project]);
  },
  scripts: () => nodeTests('tests/scripts'),
  python: testPackage,
  cluster: testCluster,
  training: trainingTests,
  browser: () => nodeTests('tests/browser'),
  engines: () => nodeTests('tests/engines'),
  extension: () => nodeTests('tests/extension'),
  library: () => nodeTests('tests/library'),
  // With a seed, so that what fails is the change and not chance.
  fuzz: () => run(node, ['scripts/fuzz.mjs', '--seed', '1']),
  // Until whoever began this process has set up: then it closes the standard input.
  [WAIT]: () => once(process.stdin.resume(), 'end'),
};

/** Stages that run only when they are named: their environment takes minutes to install, and over a gigabyte. */
const ON_REQUEST = ['cluster'];

/**
 * Stages that mostly compile, which run beside the others, each row in a process of its own: compilers end with one
 * thread, and tests in Python have no more. The first needs nothing that is set up: it begins while that is downloaded,
 * if there is a compiler. The rows have folders of their own to compile in, which one process at a time can write.
 */
const BESIDE = [
  ['clippy', WAIT, 'build', 'readers', 'python', 'training', 'doc'],
  [WAIT, 'wasm', 'pkg', 'arm'],
];

/** Stages that run when all others are over: in its minute a target should have a core of its own. */
const LAST = ['fuzz'];

/** @typedef {{ name: string, seconds: number, processor?: number }} Time */

/** @param {number} since  As `performance.now()` gave it. */
const secondsSince = (since) => Math.round((performance.now() - since) / 1000);

/** The processor time of what this process has run to its end, in seconds, where the system tells (Linux). */
function processorSeconds() {
  try {
    // The fields behind the program's name, which may have brackets and spaces itself; a hundred ticks a second.
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return Math.round((Number(fields[13]) + Number(fields[14])) / 100);
  } catch {
    return undefined;
  }
}

/**
 * Runs stages one after the other. `check` is called before each.
 *
 * @param {string[]} names
 * @param {Time[]} times  Where the time of each is put.
 * @param {() => unknown} [check]
 */
async function runStages(names, times, check) {
  for (const [index, name] of names.entries()) {
    await check?.();
    console.log(`\n=== ${name} (${index + 1} of ${names.length})`);
    const [began, used] = [performance.now(), processorSeconds()];
    const stage = name === 'setup' ? () => run(node, ['scripts/setup.mjs']) : stages[name];
    try {
      await stage();
    } catch (error) {
      const left = names.slice(index + 1);
      console.error(
        `\n=== ${name} FAILED after ${secondsSince(began)} s${left.length ? `; not run: ${left.join(', ')}` : ''}`,
      );
      throw error;
    } finally {
      const processor = used === undefined ? undefined : Number(processorSeconds()) - used;
      times.push({ name, seconds: secondsSince(began), processor });
    }
    console.log(`=== ${name}: ${secondsSince(began)} s`);
  }
}

/**
 * Begins to run stages in a process of their own, at the lowest priority.
 *
 * @param {string[]} names
 * @param {number} index  Of the process.
 */
function beginBeside(names, index) {
  mkdirSync(join(root, 'target'), { recursive: true });
  const file = join(root, 'target', `beside-${index + 1}.log`);
  const log = openSync(file, 'w');
  const child = spawn(node, [join(root, 'scripts/test.mjs'), ...names], {
    cwd: root,
    stdio: ['pipe', log, log],
    // A group of its own, which can be ended as a whole.
    detached: true,
  });
  closeSync(log);
  const pid = /** @type {number} */ (child.pid);
  setPriority(pid, constants.priority.PRIORITY_LOW);
  try {
    // Where Linux gives each session an equal share, a process's priority counts only within its session.
    writeFileSync(`/proc/${pid}/autogroup`, '19');
  } catch {
    // No such shares here.
  }
  /** @type {number | null | undefined} */
  let status;
  const ended = new Promise((resolve) => {
    child.on('exit', (code) => {
      status = code;
      resolve(undefined);
    });
  });
  const told = () => {
    console.log(readFileSync(file, 'utf8'));
    if (status !== 0) throw new Problem(`of ${names.join(', ')}, which ran beside, one failed`);
  };
  return {
    /** Ends the waiting for the set-up. */
    goOn: () => void child.stdin?.end(),
    /** Throws if a stage has failed. */
    async check() {
      await setImmediate(); // what has happened while a stage ran is told only now
      if (status !== undefined && status !== 0) told();
    },
    /** Waits for the end, and shows what was printed; throws if a stage has failed. */
    async finish() {
      await ended;
      told();
    },
    end() {
      try {
        if (status === undefined) process.kill(-pid);
      } catch {
        // It has ended meanwhile.
      }
    },
  };
}

/**
 * Sets up and runs all stages.
 *
 * @param {Time[]} times
 */
async function runAll(times) {
  const apart = [...BESIDE.flat(), ...LAST, ...ON_REQUEST, 'native'];
  const others = Object.keys(stages).filter((name) => !apart.includes(name));
  // An interrupt ends the stage that runs, and so this; without it the other processes would go on.
  process.on('SIGINT', () => {});
  let beside = canCompile() ? BESIDE.map(beginBeside) : [];
  try {
    await runStages(['setup'], times);
    if (!beside.length) beside = BESIDE.map(beginBeside);
    for (const one of beside) one.goOn();
    const check = async () => {
      for (const one of beside) await one.check();
    };
    // The native tests come when they have been compiled.
    await runStages([...others, 'native'], times, check);
    const began = performance.now();
    console.log('\n=== what ran beside these');
    for (const one of beside) await one.finish();
    times.push({ name: 'then waited for what ran beside', seconds: secondsSince(began) });
  } finally {
    for (const one of beside) one.end();
  }
  await runStages(LAST, times);
}

await main(async () => {
  process.env.PATH = [join(tools, 'bin'), process.env.PATH].join(delimiter);
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !(name in stages));
  const known = Object.keys(stages).filter((name) => name !== WAIT);
  if (unknown.length) throw new Problem(`no such stage: ${unknown}; there are ${known.join(', ')}`);
  const start = performance.now();
  /** @type {Time[]} */
  const times = [];
  try {
    await (chosen.length ? runStages(chosen, times) : runAll(times));
  } finally {
    const all = [...times, { name: 'in all', seconds: secondsSince(start) }];
    console.log('\n| stage | seconds | of a processor |\n|---|---|---|');
    for (const { name, seconds, processor = '' } of all)
      console.log(`| ${name} | ${seconds} | ${processor} |`);
  }
});
