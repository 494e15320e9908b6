// Python's readers of the formats that are exported, in a place of their own: what setup.mjs installs and
// the stage `readers` of test.mjs runs.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, output, root, run, tools } from './common.mjs';
import { create, inside } from './python.mjs';

const folder = join(tools, 'readers');
const python = inside(folder, 'python');
const wanted = join(root, 'tests/readers/requirements.txt');
const installed = join(folder, 'requirements.txt');

/** Installs the readers, unless those that are wanted are there. */
export function installReaders() {
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted))) return;
  create(folder);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
  run(python, [...pip, '--requirement', wanted]);
  copyFileSync(wanted, installed);
}

/** What is exported, read by others. */
export function testReaders() {
  if (!output(python, ['--version'])) throw new Problem(`${python} does not run: npm run setup`);
  // With the native tests the program is built, so that after them there is nothing left to build.
  run('cargo', ['test', '--quiet', '--locked', '--workspace', '--no-run', '--test', 'cli']);
  const tests = [
    '-m',
    'unittest',
    'discover',
    '-s',
    join(root, 'tests/readers'),
    '-p',
    '*_test.py',
  ];
  run(python, tests, { env: { ...process.env, BIONER: join(root, 'target/debug/bioner') } });
}
