// Everything that has to hold before a change lands: sets up, then runs each stage, stopping at the
// first that fails. `npm test -- NAME …` runs only the stages named, without the set-up.
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem, main, output, root, run, tools } from './common.mjs';
import { checkPythonSources, testCluster, testEnvironment, testPackage } from './python.mjs';
import { testReaders } from './readers.mjs';
import { checkCrates } from './supply.mjs';
import { ARM, canBuildForArm, emulator } from './toolchain.mjs';

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

/** @type {Record<string, () => void>} */
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
  native: () => run('cargo', ['nextest', 'run', '--locked']),
  readers: testReaders,
  arm: armTests,
  doc: () => {
    run('cargo', ['test', '--locked', '--doc']);
    run('cargo', ['doc', '--locked', '--workspace', '--no-deps'], {
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
};

/** Stages that run only when they are named: their environment takes minutes to install, and over a gigabyte. */
const ON_REQUEST = ['cluster'];

/** @param {number} since  As `performance.now()` gave it. */
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(0)} s`;

await main(() => {
  process.env.PATH = [join(tools, 'bin'), process.env.PATH].join(delimiter);
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !(name in stages));
  if (unknown.length)
    throw new Problem(`no such stage: ${unknown}; there are ${Object.keys(stages).join(', ')}`);
  /** @type {[string, () => void][]} */
  const plan = chosen.length
    ? chosen.map((name) => [name, stages[name]])
    : [
        ['setup', () => run(node, ['scripts/setup.mjs'])],
        ...Object.entries(stages).filter(([name]) => !ON_REQUEST.includes(name)),
      ];
  const start = performance.now();
  for (const [index, [name, stage]] of plan.entries()) {
    console.log(`\n=== ${name} (${index + 1} of ${plan.length}, ${seconds(start)} so far)`);
    const began = performance.now();
    try {
      stage();
    } catch (error) {
      const left = plan.slice(index + 1).map(([later]) => later);
      console.error(
        `\n=== ${name} FAILED after ${seconds(began)}${left.length ? `; not run: ${left.join(', ')}` : ''}`,
      );
      throw error;
    }
    console.log(`=== ${name}: ${seconds(began)}`);
  }
});
