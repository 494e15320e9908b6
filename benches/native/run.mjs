// The command line against llama-cpp-python, with the same weights, texts and format, and against an encoder in ONNX
// Runtime on the same texts; in paired rounds.
// benches/README.md says what is measured and how.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Problem, root } from '../../scripts/common.mjs';
import { DESCRIPTION, makeEncoder } from '../browser/encoder.mjs';
import { cache, abstracts as texts } from '../browser/prepare.mjs';
import { gbnf, prompt } from '../browser/page/lines.js';
import { abstracts } from '../shared/abstracts.mjs';
import { agreement } from '../shared/agreement.mjs';
import { cores, describe, watch } from '../shared/machine.mjs';
import { modelFiles } from '../shared/model.mjs';
import { named } from '../shared/peers.mjs';
import { digits, median, rotated, sum } from '../shared/stats.mjs';
import { commandLine, peersPython } from './prepare.mjs';

const TYPES = ['Chemical', 'Disease'];
const here = join(root, 'benches', 'native');
const say = (text) => process.stderr.write(`${text}\n`);

/**
 * @param {{ rounds: number, quick: boolean }} options
 */
export async function measureNative({ rounds, quick }) {
  mkdirSync(cache, { recursive: true });
  const program = commandLine();
  const python = peersPython();
  const { path: model, wide, manifest } = await modelFiles(join(root, 'models/default'), cache);
  const each = quick ? 1 : 10;
  if (quick) rounds = 1;
  const documents = [];
  for (const text of abstracts()) {
    documents.push({ id: String(documents.length), text });
    // One more, for the warm-up.
    if (documents.length > rounds * each) break;
  }
  const words = texts().map(({ text }) => text);
  const encoder = join(cache, makeEncoder(cache, words));
  const others = [
    { name: 'llama', script: 'llama.py', from: wide, ask: askLlama },
    { name: 'encoder', script: 'encoder.py', from: encoder, ask: askEncoder },
  ];
  const folder = mkdtempSync(join(tmpdir(), 'bioner-native-'));
  const started = [];
  try {
    const reference = refer(program, model, folder, documents);
    const threads = cores > 1 ? [1, cores] : [1];
    const peers = [];
    for (const count of threads) {
      peers.push({
        name: named('ours', count),
        threads: count,
        extract: ours(program, model, folder, count),
      });
      for (const { name, script, from, ask } of others) {
        const theirs = await peer(python, [join(here, script), from, String(count)], ask);
        started.push(theirs);
        peers.push({ name: named(name, count), threads: count, ...theirs });
      }
    }
    const checks = await check(peers, reference.at(-1));
    const raw = [];
    for (let round = 0; round < rounds; round++) {
      const taken = watch();
      const used = reference.slice(round * each, (round + 1) * each);
      const runs = [];
      for (const peer of rotated(peers, round)) {
        const { answers, ...figures } = await peer.extract(used);
        runs.push({ peer: peer.name, documents: used.map(({ id }) => id), ...figures });
      }
      raw.push({ round, others_share: taken(), runs });
      say(`round ${round + 1} of ${rounds}`);
    }
    return {
      machine: describe({
        'llama-cpp-python': started[0].version,
        onnxruntime: started[1].version,
      }),
      model: { name: manifest.name, bytes: manifest.size },
      settings: {
        types: TYPES,
        format: 'lines-grouped',
        encoder: DESCRIPTION,
        rounds,
        each,
        quick,
      },
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

const askLlama = (documents) => ({
  prompts: documents.flatMap((document) => document.prompts),
  grammar: gbnf(TYPES),
});

const askEncoder = (documents) => ({ texts: documents.map(({ text }) => text) });

/** A peer in Python, in a process that waits for its next turn. `ask` makes what it is sent. */
async function peer(python, args, ask) {
  const process = spawn(python, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: process.stdout });
  const next = async () => {
    const ended = once(process, 'exit').then(() => [undefined]);
    const [line] = await Promise.race([once(lines, 'line'), ended]);
    if (line === undefined) throw new Problem(`${args[0]} stopped`);
    return JSON.parse(line);
  };
  const { load_seconds: load, version } = await next();
  return {
    version,
    load,
    stop: () => process.kill(),
    extract: async (documents) => {
      process.stdin.write(`${JSON.stringify(ask(documents))}\n`);
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

/** Times faster than a peer with as many threads; the median of the rounds. */
function ratios(rounds, threads) {
  const seconds = (runs, name) => runs.find(({ peer }) => peer === name).seconds;
  const ratio = (peer, count) => {
    const each = rounds.map(
      ({ runs }) => seconds(runs, named(peer, count)) / seconds(runs, named('ours', count)),
    );
    return [named(`abstract_vs_${peer}`, count), digits(median(each))];
  };
  return Object.fromEntries(
    ['llama', 'encoder'].flatMap((peer) => threads.map((count) => ratio(peer, count))),
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
