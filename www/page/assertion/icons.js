// The signs of the statuses, as icons, so that no status differs by colour alone.

import { icon } from '../common/dom.js';

const CIRCLE = 'M8 1.800a6.200 6.200 0 1 0 0 12.400 6.200 6.200 0 0 0 0-12.400z';

/** @type {Record<import('../entities/status.js').Status, string[]>} */
const DRAWINGS = {
  present: [CIRCLE, 'M5.200 8.300l2 2 3.600-4.300'],
  absent: [CIRCLE, 'M5 8h6'],
  possible: [
    CIRCLE,
    'M6.200 6.500a1.850 1.850 0 1 1 2.700 1.650c-.6.32-.9.650-.9 1.250',
    'M8 11.400v.01',
  ],
  historical: [CIRCLE, 'M8 4.600V8l2.400 1.500'],
  hypothetical: [
    'M2.500 8H6l4-4.200h3.500M6 8l4 4.200h3.500',
    'M11.700 2l1.900 1.800-1.900 1.800M11.700 10.400l1.900 1.800-1.900 1.800',
  ],
  family: [
    'M5.700 7.300a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400z',
    'M1.700 13.500c0-2.500 1.700-4.100 4-4.100s4 1.600 4 4.100',
    'M10.700 7.600a1.800 1.800 0 1 0 0-3.600M11.300 9.700c1.800.2 3 1.600 3 3.800',
  ],
};

/** @param {import('../entities/status.js').Status} status */
export function statusIcon(status) {
  const drawn = icon(...DRAWINGS[status]);
  drawn.classList.add('status-icon');
  drawn.dataset.status = status;
  return drawn;
}
