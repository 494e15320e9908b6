// What only one tab does at a time, so that the others find it done.

const PATIENCE_MS = 30_000;

/**
 * Does some work while no other tab, and no other worker, does work of this name. Whoever has waited for very long
 * does it all the same: the other tab may be frozen.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(name, work) {
  if (!navigator.locks) return work();
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), PATIENCE_MS);
  let begun = false;
  const begin = () => {
    begun = true;
    clearTimeout(timer);
    return work();
  };
  try {
    return await navigator.locks.request(name, { signal: waiting.signal }, begin);
  } catch (error) {
    if (begun) throw error;
    return work(); // the wait was too long, or locks are not for this page
  } finally {
    clearTimeout(timer);
  }
}
