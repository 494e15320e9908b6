// Python: the package's wheel, an environment to test it in, and ruff, which formats and lints the sources.
// As a program (`npm run wheel`) it builds the wheel that is to be used, in target/wheels; with --model that
// of the weights too, and with --target TRIPLE that for another machine, in target/wheels-TRIPLE.
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Problem, main, output, root, run, tools } from './common.mjs';

const package_ = join(root, 'python');
/** The environment of maturin and ruff. */
const environment = join(tools, 'python-tools');
/** The profile of the package that is tested: that of the tests in Rust, which shares what is compiled with them. */
const TESTED = 'dev';
const RECENT = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** A Python that the package runs on and that can make environments. */
export const python = () =>
  ['python3', 'python'].find((name) => output(name, ['-c', RECENT]) !== undefined);

/**
 * A program of an environment.
 *
 * @param {string} environment
 * @param {string} name
 */
export const inside = (environment, name) =>
  process.platform === 'win32'
    ? join(environment, 'Scripts', `${name}.exe`)
    : join(environment, 'bin', name);

/**
 * Makes a new environment.
 *
 * @param {string} environment
 * @returns its Python
 */
export function create(environment) {
  const found = python();
  if (!found) throw new Problem('Python 3.10 or later with venv is needed: npm run setup');
  run(found, ['-m', 'venv', '--clear', environment]);
  return inside(environment, 'python');
}

/**
 * The version of a tool that a file of the repository wants.
 *
 * @param {string} tool
 * @param {string} file
 */
function wanted(tool, file) {
  const version = new RegExp(`"(?:${tool})?==([\\d.]+)"`).exec(
    readFileSync(join(root, file), 'utf8'),
  )?.[1];
  if (!version) throw new Problem(`${file} does not say which ${tool} is wanted`);
  return version;
}

/** Installs maturin and ruff, of the versions that pyproject.toml and ruff.toml want, unless they are there. */
export function installPythonTools() {
  const versions = {
    maturin: wanted('maturin', 'python/pyproject.toml'),
    ruff: wanted('ruff', 'ruff.toml'),
  };
  /** @param {[string, string]} _ */
  const present = ([tool, version]) =>
    output(inside(environment, tool), ['--version']) === `${tool} ${version}`;
  if (Object.entries(versions).every(present)) return;
  const packages = Object.entries(versions).map(([tool, version]) => `${tool}==${version}`);
  run(create(environment), ['-m', 'pip', 'install', '--quiet', ...packages]);
}

/** The format and the lints of all Python sources, as ruff.toml has them. */
export function checkPythonSources() {
  run(inside(environment, 'ruff'), ['format', '--check']);
  run(inside(environment, 'ruff'), ['check']);
}

/**
 * Builds the wheel with a profile of Cargo's. What the folder held before goes.
 *
 * @param {string} profile
 * @param {string} folder
 * @param {string[]} [more]  Further arguments for maturin.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns its path
 */
export function buildWheel(profile, folder, more = [], env = process.env) {
  rmSync(folder, { recursive: true, force: true });
  const manifest = join(package_, 'Cargo.toml');
  const maturin = inside(environment, 'maturin');
  const args = ['build', '-q', '-m', manifest, '--profile', profile, '-o', folder];
  if (profile === TESTED) args.push('--features', 'shared-build');
  run(maturin, [...args, ...more], { env });
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Problem(`maturin wrote no wheel into ${folder}`);
  return join(folder, wheel);
}

/** The linker and C library for other machines, as a package of Python's. */
const ZIG = 'ziglang==0.15.2';

/**
 * Builds the wheel for another machine that runs Linux, which this one need not be able to run.
 *
 * @param {string} target  As Rust calls it.
 * @param {string} folder
 * @returns its path
 */
function buildWheelFor(target, folder) {
  if (!/-linux-(gnu|musl)$/.test(target))
    throw new Problem(
      `--target: no ${target}; wheels are built for targets that end in -linux-gnu or -linux-musl`,
    );
  run('rustup', ['target', 'add', target]);
  run(inside(environment, 'python'), ['-m', 'pip', 'install', '--quiet', ZIG]);
  // maturin looks for the package in the first Python on the path.
  const PATH = [dirname(inside(environment, 'python')), process.env.PATH].join(delimiter);
  return buildWheel('release', folder, ['--target', target, '--zig'], { ...process.env, PATH });
}

/**
 * Builds the wheel of the weights, `bioner-model`. What the folder held before stays.
 *
 * @param {string} folder
 */
export function buildModelWheel(folder) {
  const pip = ['-m', 'pip', 'wheel', '--quiet', '--no-deps', '--wheel-dir', folder];
  run(inside(environment, 'python'), [...pip, join(package_, 'model')]);
}

/**
 * The Python of an environment that has the package, built as it is now, and what a file of requirements
 * lists. These are installed when the file has changed.
 *
 * @param {string} name
 * @param {string} file
 * @param {string} profile  Of Cargo's, that it is built with.
 */
function environmentWith(name, file, profile) {
  const wheel = buildWheel(profile, join(tools, 'wheel'));
  const requirements = join(package_, 'tests', file);
  const folder = join(tools, name);
  const installed = join(folder, 'requirements.txt');
  const interpreter = inside(folder, 'python');
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile'];
  if (!existsSync(installed) || !readFileSync(installed).equals(readFileSync(requirements))) {
    create(folder);
    run(interpreter, [...pip, '--requirement', requirements]);
    copyFileSync(requirements, installed);
  }
  run(interpreter, [...pip, '--no-index', '--no-deps', '--force-reinstall', wheel]);
  return interpreter;
}

/** @type {string | undefined} */
let prepared;

/**
 * The Python of the environment for the tests of the package.
 *
 * @param {string} [profile]  `release` where its speed is measured.
 */
export function testEnvironment(profile = TESTED) {
  prepared ??= environmentWith('python', 'requirements.txt', profile);
  return prepared;
}

/**
 * The Python of the environment with Ray and Spark, which are large and have one of their own.
 *
 * @param {string} [profile]  `release` where its speed is measured.
 */
export const clusterEnvironment = (profile = TESTED) =>
  environmentWith('cluster', 'cluster_requirements.txt', profile);

/** The tests of the package, its types, and whether its stubs are what the extension module has. */
export function testPackage() {
  const interpreter = testEnvironment();
  const cwd = package_;
  run(interpreter, ['-m', 'mypy', 'package/bioner'], { cwd });
  run(interpreter, ['-m', 'mypy.stubtest', '--concise', 'bioner._engine'], { cwd });
  run(interpreter, ['-m', 'unittest', 'discover', '-t', '.', '-s', 'tests'], { cwd });
}

/** The package on Ray and Spark: its types there, its tests, and the examples of docs/scaling.md. */
export function testCluster() {
  const interpreter = clusterEnvironment();
  const cwd = package_;
  const modules = ['arrow', 'ray', 'spark'].map((name) => `package/bioner/${name}.py`);
  run(interpreter, ['-m', 'mypy', '--follow-imports=silent', ...modules], { cwd });
  const discover = ['-m', 'unittest', 'discover', '-t', '.', '-s', 'tests', '-p', 'cluster_*.py'];
  run(interpreter, discover, { cwd });
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await main(() => {
    const { values } = parseArgs({
      options: { target: { type: 'string' }, model: { type: 'boolean', default: false } },
    });
    installPythonTools();
    const { target } = values;
    const folder = join(root, 'target', target ? `wheels-${target}` : 'wheels');
    console.log(target ? buildWheelFor(target, folder) : buildWheel('release', folder));
    if (values.model) buildModelWheel(folder);
  });
}
