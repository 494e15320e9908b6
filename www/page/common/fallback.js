// For work that only decorates what the model has found. It must never end an extraction.

/**
 * What `work` returns. Where it throws, the console says so and `otherwise` is returned.
 *
 * @template T
 * @param {string} what  Names the work in the console.
 * @param {() => T} work
 * @param {T} otherwise
 * @returns {T}
 */
export function guarded(what, work, otherwise) {
  try {
    return work();
  } catch (error) {
    console.error(`bioner: ${what} failed; everything else is shown.`, error);
    return otherwise;
  }
}
