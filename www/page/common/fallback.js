// For work that only adds to what the model has found. Its failure must never end an extraction.

/**
 * What `work` returns, or `fallback` where it throws. The error is reported in the console.
 *
 * @template T
 * @param {string} name  Names the work in the console.
 * @param {() => T} work
 * @param {T} fallback
 * @returns {T}
 */
export function withFallback(name, work, fallback) {
  try {
    return work();
  } catch (error) {
    console.error(`bioner: ${name} failed; everything else is shown.`, error);
    return fallback;
  }
}
