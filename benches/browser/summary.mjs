// From raw rounds to figures.
import { named } from '../shared/peers.mjs';
import { digits, median, sum } from '../shared/stats.mjs';

/**
 * Times faster than a peer: its seconds over ours, summed over the documents that both worked on in a
 * round; of prompts the seconds for a token read, because not all read the instruction for each
 * sentence. The median of the rounds.
 *
 * @param {{ runs: any[] }[]} rounds
 */
export function ratios(rounds, cores) {
  const over = (ours, peer, time) =>
    digits(
      median(
        rounds.map(({ runs }) => {
          const theirs = new Map(
            runs.filter((run) => run.peer === peer).map((run) => [run.document, run]),
          );
          const both = runs.filter((run) => run.peer === ours && theirs.has(run.document));
          return time(both.map((run) => theirs.get(run.document))) / time(both);
        }),
      ),
    );
  const whole = (runs) => sum(runs.map((run) => run.seconds));
  const promptToken = (runs) =>
    sum(runs.map((run) => run.promptSeconds)) / sum(runs.map((run) => run.promptTokens));
  /** @type {Record<string, number | undefined>} */
  const found = {
    prompt_vs_candle: over('engine', 'candle', promptToken),
    prompt_vs_wllama: over('engine', 'wllama', promptToken),
    abstract_vs_wllama: over('self', 'wllama', whole),
    abstract_vs_encoder: over('self', 'encoder', whole),
    abstract_vs_candle: over('self', 'candle', whole),
  };
  if (cores > 1) {
    const several = named('self', cores);
    const measured = rounds.some(({ runs }) => runs.some(({ peer }) => peer === several));
    // Where ours has one thread only, that is what stands against the peer's several.
    const ours = measured ? several : 'self';
    found[named('abstract_vs_wllama', cores)] = over(ours, named('wllama', cores), whole);
    found[named('abstract_vs_encoder', cores)] = over(ours, named('encoder', cores), whole);
    found.threads_of_ours_in_those = measured ? cores : 1;
  }
  return found;
}

/** What is known of each peer. */
export function summary(tabs, rounds) {
  const runs = rounds.flatMap((round) => round.runs);
  return Object.fromEntries(
    tabs.map(({ peer, loaded, memory }) => {
      const own = runs.filter((run) => run.peer === peer.name);
      const rate = (tokens, seconds) => {
        const total = sum(own.map(seconds));
        return total ? digits(sum(own.map(tokens)) / total) : undefined;
      };
      const batched = own.filter((run) => run.batch);
      return [
        peer.name,
        {
          threads: loaded.cached.threads,
          info: loaded.cached.info,
          documents: own.length,
          seconds_an_abstract: digits(median(own.map((run) => run.seconds))),
          first_entity_seconds: digits(median(own.map((run) => run.first))),
          first_entity_share: digits(
            median(own.filter((run) => run.first).map((run) => run.first / run.seconds)),
          ),
          prompt_tokens_a_second: rate(
            (run) => run.promptTokens,
            (run) => run.promptSeconds,
          ),
          decode_tokens_a_second: rate(
            (run) => run.answerTokens ?? 0,
            (run) => run.answerSeconds ?? 0,
          ),
          ...(batched.length && {
            batched_tokens_a_second: digits(
              sum(batched.map((run) => run.batch.tokens)) /
                sum(batched.map((run) => run.batch.seconds)),
            ),
            batched_tokens_a_pass: digits(
              sum(batched.map((run) => run.batch.tokens)) /
                sum(batched.map((run) => run.batch.passes)),
            ),
          }),
          load_cold_seconds: digits(loaded.cold?.seconds),
          load_cached_seconds: digits(loaded.cached.seconds),
          downloaded_cold_bytes: loaded.cold?.bytes,
          downloaded_cached_bytes: loaded.cached.bytes,
          memory: { ...memory, wasm_mb: megabytes(Math.max(...own.map((run) => run.memory ?? 0))) },
        },
      ];
    }),
  );
}

const megabytes = (bytes) => (bytes > 0 ? Math.round(bytes / 1e6) : undefined);

/** Seconds by number of sentences, the median of the repeats, and what one sentence costs. */
export function growth(found) {
  const groups = new Map();
  for (const run of found) groups.set(key(run), [...(groups.get(key(run)) ?? []), run]);
  return [...groups.values()].map((group) => {
    const { peer, sentences } = group[0];
    const seconds = median(group.map((run) => run.seconds));
    return {
      peer,
      sentences,
      seconds: digits(seconds),
      milliseconds_a_sentence: digits((1000 * seconds) / sentences),
      first_entity_seconds: digits(median(group.map((run) => run.first))),
    };
  });
}

const key = ({ peer, sentences }) => `${peer} ${sentences}`;
