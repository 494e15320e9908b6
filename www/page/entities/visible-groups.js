// The groups of the entities that are shown.

import { withFallback } from '../common/fallback.js';
import { groupMentions, longForms } from './groups.js';
import { counts } from './status.js';
import { definitionsOf, passes } from './visible.js';

/**
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('./visible.js').Filters} Filters
 */

/**
 * The groups of the entities that are shown of a result.
 *
 * @param {Results} results
 * @param {Filters & { onlyPresent?: boolean }} filters  With `onlyPresent`, only what is the patient's is counted.
 */
export function visibleGroups(results, filters) {
  const shown = results.entities.filter(
    (entity) => passes(entity, filters) && (!filters.onlyPresent || counts(entity)),
  );
  const nameOf = () =>
    results.running ? undefined : longForms(results.text, definitionsOf(results), shown);
  return withFallback('grouping mentions', () => groupMentions(shown, nameOf()), []);
}
