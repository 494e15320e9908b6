// The soak: many different documents, one after the other, in one tab, in one run of the command line and through the
// Python package. benches/soak/README.md says what is measured and how.
//
//   npm run soak                        1,000 documents in the page, 10,000 through the command line
//   npm run soak -- --only library      page, library, command, python; several with commas
//   npm run soak -- --documents 60      another number of documents for each
//   npm run soak -- --write             also writes benches/soak/RESULTS.md and results.json, where other ways stay
//   npm run soak -- --force             although the machine is not idle; nothing is said of speed then
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem, main, root } from '../../scripts/common.mjs';
import { commandLine } from '../native/prepare.mjs';
import { describe, disturbance, watch } from '../shared/machine.mjs';
import { throughProgram } from './command.mjs';
import { documents as invent } from './documents.mjs';
import { growth, hundreds, LIMITS, megabytes } from './flat.mjs';
import { report } from './report.mjs';
import { inTab, LIBRARY, PAGE } from './tab.mjs';

const SEED = 27;
const TYPES = ['Chemical', 'Disease'];
const here = join(root, 'benches', 'soak');

/** @typedef {{ id: string, text: string }[]} Documents */

/**
 * The ways to go: how many documents go each, of how many sentences at most, and whether offsets count code points there.
 */
const WAYS = {
  page: {
    count: 1000,
    sentences: 3,
    points: false,
    run: (/** @type {Documents} */ all) => inTab(PAGE, all, TYPES),
  },
  library: {
    count: 1000,
    sentences: 3,
    points: false,
    run: (/** @type {Documents} */ all) => inTab(LIBRARY, all, TYPES),
  },
  command: {
    count: 10_000,
    sentences: 2,
    points: true,
    run: (/** @type {Documents} */ all) =>
      throughProgram([commandLine(), 'extract', '--types', TYPES.join()], all),
  },
  python: {
    count: 2000,
    sentences: 2,
    points: true,
    run: async (/** @type {Documents} */ all) => {
      const { testEnvironment } = await import('../../scripts/python.mjs');
      return throughProgram([testEnvironment('release'), join(here, 'extract.py'), ...TYPES], all);
    },
  },
};

/**
 * What went in and did not come out, or came out wrong, in words.
 *
 * @param {Documents} given
 * @param {{ id: string, entities: { start: number, end: number, text: string }[] }[]} answers
 * @param {boolean} points  Whether offsets count code points.
 */
function losses(given, answers, points) {
  if (given.length !== answers.length) return `${given.length} in, ${answers.length} out`;
  for (const [i, { id, text }] of given.entries()) {
    const answer = answers[i];
    if (answer.id !== id) return `answer ${i + 1} is ${answer.id}, not ${id}`;
    const units = points ? [...text] : text.split('');
    const wrong = answer.entities.find(
      (entity) => units.slice(entity.start, entity.end).join('') !== entity.text,
    );
    if (wrong) return `${id}: "${wrong.text}" is not at ${wrong.start}`;
  }
  if (!answers.some(({ entities }) => entities.length)) return 'nothing was found in any document';
  return undefined;
}

/**
 * One way, from end to end.
 *
 * @param {keyof typeof WAYS} name
 * @param {number | undefined} asked
 */
async function soak(name, asked) {
  const { count, sentences, points, run } = WAYS[name];
  const given = invent(asked ?? count, SEED, sentences);
  const others = watch();
  const { samples, answers, collected, ...more } = await run(given);
  const rows = hundreds(samples, given);
  const found = answers.reduce((all, { entities }) => all + entities.length, 0);
  return {
    way: name,
    documents: given.length,
    entities: found,
    ...more,
    others_share: others(),
    lost: losses(given, answers, points),
    growth: growth(rows),
    collected_mb: megabytes(collected),
    hundreds: rows,
  };
}

/** What speaks against a result. @param {Awaited<ReturnType<typeof soak>>} result @param {boolean} timed */
function complaints({ way, lost, growth }, timed) {
  const said = [];
  if (lost) said.push(`${way}: ${lost}`);
  if (growth.memory === undefined) said.push(`${way}: memory could not be read`);
  else if (growth.memory > LIMITS.memory)
    said.push(`${way}: memory grew by ${(growth.memory * 100).toFixed(1)}%`);
  if (timed && (growth.time ?? 0) > LIMITS.time)
    said.push(`${way}: it became ${(100 * (growth.time ?? 0)).toFixed(1)}% slower`);
  return said;
}

/** The results in a file; none if it is not there. @param {string} file @returns {any[]} */
const readResults = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).results : [];

await main(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: 'page,command' },
      documents: { type: 'string' },
      write: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
    },
  });
  const names = values.only.split(',');
  const unknown = names.filter((name) => !(name in WAYS));
  if (unknown.length) throw new Problem(`--only: no ${unknown}; there are ${Object.keys(WAYS)}`);
  const count = values.documents === undefined ? undefined : Number(values.documents);
  if (count !== undefined && !(Number.isInteger(count) && count >= 10))
    throw new Problem('--documents: a number from 10');
  const reason = await disturbance();
  if (reason && !values.force)
    throw new Problem(`${reason}: nothing is measured (--force measures all the same)`);
  const results = [];
  for (const name of /** @type {(keyof typeof WAYS)[]} */ (names)) {
    console.log(name);
    results.push(await soak(name, count));
  }
  const timed = !reason;
  const folder = values.write ? here : join(root, 'target', 'soak');
  mkdirSync(folder, { recursive: true });
  const before = values.write ? readResults(join(folder, 'results.json')) : [];
  const machine = { ...describe({}), idle: timed };
  const measured = results.map((result) => ({ ...result, machine }));
  const kept = before.filter(({ way }) => !names.includes(way));
  const order = Object.keys(WAYS);
  const all = {
    seed: SEED,
    types: TYPES,
    results: [...measured, ...kept].sort((a, b) => order.indexOf(a.way) - order.indexOf(b.way)),
  };
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(all, null, 2)}\n`);
  const text = report(all);
  writeFileSync(join(folder, 'RESULTS.md'), text);
  console.log(text);
  const said = results.flatMap((result) => complaints(result, timed));
  if (said.length) throw new Problem(said.join('; '));
});
