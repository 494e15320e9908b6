// The worker keeps downloaded weights in the browser's Cache. Packed weights are on the disk already:
// a second copy would be waste, so for this worker there is no cache. It says `undefined`
// and does not fail, because a failure would be reported.

Object.defineProperty(globalThis, 'caches', { value: { open: async () => undefined } });
