// What the browser reports about requests, in the thread in which this runs: the page or the model's worker. Our
// own code counts nothing, so requests that it does not know of are reported too.

const SAME_ATTEMPT_MS = 50;

/** An address that anyone may request, and that this page's policy forbids. */
const OUTSIDE = 'https://example.com/';

/**
 * @typedef {{ kind: 'request', url: string, bytes: number } | { kind: 'refused', url: string, rule: string }} NetworkEvent
 */

/** Calls `report` for every request and every refusal. @param {(event: NetworkEvent) => void} report */
export function observeNetwork(report) {
  new PerformanceObserver((list) => {
    for (const entry of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
      if (/^https?:/.test(entry.name))
        report({ kind: 'request', url: entry.name, bytes: entry.encodedBodySize });
    }
  }).observe({ type: 'resource', buffered: true });
  let last = { url: '', at: -Infinity };
  addEventListener('securitypolicyviolation', (event) => {
    const {
      blockedURI: url,
      effectiveDirective: rule,
      timeStamp: at,
    } = /** @type {SecurityPolicyViolationEvent} */ (event);
    // A host may send the policy as a header too. Then one attempt is refused, and reported, twice.
    const repeated = url === last.url && at - last.at < SAME_ATTEMPT_MS;
    last = { url, at };
    if (!repeated) report({ kind: 'refused', url, rule });
  });
}

/** Tries to send a text away. Resolves with whether that succeeded. @param {string} text */
export async function tryToSend(text) {
  try {
    await fetch(`${OUTSIDE}?text=${encodeURIComponent(text.slice(0, 20))}`, { mode: 'no-cors' });
    return true;
  } catch {
    return false;
  }
}
