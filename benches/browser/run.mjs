// The measurement: prepares, opens every peer in one browser, checks that each does its work, measures
// in paired rounds, and sums up. benches/README.md says what is measured and how.
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem, root } from '../../scripts/common.mjs';
import { DESCRIPTION, makeEncoder } from './encoder.mjs';
import { agreement } from '../shared/agreement.mjs';
import { cores, describe, watch } from '../shared/machine.mjs';
import { modelFiles } from '../shared/model.mjs';
import { median, rotated, sum } from '../shared/stats.mjs';
import { launch } from './launch.mjs';
import { prompt, question } from './page/lines.js';
import { Tab, peers as allPeers } from './peers.mjs';
import { abstracts, cache, candle, here, shards, versions } from './prepare.mjs';
import { serve } from './server.mjs';
import { growth, ratios, summary } from './summary.mjs';
import { tokenizer } from './tokenizer.mjs';

const TYPES = ['Chemical', 'Disease'];
/** A document that takes less than this share of its first time when it comes again is remembered. */
const REMEMBERED_SHARE = 0.5;

/** Of a prompt, a peer may have the instruction ready, and no sentence: this for each token that it reads. */
const MOST_REUSED = 0.4;

/** So many that the slow peers have other abstracts in each, and another to warm up with. */
const MOST_ROUNDS = 14;

const say = (text) => process.stderr.write(`${text}\n`);

/**
 * @param {{ rounds: number, quick: boolean, only: string[] }} options
 */
export async function measure({ rounds, quick, only }) {
  if (!quick && rounds > MOST_ROUNDS)
    throw new Problem(`--rounds: ${MOST_ROUNDS} at most, each with abstracts of its own`);
  if (quick) rounds = 1;
  const plan = quick
    ? { quick, rounds, fast: 2, slow: 1, growth: [1, 10], repeats: 1 }
    : { quick, rounds, fast: 30, slow: 2, growth: [1, 10, 50, 100, 200], repeats: 3 };
  mkdirSync(cache, { recursive: true });
  const documents = abstracts();
  const wanted = (kind) => ['self', 'engine'].includes(kind) || !only.length || only.includes(kind);
  say('preparing');
  const { path, wide, manifest } = await modelFiles(join(root, 'models/default'), cache);
  const encode = tokenizer(path);
  const encoder = wanted('encoder')
    ? makeEncoder(
        cache,
        documents.map(({ text }) => text),
      )
    : undefined;
  const folders = {
    '/page/': join(here, 'page'),
    '/node_modules/': join(here, 'node_modules'),
    '/cache/': cache,
    ...(wanted('candle') && { '/candle/': candle() }),
  };
  const server = await serve(folders);
  const { context, profile, version, close } = await launch();
  const tabs = [];
  try {
    const blank = await emptyPage(context, server, profile);
    const session = { context, server, profile, tabs, documents, encode, plan };
    const chosen = allPeers(cores, {
      model: `/cache/${basename(wide)}`,
      encoder,
      shards: shards(manifest),
    }).filter(({ kind }) => wanted(kind));
    await load(session, chosen);
    const reference = await refer(session);
    const checks = await check(session, reference);
    const raw = await measureRounds(session, reference);
    const grown = await grow(session, reference);
    const repeated = await again(session);
    for (const tab of tabs) tab.memory = await tab.memory();
    return {
      machine: describe({ browser: version, ...versions() }),
      model: { name: manifest.name, bytes: manifest.size, encoder: encoder && DESCRIPTION },
      settings: {
        types: TYPES,
        format: 'lines-grouped',
        ...plan,
        peers: Object.fromEntries(tabs.map(({ peer }) => [peer.name, peer.about])),
      },
      ratios: ratios(raw, cores),
      peers: summary(tabs, raw),
      growth: growth(grown),
      checks: { ...checks, again_share: repeated, empty_page_mb: blank },
      rounds: raw,
    };
  } finally {
    for (const tab of tabs) await tab.close().catch(() => {});
    await close();
    server.close();
  }
}

/** What the process of a page with nothing in it takes, in megabytes: to take off the others'. */
async function emptyPage(context, server, profile) {
  const tab = new Tab(context, server, profile, { page: 'nothing', options: {} });
  await tab.open({ cold: false });
  const { process_peak_mb: megabytes } = await tab.memory();
  await tab.close();
  return megabytes;
}

/** Opens every page: with nothing kept, and once more, which stays. */
async function load({ context, server, profile, tabs }, chosen) {
  for (const peer of chosen) {
    const tab = new Tab(context, server, profile, peer);
    // Another number of threads downloads the same: once is enough.
    const first = peer.threads === 1;
    const cold = first ? await tab.open({ cold: true }) : undefined;
    if (cold) await tab.close();
    const cached = await tab.open({ cold: false });
    // With the second number of threads for ours only if the library has them.
    if (peer.threads > 1 && cached.threads !== peer.threads) {
      say(`${peer.name}: has ${cached.threads} thread, left out`);
      await tab.close();
      continue;
    }
    tab.loaded = { cold, cached };
    tab.rest();
    tabs.push(tab);
    say(
      `${peer.name}: loaded in ${(cold ?? cached).seconds.toFixed(1)} s, cached ${cached.seconds.toFixed(1)} s, ${cached.threads} thread(s)`,
    );
  }
}

const ours = ({ tabs }) => tabs.find(({ peer }) => peer.name === 'self');

/**
 * Our own answers to every document: they say where the sentences are, which all decoders then get
 * alike, and what their answers are compared with. It warms our page up as well.
 */
async function refer(session) {
  const { documents, encode, plan } = session;
  const count = plan.quick ? plan.fast + 1 : documents.length;
  const reference = [];
  for (const { id, text } of documents.slice(0, count)) {
    const { answers, entities } = await ours(session).extract({ text, types: TYPES });
    const sentences = answers.map(({ start, end, text: answer }) => {
      const sentence = text.slice(start, end);
      const written = answer
        .split('\n')
        .map((line) => ` ${line.trim()}`)
        .join('\n');
      const [all, own] = [prompt(TYPES, sentence), question(sentence)].map(
        (text) => encode(text).length,
      );
      // One more for the token that ends it.
      return {
        text: sentence,
        prompt: all,
        question: own,
        answer: encode(written).length + 1,
        written: answer,
      };
    });
    reference.push({ id, text, types: TYPES, sentences, entities: entities.length });
  }
  say(
    `ours: ${sum(reference.map(({ entities }) => entities))} entities in ${reference.length} abstracts`,
  );
  return reference;
}

/**
 * Each peer's first document, not measured: it warms up, and shows that the peer does the work. It is
 * none of those that slow peers are measured on: wllama keeps what it has computed of a prompt, and
 * would have nothing left to do.
 */
async function check({ tabs, plan }, reference) {
  const checks = {};
  for (const tab of tabs.filter(({ peer }) => peer.kind !== 'self')) {
    const { peer } = tab;
    const { name } = peer;
    const last = reference.at(-1);
    const used = plan.quick && peer.slow ? cut(last, 4) : last;
    const found = await tab.extract(used);
    if (found.answers) {
      checks[name] = {
        agreement: agreement(
          name,
          used.sentences.map(({ written }) => written),
          found.answers,
          TYPES,
        ),
      };
    }
    if (peer.kind === 'candle' || peer.kind === 'wllama') {
      const needed = sum(used.sentences.map(({ prompt }) => prompt));
      const got = found.promptTokens + (found.reused ?? 0);
      checks[name].prompt_tokens = { expected: needed, got };
      if (Math.abs(got - needed) > 0.02 * needed)
        throw new Problem(`${name} read ${got} tokens where the prompts have ${needed}`);
    }
    if (peer.kind === 'encoder') {
      const tokensAWord = found.promptTokens / used.text.split(/\s+/).length;
      checks[name] = {
        labels: found.labels,
        tokens: found.promptTokens,
        tokens_a_word: tokensAWord,
      };
      // All but the first and the last token of the encoder's own get a label.
      if (found.labels !== found.promptTokens - 2)
        throw new Problem(`${name}: ${found.labels} labels for ${found.promptTokens} tokens`);
    }
    say(`${name}: ${JSON.stringify(checks[name] ?? 'ran')}`);
  }
  return checks;
}

const cut = (document, count) => ({ ...document, sentences: document.sentences.slice(0, count) });

/**
 * Rounds. In each, every peer works on `slow` abstracts, other ones each round, one peer right after
 * the other; then those that are fast on the others too. Who begins changes with every abstract.
 */
async function measureRounds({ tabs, plan }, reference) {
  const rounds = [];
  let turn = 0;
  for (let round = 0; round < plan.rounds; round++) {
    const others = watch();
    const measured = rotated(reference.slice(0, plan.fast), round * plan.slow);
    const runs = [];
    for (const [index, document] of measured.entries()) {
      const all = index < plan.slow;
      const turns = rotated(
        tabs.filter(({ peer }) => all || !(peer.slow || peer.kind === 'engine')),
        turn++,
      );
      for (const tab of turns) {
        const { answers, entities, ...figures } = await tab.extract(document);
        if (figures.reused > MOST_REUSED * figures.promptTokens) {
          throw new Problem(
            `${tab.peer.name} had ${figures.reused} tokens of the prompts ready and read ${figures.promptTokens}`,
          );
        }
        runs.push({ peer: tab.peer.name, document: document.id, paired: all, ...figures });
      }
    }
    const share = others();
    rounds.push({ round, others_share: share, runs });
    const seconds = median(
      runs.filter(({ peer }) => peer === 'self').map(({ seconds }) => seconds),
    );
    say(
      `round ${round + 1} of ${plan.rounds}: ours ${seconds.toFixed(2)} s an abstract` +
        (share && share > 0.05 ? `; others took ${Math.round(share * 100)}% of the machine` : ''),
    );
  }
  return rounds;
}

/** Ours, and the encoder in pieces of eleven sentences, on documents of more and more sentences. */
async function grow({ tabs, plan }, reference) {
  const sentences = reference.flatMap(({ sentences }) => sentences.map(({ text }) => text));
  const found = [];
  for (let repeat = 0; repeat < plan.repeats; repeat++) {
    for (const count of plan.growth) {
      const used = sentences.slice(0, count);
      const chunks = Array.from({ length: Math.ceil(count / 11) }, (_, i) =>
        used.slice(i * 11, i * 11 + 11).join(' '),
      );
      for (const tab of tabs.filter(({ peer }) => ['self', 'encoder'].includes(peer.kind))) {
        const document = {
          text: used.join(' '),
          types: TYPES,
          ...(tab.peer.kind === 'encoder' && { chunks }),
        };
        const { seconds, first } = await tab.extract(document);
        found.push({ peer: tab.peer.name, sentences: count, seconds, first });
      }
    }
  }
  return found;
}

/** The same document twice: were answers kept from one call to the next, the rounds would say nothing. */
async function again(session) {
  const text = session.documents.at(-1).text.replaceAll('Ketamine', 'Esketamine');
  const times = [];
  for (let i = 0; i < 2; i++)
    times.push((await ours(session).extract({ text, types: TYPES })).seconds);
  const share = times[1] / times[0];
  if (share < REMEMBERED_SHARE)
    throw new Problem('ours remembers answers between calls: repeated documents measure nothing');
  return share;
}
