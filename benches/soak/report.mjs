// The results as a page.
import { table } from '../shared/table.mjs';
import { LIMITS } from './flat.mjs';

const NAMES = {
  page: 'the page, one tab',
  library: 'the client library, one tab',
  command: 'the command line, one run',
  python: 'the Python package, one process',
};

/** @param {number | undefined} share */
const percent = (share) =>
  share === undefined ? '-' : `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}%`;

/**
 * @param {any} all  What run.mjs measured.
 * @returns {string}
 */
export function report({ seed, types, results }) {
  const rows = results.map((result) => {
    const second = result.hundreds[1];
    const last = result.hundreds[result.hundreds.length - 1];
    return [
      NAMES[result.way],
      result.documents,
      result.entities,
      result.lost ?? 'none',
      second.resident_mb,
      last.resident_mb,
      percent(result.growth.memory),
      result.collected_mb ?? '-',
      second.characters_per_second,
      last.characters_per_second,
      setting(result.machine),
    ];
  });
  const head = [
    '',
    'documents',
    'entities',
    'lost',
    'second hundred (MB)',
    'last hundred (MB)',
    'growth',
    'after a collection (MB)',
    'second hundred (characters/s)',
    'last hundred (characters/s)',
    'measured',
  ];
  const speed = results.every(({ machine }) => machine.idle)
    ? ''
    : '\nWhere the machine was not idle, the figures of memory hold and those of speed do not.\n';
  return `# Soak

Written by \`npm run soak -- --write\`: seed ${seed}, types ${types.join(' and ')}.
${speed}
${table(head, rows)}

Memory is flat if the last hundred documents take at most ${LIMITS.memory * 100}% more than the second hundred. After a
collection is what the tab has in memory when all documents are done and the browser has freed what nothing refers to:
what is above it was waiting to be freed. Speed is flat if the last hundred are read at most ${LIMITS.time * 100}% more slowly. Nothing is
lost if as many answers come out as documents went in, in the same order, and each mention is a slice of its text.
${results.map((result) => series(result)).join('')}`;
}

/** Where and when, in words. @param {any} machine */
const setting = ({ date, cpu, cores, memory_gb, idle }) =>
  `${date.slice(0, 10)}, ${cpu}, ${cores} cores, ${memory_gb} GB${idle ? '' : ', not idle'}`;

/** How a run went, in ten rows at most. @param {any} result */
function series({ way, hundreds }) {
  const step = Math.ceil(hundreds.length / 10);
  const shown = hundreds.filter((_, i) => (i + 1) % step === 0 || i === 1);
  const heap = shown.some(({ heap_mb }) => heap_mb !== undefined);
  const rows = shown.map((row) => [
    row.documents,
    row.resident_mb,
    ...(heap ? [row.heap_mb] : []),
    row.characters_per_second,
  ]);
  const head = ['documents', 'memory (MB)', ...(heap ? ['JS heap (MB)'] : []), 'characters/s'];
  return `\n## ${NAMES[way][0].toUpperCase()}${NAMES[way].slice(1)}\n\n${table(head, rows)}\n`;
}
