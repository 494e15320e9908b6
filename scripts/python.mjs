// The Python package: building its wheel, and an environment to test it in. As a program (`npm run
// wheel`) it builds the wheel that is to be used, in target/wheels.
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Problem, main, output, root, run, tools } from './common.mjs';

const package_ = join(root, 'python');
const maturin = join(tools, 'maturin');
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

/** Installs maturin, of the version that the package says it is built with, unless it is there. */
export function installMaturin() {
  const wanted = /"maturin==([\d.]+)"/.exec(readFileSync(join(package_, 'pyproject.toml'), 'utf8'))?.[1];
  if (!wanted) throw new Problem('python/pyproject.toml does not say which maturin builds the package');
  if (output(inside(maturin, 'maturin'), ['--version']) === `maturin ${wanted}`) return;
  run(create(maturin), ['-m', 'pip', 'install', '--quiet', `maturin==${wanted}`]);
}

/**
 * Builds the wheel with a profile of Cargo's. What the folder held before goes.
 *
 * @param {string} profile
 * @param {string} folder
 * @returns its path
 */
export function buildWheel(profile, folder) {
  rmSync(folder, { recursive: true, force: true });
  const manifest = join(package_, 'Cargo.toml');
  run(inside(maturin, 'maturin'), ['build', '-q', '-m', manifest, '--profile', profile, '-o', folder]);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Problem(`maturin wrote no wheel into ${folder}`);
  return join(folder, wheel);
}

/** @type {string | undefined} */
let prepared;

/** The Python of a new environment that has the package, built as it is now and not optimised. */
export function testEnvironment() {
  if (prepared) return prepared;
  const wheel = buildWheel('dev', join(tools, 'wheel'));
  const interpreter = create(join(tools, 'python'));
  run(interpreter, ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', wheel]);
  prepared = interpreter;
  return prepared;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await main(() => {
    installMaturin();
    console.log(buildWheel('release', join(root, 'target', 'wheels')));
  });
}
