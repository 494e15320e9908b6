// The candidates of an entity's identifier. Pure functions.

/** @typedef {import('../state/state.js').Entity} Entity */

/**
 * The candidate that an entity's identifier belongs to.
 *
 * @param {Pick<Entity, 'id' | 'candidates'>} entity
 */
export const chosenCandidate = ({ id, candidates = [] }) =>
  candidates.find((candidate) => candidate.id === id);
