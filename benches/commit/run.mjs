// This checkout beside an earlier commit: the same abstracts, alternating, each with the weights it
// was committed with. benches/README.md says what is measured and how.
import { Problem, root } from '../../scripts/common.mjs';
import { abstracts } from '../browser/prepare.mjs';
import { cores, describe, watch } from '../shared/machine.mjs';
import { named } from '../shared/peers.mjs';
import { digits, median, rotated, sum } from '../shared/stats.mjs';
import { checkout } from './checkout.mjs';

/** Abstracts in a round. */
const EACH = 10;

const say = (text) => process.stderr.write(`${text}\n`);

/**
 * @param {{ against: string, types: string[], rounds: number, quick: boolean, native: boolean }} options
 */
export async function compare({ against, types, rounds, quick, native }) {
  const { hash, folder } = checkout(against);
  const each = quick ? 2 : EACH;
  const all = abstracts();
  // The first is for warming up, and measured by neither.
  const most = Math.floor((all.length - 1) / each);
  if (rounds > most)
    throw new Problem(`--rounds: ${most} at most, each with ${each} abstracts of its own`);
  const { open } = await import(native ? './native.mjs' : './browser.mjs');
  say('preparing');
  const builds = await open({ now: root, before: folder }, types);
  try {
    const found = [];
    for (const threads of cores > 1 ? [1, cores] : [1]) {
      const sides = await builds.load(threads);
      if (!sides) {
        say(`one of the two has no ${threads} threads: left out`);
        continue;
      }
      for (const { extract } of sides) await extract([all[0]]);
      for (let round = 0; round < rounds; round++) {
        const others = watch();
        const documents = all.slice(1 + round * each, 1 + (round + 1) * each);
        const runs = {};
        for (const { name, extract } of rotated(sides, round))
          runs[name] = await extract(documents);
        found.push({ threads, round, others_share: others(), ...runs });
        say(
          `${threads} thread(s), round ${round + 1} of ${rounds}: ${(runs.before.seconds / runs.now.seconds).toFixed(3)}`,
        );
      }
      await builds.unload(sides);
    }
    return {
      machine: describe(builds.versions),
      settings: {
        against: hash,
        types,
        rounds,
        each,
        quick,
        where: native ? 'command line' : 'browser',
      },
      ratios: ratios(found),
      rounds: found,
    };
  } finally {
    await builds.close();
  }
}

/** Times faster than the commit with as many threads: its seconds over ours, each round. */
function ratios(rounds) {
  const counts = [...new Set(rounds.map(({ threads }) => threads))];
  return Object.fromEntries(
    counts.map((threads) => {
      const of = rounds.filter((round) => round.threads === threads);
      const times = of.map(({ now, before }) => before.seconds / now.seconds);
      const total = (side, what) => sum(of.map((round) => round[side][what]));
      return [
        named('abstracts', threads),
        {
          times: digits(median(times)),
          least: digits(Math.min(...times)),
          most: digits(Math.max(...times)),
          seconds_now: digits(total('now', 'seconds')),
          seconds_before: digits(total('before', 'seconds')),
          entities_now: total('now', 'entities'),
          entities_before: total('before', 'entities'),
        },
      ];
    }),
  );
}
