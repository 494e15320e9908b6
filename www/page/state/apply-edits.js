// Gives results other corrections, and stores them with their documents.

import { entitiesOf } from '../entities/visible.js';

/**
 * @typedef {import('./state.js').Results} Results
 * @typedef {import('../entities/edits.js').Edits} Edits
 */

/**
 * Gives results other corrections. All that is shown and stored follows.
 *
 * @param {Iterable<[Results, Edits]>} changes
 * @param {object} page
 * @param {import('./state.js').State} page.state
 * @param {import('../documents/collection.js').Documents} page.documents
 */
export function applyEdits(changes, { state, documents }) {
  const all = new Map(changes);
  for (const [results, edits] of all) {
    const { removed, added, attributes } = results.edits.now;
    const { now } = edits;
    const sameMarks =
      now.removed === removed && now.added === added && now.attributes === attributes;
    results.edits = edits;
    if (!sameMarks) results.entities = entitiesOf(results, state.values.abbreviations);
  }
  const { results: shown } = state.values;
  if (shown && all.has(shown)) state.set({ results: shown, selected: undefined });
  documents.storeCorrections(...all.keys());
}
