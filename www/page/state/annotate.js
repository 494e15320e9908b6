// Gives the entities of a result their attributes when its text has been read. What finds them is loaded late.

import { unlessAborted } from '../../client/abort.js';

/**
 * @typedef {import('./state.js').Results} Results
 *
 * Resolves when the attributes are there, or have failed, or the signal is aborted. Never rejects: without them the
 * entities are shown as they are.
 * @typedef {(results: Results, signal: AbortSignal) => Promise<void>} Annotate
 */

/**
 * @param {import('./state.js').State} state
 * @param {() => Promise<import('../attributes/annotator.js').Annotator>} annotator
 * @returns {Annotate}
 */
export const annotateWith = (state, annotator) => async (results, signal) => {
  const annotated = annotator()
    .then((one) => one.annotate(results))
    .catch((error) => console.warn(error));
  // They may need a download, so that cancelling ends the waiting.
  await unlessAborted(annotated, signal).catch(() => {});
  if (!signal.aborted) return;
  annotated.then(() => {
    if (state.values.results === results) state.set({ results });
  });
};
