// What many samples of a long run say: whether it is flat.
import { digits, sum } from '../shared/stats.mjs';

/** How much more the last hundred may take than the second: memory, and time. */
export const LIMITS = { memory: 0.05, time: 0.1 };

/**
 * What a run took when so many documents were finished.
 *
 * @typedef {object} Sample
 * @property {number} done
 * @property {number} seconds  Since the first document was given.
 * @property {number} resident  Bytes in memory, of the processes that do the work.
 * @property {number} [heap]   Bytes of JavaScript's objects, those that nothing refers to included.
 */

/**
 * The means of each hundred documents. Of fewer than 500, a hundred is a fifth of them.
 *
 * @param {Sample[]} samples  In the order of time.
 * @param {{ text: string }[]} documents
 */
export function hundreds(samples, documents) {
  const size = Math.min(100, Math.max(1, Math.floor(documents.length / 5)));
  const count = Math.floor(documents.length / size);
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i * size, (i + 1) * size];
    const inside = samples.filter(({ done }) => done > from && done <= to);
    const seconds = secondsAt(samples, to) - secondsAt(samples, from);
    const characters = sum(documents.slice(from, to).map(({ text }) => text.length));
    /** @param {(sample: Sample) => number | undefined} field */
    const mean = (field) => {
      const values = inside.map(field).filter((value) => value !== undefined);
      return values.length ? sum(values) / values.length : undefined;
    };
    return {
      documents: to,
      resident_mb: megabytes(mean(({ resident }) => resident)),
      heap_mb: megabytes(mean(({ heap }) => heap)),
      seconds: digits(seconds),
      characters_per_second: digits(characters / seconds),
    };
  });
}

/** When so many documents were finished, between the samples before and after. @param {Sample[]} samples @param {number} done */
function secondsAt(samples, done) {
  const after = samples.findIndex((sample) => sample.done >= done);
  const later = samples[after];
  const earlier = samples[after - 1] ?? { done: 0, seconds: 0 };
  if (later.done === earlier.done) return later.seconds;
  const part = (done - earlier.done) / (later.done - earlier.done);
  return earlier.seconds + part * (later.seconds - earlier.seconds);
}

/** @param {number | undefined} bytes */
export const megabytes = (bytes) => (bytes === undefined ? undefined : digits(bytes / 1e6, 4));

/**
 * The last hundred beside the second: how much more it takes, as a share.
 *
 * @param {ReturnType<typeof hundreds>} rows
 */
export function growth(rows) {
  const [, second] = rows;
  const last = rows[rows.length - 1];
  /** @param {number | undefined} now @param {number | undefined} before */
  const more = (now, before) =>
    now === undefined || before === undefined ? undefined : now / before - 1;
  return {
    memory: more(last.resident_mb, second.resident_mb),
    heap: more(last.heap_mb, second.heap_mb),
    time: more(second.characters_per_second, last.characters_per_second),
  };
}
