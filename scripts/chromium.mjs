// Headless Chromium, as scripts, tests and benchmarks launch it.
import { chromium } from 'playwright-core';
import { Problem, chromium as installed } from './common.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  // Requests of its own.
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The program's path. */
function program() {
  const path = installed();
  if (!path) throw new Problem('no Chromium here: npm run setup');
  return path;
}

/** A browser; every page or context of it is alone with its storage. */
export async function launchChromium() {
  return chromium.launch({ executablePath: program(), args: FLAGS });
}

/**
 * A browser with a profile of its own, which is its one context.
 *
 * @param {string} profile  Its folder; '' for a temporary one.
 * @param {Parameters<typeof chromium.launchPersistentContext>[1]} [options]  `args` are added to the flags.
 */
export async function launchProfile(profile, { args = [], ...options } = {}) {
  const all = { ...options, executablePath: program(), args: [...FLAGS, ...args] };
  return chromium.launchPersistentContext(profile, all);
}
