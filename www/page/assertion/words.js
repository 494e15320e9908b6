// A status in words.

import { number } from '../../language.js';
import { attributeTexts } from '../../text/attributes.js';
import { make } from '../common/dom.js';
import { STATUSES, statusesOf } from '../entities/status.js';
import { statusIcon } from './icons.js';

/**
 * @typedef {import('../entities/status.js').Said} Said
 * @typedef {import('../entities/status.js').Status} Status
 */

/**
 * The statuses of a mention in words, as they are read aloud.
 *
 * @param {Said} entity
 */
export const statusWords = (entity) =>
  statusesOf(entity)
    .map((status) => attributeTexts().statusWords[status])
    .join(', ');

/**
 * The statuses of a mention, each with its icon and its name.
 *
 * @param {Said} entity
 */
export const statusNames = (entity) => statusesOf(entity).map((status) => statusName(status));

/**
 * The statuses that mentions have, each with how many have it where they differ.
 *
 * @param {Said[]} entities
 */
export function statusTotals(entities) {
  /** @type {Map<Status, number>} */
  const totals = new Map();
  for (const status of entities.flatMap(statusesOf))
    totals.set(status, (totals.get(status) ?? 0) + 1);
  const found = STATUSES.filter((status) => totals.has(status));
  const isOne = found.length === 1 && totals.get(found[0]) === entities.length;
  return found.map((status) => statusName(status, isOne ? undefined : totals.get(status)));
}

/**
 * @param {Status} status
 * @param {number} [count]  Of the mentions that have it.
 */
function statusName(status, count) {
  const { statuses, statusHints } = attributeTexts();
  return make(
    'span',
    { className: 'status-name', 'data-status': status, title: statusHints[status] },
    ...(status === 'present' ? [] : [statusIcon(status)]),
    statuses[status],
    ...(count ? [' ', make('span', { className: 'count', textContent: number(count) })] : []),
  );
}
