// The results as a page.
import { digits, median, sum } from '../shared/stats.mjs';
import { table } from '../shared/table.mjs';

const MB = 2 ** 20;

/** The value below which such a share of the sorted values lies. */
const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/** The results of `run.mjs`, in Markdown. */
export function report({ machine, clients, minutes, workers, disturbed, rounds }) {
  const latencies = rounds.flatMap(({ load }) => load.latencies).sort((a, b) => a - b);
  const errors = sum(rounds.map(({ load }) => load.errors.length));
  const ratios = rounds.map(({ load, alone }) => load.rate / alone);
  const memory = rounds.flatMap(({ load }) => load.memory).filter(Number.isFinite);
  const tenth = Math.max(1, Math.floor(memory.length / 10));
  const megabytes = (values) => digits((median(values) ?? Number.NaN) / MB);
  const lines = rounds.map(({ load, alone, others }, index) => [
    index + 1,
    digits(load.rate),
    digits(alone),
    digits(load.rate / alone),
    others === undefined ? undefined : `${Math.round(others * 100)}%`,
  ]);
  const shares = [
    ['median', 0.5],
    ['90%', 0.9],
    ['99%', 0.99],
    ['99.9%', 0.999],
  ];
  const percentiles = shares.map(([, share]) => digits(percentile(latencies, share)));
  return `# bioner serve under load

Written by \`node benches/serve/run.mjs --write\`. ${machine.cpu}, ${machine.cores} cores, ${machine.memory_gb} GB, \
${machine.system}, Node ${machine.node}; commit ${machine.commit}, ${machine.date.slice(0, 10)}.
${disturbed ? `\n**The machine was not idle: ${disturbed}. The figures are noise.**\n` : ''}
${clients} clients on the same machine, each with one abstract after the other (189 words in the mean, Chemical and Disease, no \
sentence twice), ${digits(minutes)} minutes of load; ${workers ? `--workers ${workers}` : 'as many workers as threads'}. ${latencies.length} requests, \
${errors} failed.

## Latency

${table(['', ...shares.map(([name]) => name), 'longest'], [['seconds', ...percentiles, digits(latencies.at(-1))]])}

With so many clients at the same time a request waits for the others: at full load the mean latency is the number of
clients divided by the throughput.

## Throughput, in turn with the command line

Abstracts a second. The command line is \`bioner extract\` on lines of abstracts, without loading.

${table(['round', 'server', 'command line', 'ratio', 'other processes'], lines)}

Median of the ratios: **${digits(median(ratios))}**.

## Memory of the server

${table(
  ['', 'first tenth', 'last tenth', 'most'],
  [
    [
      'MB',
      megabytes(memory.slice(0, tenth)),
      megabytes(memory.slice(-tenth)),
      digits(memory.reduce((most, one) => Math.max(most, one), 0) / MB),
    ],
  ],
)}
`;
}
