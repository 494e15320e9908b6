// A status in words.

import { attributeTexts } from '../../text/attributes.js';
import { make } from '../common/dom.js';
import { statusesOf } from '../entities/status.js';
import { statusIcon } from './icons.js';

/** @typedef {import('../entities/status.js').Said} Said */

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
export function statusNames(entity) {
  const { statuses, statusHints } = attributeTexts();
  return statusesOf(entity).map((status) =>
    make(
      'span',
      { className: 'status-name', 'data-status': status, title: statusHints[status] },
      ...(status === 'present' ? [] : [statusIcon(status)]),
      statuses[status],
    ),
  );
}
