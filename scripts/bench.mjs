// Measures the project against its peers: `npm run bench`, in one run of headless Chromium; with
// `--native` the command line; with `--against COMMIT` beside itself as it was. See benches/README.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packages } from '../benches/browser/prepare.mjs';
import { disturbance } from '../benches/shared/machine.mjs';
import { Problem, main, root } from './common.mjs';

const PEERS = ['wllama', 'candle', 'encoder', 'self'];
/** The sections of RESULTS.md: one is written, the other stays as it is. */
const SECTIONS = ['In the browser', 'The command line'];

await main(async () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      native: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      only: { type: 'string', default: '' },
      against: { type: 'string' },
      types: { type: 'string' },
    },
  });
  const { quick, force, write, json, native, against } = values;
  const rounds = Number(values.rounds ?? (quick ? 1 : against ? 2 : 5));
  const only = values.only.split(',').filter(Boolean);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Problem('--rounds takes a number from 1');
  const unknown = only.filter((name) => !PEERS.includes(name));
  if (unknown.length) throw new Problem(`no such peer: ${unknown}; there are ${PEERS.join(', ')}`);
  if (against && (write || only.length))
    throw new Problem('--against goes with neither --write nor --only');
  if (values.types && !against) throw new Problem('--types goes with --against');
  if (native && only.length) throw new Problem('--only is for the browser: --native has one peer');

  const disturbed = await disturbance();
  if (disturbed && !(force || quick))
    throw new Problem(
      `${disturbed}: a measurement needs an idle machine (--force measures all the same)`,
    );
  if (disturbed) console.error(`warning: ${disturbed}: the figures will be noise`);

  const types = (values.types ?? 'Chemical,Disease').split(',');
  const measured = () => {
    if (against) return commit({ against, types, rounds, quick, native });
    return native ? command({ rounds, quick }) : browser({ rounds, quick, only });
  };
  const [figures, text] = await measured();
  const result = { disturbed, ...figures };
  if (write) {
    const file = join(root, 'benches', 'RESULTS.md');
    writeFileSync(
      file,
      withSection(
        existsSync(file) ? readFileSync(file, 'utf8') : '',
        SECTIONS[Number(native)],
        text,
      ),
    );
    console.error(`written: ${file}`);
  }
  console.log(json ? JSON.stringify(result) : text);
});

// The packages are imported once they are installed.
/**
 * @param {{ rounds: number, quick: boolean, only: string[] }} options
 * @returns {Promise<[object, string]>} the figures, and the report of them
 */
async function browser(options) {
  packages();
  const { measure } = await import('../benches/browser/run.mjs');
  const { report } = await import('../benches/browser/report.mjs');
  const figures = await measure(options);
  return [figures, report(figures)];
}

/**
 * @param {{ rounds: number, quick: boolean }} options
 * @returns {Promise<[object, string]>} the figures, and the report of them
 */
async function command(options) {
  const { measureNative } = await import('../benches/native/run.mjs');
  const { reportNative } = await import('../benches/native/report.mjs');
  const figures = await measureNative(options);
  return [figures, reportNative(figures)];
}

/**
 * @param {Parameters<typeof import('../benches/commit/run.mjs').compare>[0]} options
 * @returns {Promise<[object, string]>} the figures, and the same for people
 */
async function commit(options) {
  packages();
  const { compare } = await import('../benches/commit/run.mjs');
  const { reportCommit } = await import('../benches/commit/report.mjs');
  const figures = await compare(options);
  return [figures, reportCommit(figures)];
}

/**
 * The results file with one of its sections replaced.
 *
 * @param {string} file  The text of the file as it is.
 * @param {string} title
 * @param {string} text
 */
function withSection(file, title, text) {
  const parts = new Map(
    file
      .split(/^## /m)
      .slice(1)
      .map(
        (part) =>
          /** @type {const} */ ([part.split('\n', 1)[0], part.slice(part.indexOf('\n')).trim()]),
      ),
  );
  parts.set(title, text);
  const sections = SECTIONS.filter((name) => parts.has(name)).map(
    (name) => `## ${name}\n\n${parts.get(name)}\n`,
  );
  return `# Results\n\nWritten by \`npm run bench -- --write\`; benches/README.md says what is measured.\n\n${sections.join('\n')}`;
}
