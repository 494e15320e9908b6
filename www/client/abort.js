// How calls that are given a signal end when it is aborted.

/**
 * The rejection an aborted signal asks for: always called AbortError, whatever reason was given.
 *
 * @param {AbortSignal} signal
 */
export function abortError(signal) {
  const { reason } = signal;
  if (reason?.name === 'AbortError') return reason;
  const error = new DOMException('The operation was aborted.', 'AbortError');
  Object.defineProperty(error, 'cause', { value: reason });
  return error;
}

/**
 * Rejects as soon as the signal is aborted, whatever becomes of `promise`.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function unlessAborted(promise, signal) {
  if (!signal) return promise;
  /** @type {() => void} */
  let onAbort = () => {};
  const aborted = new Promise((_, reject) => {
    onAbort = () => reject(abortError(signal));
    signal.addEventListener('abort', onAbort);
  });
  try {
    return /** @type {T} */ (await Promise.race([promise, aborted]));
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
