// The JavaScript runtimes that the npm package is tested in: Deno, Bun and the newest Node, from npm, of the versions
// in tools/runtimes, and the Node that runs this.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, root, run, tools } from './common.mjs';

const wanted = join(root, 'tools/runtimes');
const folder = join(tools, 'runtimes');

/** Installs them, when the lock file is not the one they were installed from. Their install scripts are not needed. */
export function installRuntimes() {
  const [lock, installed] = [join(wanted, 'package-lock.json'), join(folder, 'installed.json')];
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lock))) return;
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(join(wanted, name), join(folder, name));
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  copyFileSync(lock, installed);
}

/**
 * The program of a package for this machine.
 *
 * @param {string} packages  Where they are: npm installs the one that fits the machine.
 * @param {RegExp} name      Of the package.
 * @param {string} path      In the package.
 */
function program(packages, name, path) {
  const inside = join(folder, 'node_modules', packages);
  const found = existsSync(inside) && readdirSync(inside).find((one) => name.test(one));
  const file = found && join(inside, found, path);
  if (!file || !existsSync(file))
    throw new Problem(`${path} is not in ${inside}: npm run setup installs it`);
  return file;
}

const suffix = process.platform === 'win32' ? '.exe' : '';

/** How a script is run in each: the program, and what comes before the script. @returns {Record<string, string[]>} */
export const runtimes = () => ({
  node: [process.execPath],
  newest: [program('', /^node-/, `bin/node${suffix}`)],
  deno: [program('@deno', /./, `deno${suffix}`), 'run', '--no-prompt', '--allow-read'],
  bun: [program('@oven', /./, `bin/bun${suffix}`)],
});
