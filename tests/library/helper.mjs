// A fresh project that has installed the package, as it comes out of `npm pack`.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { root } from '../../scripts/common.mjs';

/** Runs a command in a folder; a failure throws with what it said. */
export function run(cwd, command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * @param {string} [fixture]  A folder beside this file, the project's own files.
 * @returns {{ folder: string, packed: { size: number, unpackedSize: number, files: { path: string }[] } }}
 */
export function freshProject(fixture) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bioner-project-')));
  after(() => rmSync(folder, { recursive: true, force: true }));
  if (fixture) cpSync(join(root, 'tests/library', fixture), folder, { recursive: true });
  // Scripts write to the output too: the description of the archive is what comes last.
  const output = run(root, 'npm', 'pack', '--json', '--pack-destination', folder);
  const [packed] = JSON.parse(output.slice(output.indexOf('[\n')));
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', `./${packed.filename}`);
  return { folder, packed };
}

/** Puts runtime and weights into a folder of the project, by the package's own command. */
export function bringAssets(folder, target) {
  const command = join(folder, 'node_modules/.bin/bioner-assets');
  return run(folder, command, target, '--model', join(root, 'models/default'));
}

/** The tools of this checkout, for a project that would have installed them itself. */
export function lendTools(folder, ...names) {
  for (const name of names)
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
}

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
