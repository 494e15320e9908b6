// Asks the databases of known holes about everything that the lock files name:
//   node scripts/audit.mjs
// RustSec about the crates, npm's registry about its packages, PyPI about those of Python. Each may be out of reach; that
// is told, and is a failure as well, since nothing was checked.
import { spawnSync } from 'node:child_process';
import { Problem, main, root } from './common.mjs';
import { denyArguments, MANIFESTS, supplyTool } from './supply.mjs';

/** What the packages of Python that tests install are pinned in. */
const REQUIREMENTS = ['tests/readers/requirements.txt', 'python/tests/requirements.txt'];

/**
 * @typedef {object} Audit
 * @property {string} what
 * @property {() => [string, string[]]} command
 * @property {RegExp} unreachable  What the program says when it could not ask.
 */

/** @type {Audit[]} */
const audits = [
  ...MANIFESTS.map((manifest) => ({
    what: `the crates of ${manifest}`,
    command: () =>
      /** @type {[string, string[]]} */ ([
        supplyTool('cargo-deny'),
        [...denyArguments(manifest), 'check', '--hide-inclusion-graph', 'advisories'],
      ]),
    unreachable: /failed to fetch advisory database/,
  })),
  {
    what: 'the packages of npm',
    command: () => ['npm', ['audit', '--package-lock-only']],
    unreachable: /audit endpoint returned an error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED/,
  },
  ...REQUIREMENTS.map((file) => ({
    what: `the packages of ${file}`,
    command: () =>
      /** @type {[string, string[]]} */ ([
        supplyTool('pip-audit'),
        // Without --strict it calls packages that it could not ask about free of holes.
        ['--strict', '--no-deps', '--disable-pip', '--progress-spinner', 'off', '-r', file],
      ]),
    unreachable: /could not be audited|ConnectionError|Max retries exceeded/i,
  })),
];

await main(() => {
  /** @type {string[]} */
  const findings = [];
  /** @type {string[]} */
  const unasked = [];
  for (const { what, command, unreachable } of audits) {
    console.log(`\n=== ${what}`);
    const [program, args] = command();
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error) throw new Problem(`${program} could not be run: ${error.message}`);
    console.log(`${stdout}${stderr}`.trim());
    if (status === 0) continue;
    (unreachable.test(`${stdout}${stderr}`) ? unasked : findings).push(what);
  }
  const said = [
    ...(findings.length ? [`known holes in ${findings.join(', ')}`] : []),
    ...(unasked.length ? [`no database could be reached for ${unasked.join(', ')}`] : []),
  ];
  if (said.length) throw new Problem(said.join('; '));
  console.log('\nno known hole');
});
