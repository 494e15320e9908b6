// What the other scripts share: where things are, and how to run a command.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, without a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
/** Tools that `npm run setup` builds; kept between runs, ignored by git. */
export const tools = join(root, 'target', 'tools');
export const bindgen = join(tools, 'bindgen', 'release', 'bindgen');
export const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');

/** An expected failure: told in one line, without a stack. */
export class Problem extends Error {}

/**
 * Runs a command with its output shown; a failure throws.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function run(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
  });
  if (error) throw new Problem(`${command} could not be run: ${error.message}`);
  if (status !== 0) {
    throw new Problem(`${command} ${args[0] ?? ''} failed (${signal ?? `exit status ${status}`})`);
  }
}

/**
 * The same without waiting for its end, which the promise does.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>}
 */
export function begin(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', (error) =>
      reject(new Problem(`${command} could not be run: ${error.message}`)),
    );
    child.once('close', (status, signal) => {
      if (status === 0) return resolve();
      const how = signal ?? `exit status ${status}`;
      reject(new Problem(`${command} ${args[0] ?? ''} failed (${how})`));
    });
  });
}

/**
 * A command's standard output, trimmed; undefined when it is missing or fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function output(command, args, options = {}) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, ...options, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * The first of these commands on the PATH, as a full path.
 *
 * @param {string[]} names
 */
export function which(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** A Chromium that Playwright can drive: the one CHROMIUM_PATH names, else the system's. */
export const chromium = () =>
  process.env.CHROMIUM_PATH ??
  which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

/** A Firefox: the one FIREFOX_PATH names, else the system's. */
export const firefox = () => process.env.FIREFOX_PATH ?? which('firefox-esr', 'firefox');

/**
 * Runs a script's main function: a `Problem` is told in one line, anything else with its stack.
 *
 * @param {() => unknown} body
 */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Problem ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}
