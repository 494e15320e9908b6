// The command line against llama-cpp-python: the same weights, texts and format, in paired rounds.
// benches/README.md says what is measured and how.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Problem, root } from '../../scripts/common.mjs';
import { abstracts, cache } from '../browser/prepare.mjs';
import { gbnf, prompt } from '../browser/page/lines.js';
import { agreement } from '../shared/agreement.mjs';
import { cores, describe, watch } from '../shared/machine.mjs';
import { modelFiles } from '../shared/model.mjs';
import { named } from '../shared/peers.mjs';
import { digits, median, rotated, sum } from '../shared/stats.mjs';
import { commandLine, llamaPython } from './prepare.mjs';

const TYPES = ['Chemical', 'Disease'];
const script = join(root, 'benches', 'native', 'llama.py');
const say = (text) => process.stderr.write(`${text}\n`);

/**
 * @param {{ rounds: number, quick: boolean }} options
 */
export async function measureNative({ rounds, quick }) {
  mkdirSync(cache, { recursive: true });
  const program = commandLine();
  const python = llamaPython();
  const { path: model, wide, manifest } = await modelFiles(join(root, 'models/default'), cache);
  const documents = abstracts();
  const each = quick ? 1 : 5;
  if (quick) rounds = 1;
  const most = Math.floor((documents.length - 1) / each);
  if (rounds > most)
    throw new Problem(`--rounds: ${most} at most, each with ${each} abstracts of its own`);
  const folder = mkdtempSync(join(tmpdir(), 'bioner-native-'));
  const started = [];
  try {
    const reference = refer(program, model, folder, documents.slice(0, rounds * each + 1));
    const threads = cores > 1 ? [1, cores] : [1];
    const peers = [];
    for (const count of threads) {
      peers.push({
        name: named('ours', count),
        threads: count,
        extract: ours(program, model, folder, count),
      });
      const theirs = await llama(python, wide, count);
      started.push(theirs);
      peers.push({ name: named('llama', count), threads: count, ...theirs });
    }
    const checks = await check(peers, reference.at(-1));
    const raw = [];
    for (let round = 0; round < rounds; round++) {
      const others = watch();
      const used = reference.slice(round * each, (round + 1) * each);
      const runs = [];
      for (const peer of rotated(peers, round)) {
        const { answers, ...figures } = await peer.extract(used);
        runs.push({ peer: peer.name, documents: used.map(({ id }) => id), ...figures });
      }
      raw.push({ round, others_share: others(), runs });
      say(`round ${round + 1} of ${rounds}`);
    }
    return {
      machine: describe({ 'llama-cpp-python': started[0].version }),
      model: { name: manifest.name, bytes: manifest.size },
      settings: { types: TYPES, format: 'lines-grouped', rounds, each, quick },
      ratios: ratios(raw, threads),
      peers: Object.fromEntries(peers.map((peer) => [peer.name, summary(peer, raw, each)])),
      checks,
      rounds: raw,
    };
  } finally {
    for (const peer of started) peer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Our answers: they say where the sentences are, and what the others' answers are compared with. */
function refer(program, model, folder, documents) {
  const file = join(folder, 'texts.jsonl');
  writeFileSync(file, documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  const lines = execFileSync(
    program,
    ['extract', '--raw', '--model', model, '--types', TYPES.join(','), file],
    { encoding: 'utf8' },
  );
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line, i) => {
      const text = [...documents[i].text]; // offsets are in code points
      const sentences = JSON.parse(line).raw;
      return {
        ...documents[i],
        prompts: sentences.map(({ start, end }) => prompt(TYPES, text.slice(start, end).join(''))),
        written: sentences.map(({ text: answer }) => answer),
      };
    });
}

/** Our command line on documents: the seconds are its own, without loading. */
function ours(program, model, folder, threads) {
  return (documents) => {
    const file = join(folder, 'corpus.jsonl');
    const line = ({ id, text }) => `${JSON.stringify({ id, text, types: TYPES, entities: [] })}\n`;
    writeFileSync(file, documents.map(line).join(''));
    const began = performance.now();
    const report = JSON.parse(
      execFileSync(program, ['eval', '--model', model, '--threads', String(threads), file], {
        encoding: 'utf8',
      }),
    );
    const all = (performance.now() - began) / 1000;
    return {
      seconds: report.seconds,
      tokens: Math.round(report.tokens_per_second * report.seconds),
      load_seconds: all - report.seconds,
    };
  };
}

/** llama-cpp-python, in a process that waits for its next turn. */
async function llama(python, model, threads) {
  const process = spawn(python, [script, model, String(threads)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: process.stdout });
  const next = async () => {
    const ended = once(process, 'exit').then(() => [undefined]);
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    if (line === undefined) throw new Problem('llama-cpp-python stopped');
    return JSON.parse(line);
  };
  const { load_seconds: load, version } = await next();
  return {
    version,
    load,
    stop: () => process.kill(),
    extract: async (documents) => {
      const prompts = documents.flatMap((document) => document.prompts);
      process.stdin.write(`${JSON.stringify({ prompts, grammar: gbnf(TYPES) })}\n`);
      return next();
    },
  };
}

/** Each peer's first document, not measured: it warms up, and shows that the peer does the work. */
async function check(peers, document) {
  const checks = {};
  for (const peer of peers) {
    const { answers } = await peer.extract([document]);
    if (answers)
      checks[peer.name] = { agreement: agreement(peer.name, document.written, answers, TYPES) };
  }
  return checks;
}

/** Times faster than llama-cpp-python with as many threads; the median of the rounds. */
function ratios(rounds, threads) {
  const seconds = (runs, name) => runs.find(({ peer }) => peer === name).seconds;
  return Object.fromEntries(
    threads.map((count) => [
      named('abstract_vs_llama', count),
      digits(
        median(
          rounds.map(
            ({ runs }) =>
              seconds(runs, named('llama', count)) / seconds(runs, named('ours', count)),
          ),
        ),
      ),
    ]),
  );
}

function summary({ name, threads, load }, rounds, each) {
  const runs = rounds.flatMap((round) => round.runs).filter(({ peer }) => peer === name);
  const rate = (tokens, seconds) => digits(sum(runs.map(tokens)) / sum(runs.map(seconds)));
  return {
    threads,
    documents: runs.length * each,
    seconds_an_abstract: digits(median(runs.map(({ seconds }) => seconds / each))),
    tokens_a_second: rate(
      (run) => run.tokens ?? run.prompt_tokens + run.answer_tokens,
      (run) => run.seconds,
    ),
    prompt_tokens_a_second: rate(
      (run) => run.prompt_tokens,
      (run) => run.prompt_seconds,
    ),
    decode_tokens_a_second: rate(
      (run) => run.answer_tokens,
      (run) => run.answer_seconds,
    ),
    load_seconds: digits(load ?? median(runs.map((run) => run.load_seconds))),
  };
}
