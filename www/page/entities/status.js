// What a text says of a mention: whether it is there, when, and whose it is. Pure functions.

/**
 * @typedef {'present' | 'absent' | 'possible' | 'historical' | 'hypothetical' | 'family'} Status
 *
 * @typedef {Pick<import('../../attributes.d.ts').EntityAttributes, 'assertion' | 'temporality' | 'experiencer'>} Said
 */

/** Every status, in the order in which they are shown. */
export const STATUSES = /** @type {const} */ ([
  'present',
  'absent',
  'possible',
  'historical',
  'hypothetical',
  'family',
]);

/** What holds where a text says nothing else. @type {Required<Said>} */
export const PLAIN = { assertion: 'present', temporality: 'current', experiencer: 'patient' };

/**
 * The statuses of a mention: all that are not the plain ones, or else `present`. None if nothing is known.
 *
 * @param {Said} entity
 * @returns {Status[]}
 */
export function statusesOf({ assertion, temporality, experiencer }) {
  if (!assertion) return [];
  /** @type {Status[]} */
  const found = [];
  if (assertion !== 'present') found.push(assertion);
  if (temporality && temporality !== 'current') found.push(temporality);
  if (experiencer === 'family') found.push(experiencer);
  return found.length ? found : ['present'];
}

/**
 * Whether a mention counts as the patient's: one that is said to be present, now or before. If nothing is known, it
 * does.
 *
 * @param {Said} entity
 */
export const counts = ({ assertion = 'present', temporality, experiencer }) =>
  assertion === 'present' && temporality !== 'hypothetical' && experiencer !== 'family';
