// A lock that all tabs of the page share.

/**
 * Calls `work` with whether the lock is ours; it is held until `work` has settled. Where the browser has no
 * locks, it always is.
 *
 * @param {string} name
 * @param {(isOurs: boolean) => Promise<unknown>} work
 */
export async function withLock(name, work) {
  if (!navigator.locks) return work(true);
  await navigator.locks.request(name, { ifAvailable: true }, (lock) => work(Boolean(lock)));
}
