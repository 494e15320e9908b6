// What a review says of the model: how many of its entities were right, by type and by score. Pure functions.

import { keyOf } from '../../entities/order.js';
import { overlap } from './items.js';

/**
 * @typedef {import('./items.js').Item} Item
 *
 * @typedef {object} Counts
 * @property {number} accepted     One by one.
 * @property {number} retyped      Another type in its place.
 * @property {number} moved        Other bounds in its place.
 * @property {number} rejected     Nothing in its place.
 * @property {number} together     Accepted by score, many at once. They were not looked at, so they say nothing of
 *   precision.
 * @property {number} undecided
 * @property {number} missed       Marked by the reader where the model had nothing.
 * @property {number} scores       The sum of the scores of those decided one by one.
 *
 * @typedef {'all' | 'type' | 'score'} Group
 * @typedef {Counts & { group: Group, value: string, decided: number, meanScore?: number, precision?: number,
 *   low?: number, high?: number }} Row
 */

/** The lower ends of the bands of scores. */
const BANDS = [0, 0.5, 0.6, 0.7, 0.8, 0.9];

/** @returns {Counts} */
const none = () => ({
  accepted: 0,
  retyped: 0,
  moved: 0,
  rejected: 0,
  together: 0,
  undecided: 0,
  missed: 0,
  scores: 0,
});

/**
 * The rows of the tally: all together, each type, and each band of scores.
 *
 * An entity of the model is right if it was accepted with its bounds and its type; one that was rejected or
 * changed is wrong. Precision is the share that is right of those decided one by one.
 *
 * @param {Item[]} items
 * @returns {Row[]}
 */
export function tally(items) {
  const all = none();
  /** @type {Map<string, Counts>} */
  const types = new Map();
  const bands = BANDS.map(none);
  const ofType = (/** @type {string} */ type) => {
    let counts = types.get(type);
    if (!counts) types.set(type, (counts = none()));
    return counts;
  };
  const removed = removedByDocument(items);
  for (const { document, entity, decision } of items) {
    const counters = [all, ofType(entity.type)];
    if (decision === 'own') {
      const inPlace = removed.get(document.key)?.some((other) => overlap(other, entity));
      if (!inPlace) for (const counts of counters) counts.missed++;
      continue;
    }
    counters.push(bands[BANDS.filter((from) => entity.score >= from).length - 1] ?? bands[0]);
    const what =
      decision === 'changed' ? howChanged(document.results.edits.now.added, entity) : decision;
    for (const counts of counters) {
      counts[what ?? 'undecided']++;
      if (what && what !== 'together') counts.scores += entity.score;
    }
  }
  return [
    row('all', '', all),
    ...Array.from(types)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([type, counts]) => row('type', type, counts)),
    ...bands.map((counts, i) => row('score', bandName(i), counts)).reverse(),
  ];
}

/** @param {Item[]} items */
function removedByDocument(items) {
  /** @type {Map<number, import('./items.js').Entity[]>} */
  const removed = new Map();
  for (const { document, entity, decision } of items) {
    if (decision !== 'changed') continue;
    const list = removed.get(document.key);
    if (list) list.push(entity);
    else removed.set(document.key, [entity]);
  }
  return removed;
}

/**
 * Whether the entity that stands in the place of another has another type, or other bounds only.
 *
 * @param {import('./items.js').Entity[]} added
 * @param {import('./items.js').Entity} entity
 */
const howChanged = (added, entity) =>
  added.some((other) => other.type === entity.type && overlap(other, entity)) ? 'moved' : 'retyped';

/** @param {number} i */
const bandName = (i) => `${BANDS[i].toFixed(1)}-${(BANDS[i + 1] ?? 1).toFixed(1)}`;

/**
 * @param {Group} group
 * @param {string} value
 * @param {Counts} counts
 * @returns {Row}
 */
function row(group, value, counts) {
  const { accepted, retyped, moved, rejected, scores } = counts;
  const decided = accepted + retyped + moved + rejected;
  if (!decided) return { group, value, ...counts, decided };
  const [low, high] = wilson(accepted, decided);
  return {
    group,
    value,
    ...counts,
    decided,
    meanScore: scores / decided,
    precision: accepted / decided,
    low,
    high,
  };
}

const Z = 1.959963984540054; // of the normal distribution, for 95%

/**
 * The Wilson score interval of a share, at 95% (Wilson 1927).
 *
 * @param {number} right
 * @param {number} all  More than 0.
 * @returns {[number, number]}
 */
export function wilson(right, all) {
  const share = right / all;
  const weight = 1 + Z ** 2 / all;
  const middle = (share + Z ** 2 / (2 * all)) / weight;
  const half = (Z / weight) * Math.sqrt((share * (1 - share)) / all + Z ** 2 / (4 * all ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

const COLUMNS = /** @type {const} */ ([
  ['group', 'group'],
  ['value', 'value'],
  ['accepted', 'accepted'],
  ['type_changed', 'retyped'],
  ['bounds_changed', 'moved'],
  ['rejected', 'rejected'],
  ['decided', 'decided'],
  ['precision', 'precision'],
  ['precision_low', 'low'],
  ['precision_high', 'high'],
  ['mean_score', 'meanScore'],
  ['accepted_together', 'together'],
  ['undecided', 'undecided'],
  ['missed', 'missed'],
]);

/** @param {Row} row */
const values = (row) => COLUMNS.map(([name, key]) => /** @type {const} */ ([name, row[key]]));

/** What a spreadsheet takes for the beginning of a formula: the rule of `documents/src/csv/writer.rs`. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * The tally as CSV (RFC 4180), a line a row. The name of a type that a spreadsheet would take for a formula has
 * an apostrophe in front.
 *
 * @param {Row[]} rows
 */
export function tallyCsv(rows) {
  const field = (/** @type {string | number | undefined} */ value) => {
    if (typeof value === 'number') return String(rounded(value));
    const text = FORMULA.test(value ?? '') ? `'${value}` : (value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [
    COLUMNS.map(([name]) => name),
    ...rows.filter(isTold).map((row) => values(row).map(([, value]) => field(value))),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/**
 * The tally as JSON, with what was put in the place of what.
 *
 * @param {Row[]} rows
 * @param {Item[]} items
 */
export function tallyJson(rows, items) {
  const plain = (/** @type {Row} */ row) =>
    Object.fromEntries(
      values(row)
        .filter(([name, value]) => name !== 'group' && value !== undefined && value !== '')
        .map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : value]),
    );
  const of = (/** @type {Group} */ wanted) =>
    rows.filter((row) => row.group === wanted && isTold(row)).map(plain);
  return `${JSON.stringify(
    {
      interval: { method: 'Wilson', level: 0.95 },
      all: of('all')[0],
      by_type: of('type'),
      by_score: of('score'),
      changes: changesOf(items),
    },
    undefined,
    2,
  )}\n`;
}

/** Whether a row has anything in it. @param {Row} row */
export const isTold = ({ group, decided, together, undecided, missed }) =>
  group === 'all' || decided + together + undecided + missed > 0;

/** @param {number} value */
const rounded = (value) => Math.round(value * 1e4) / 1e4;

/**
 * What the reader has removed, changed and marked. Offsets are UTF-16 code units.
 *
 * @param {Item[]} items
 * @returns {object[]}
 */
function changesOf(items) {
  const plain = (/** @type {import('./items.js').Entity} */ { start, end, type, text }) => ({
    start,
    end,
    type,
    text,
  });
  /** @type {(item: Item) => object[]} */
  const changes = ({ document, entity, decision }) => {
    const { added } = document.results.edits.now;
    const base = { document: document.name };
    if (decision === 'rejected')
      return [{ ...base, decision, model: plain(entity), score: rounded(entity.score) }];
    if (decision === 'changed') {
      const places = added.filter((other) => overlap(other, entity)).map(plain);
      return [
        { ...base, decision, model: plain(entity), score: rounded(entity.score), reviewer: places },
      ];
    }
    const isMarked =
      decision === 'own' &&
      entity.origin === 'added' &&
      added.some((other) => keyOf(other) === keyOf(entity));
    return isMarked ? [{ ...base, decision: 'marked', reviewer: [plain(entity)] }] : [];
  };
  return items.flatMap(changes);
}
