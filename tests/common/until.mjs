// Waiting for what becomes true, where nothing tells when it does.

import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 50;

/**
 * Waits until `holds` gives something that is true, and returns it.
 *
 * @template T
 * @param {() => T | Promise<T>} holds
 * @param {string} what  What is waited for, in the message if it does not come.
 * @param {number} [timeout]  In milliseconds.
 */
export async function until(holds, what, timeout = 10_000) {
  const end = performance.now() + timeout;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (performance.now() > end) throw new Error(`${what} did not come within ${timeout} ms`);
    await pause(EVERY_MS);
  }
}
