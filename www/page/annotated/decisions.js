// Which marks the reader has accepted in the review: a check mark, and words for screen readers and the tooltip.

import { reviewWords as words } from '../../text/review.js';

/**
 * @param {Map<string, HTMLElement>} marks  By the keys of their entities.
 * @param {import('../state/state.js').Results} results
 */
export function showDecisions(marks, { edits, running }) {
  if (running) return;
  const [accepted, together] = [new Set(edits.now.accepted), new Set(edits.now.acceptedTogether)];
  for (const [key, { dataset }] of marks) {
    const decision = accepted.has(key) ? 'accepted' : together.has(key) && 'together';
    if (decision) {
      dataset.decision = decision;
      dataset.decided = words().decisionTip[decision];
    } else if (dataset.decision) {
      delete dataset.decision;
      delete dataset.decided;
    }
  }
}
