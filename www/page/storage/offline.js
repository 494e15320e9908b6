// Stores the page on the device, so that it opens without a network: see service-worker.js.

/**
 * Registers the service worker. Resolves with whether the page is stored; never rejects. The model is stored by
 * its own worker.
 *
 * @returns {Promise<boolean>}
 */
export async function storePage() {
  try {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(
      new URL('../../service-worker.js', import.meta.url),
      {
        updateViaCache: 'none',
      },
    );
    const worker = registration.installing;
    if (registration.active && !worker) return true;
    return await installed(worker ?? registration.waiting);
  } catch {
    return false; // a private window, a browser without service workers, a host that lacks a file
  }
}

/**
 * @param {ServiceWorker | null} worker
 * @returns {Promise<boolean>}
 */
function installed(worker) {
  return new Promise((resolve) => {
    const check = () => {
      if (!worker || worker.state === 'redundant') resolve(false);
      else if (worker.state !== 'installing') resolve(true);
    };
    worker?.addEventListener('statechange', check);
    check();
  });
}
