// The result, for people.
import { taken } from '../shared/peers.mjs';
import { table } from '../shared/table.mjs';

export function reportCommit({ machine, settings, ratios, rounds }) {
  const { against, types, where, each, quick } = settings;
  return [
    `${machine.date.slice(0, 16).replace('T', ' ')} UTC; ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, ` +
      `${machine.system}; ${machine.browser ?? machine.rustc}.`,
    `The ${where} of this checkout beside that of commit ${against.slice(0, 12)}, each with its own weights; types ${types.join(', ')}; ` +
      `${settings.rounds} round(s) of ${each} abstracts, alternating; ${taken(rounds)}.` +
      (quick ? ' A smoke run: the figures mean little.' : ''),
    table(
      ['', 'times faster', 'least', 'most', 's now', 's before', 'entities now', 'entities before'],
      Object.entries(ratios).map(([name, r]) => [
        name,
        r.times,
        r.least,
        r.most,
        r.seconds_now,
        r.seconds_before,
        r.entities_now,
        r.entities_before,
      ]),
    ),
  ].join('\n\n');
}
