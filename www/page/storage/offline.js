// Stores the page on the device, so that it opens without a network: see service-worker.js.

const CHECK_MS = 500;

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
    return await installed(registration, worker ?? registration.waiting);
  } catch {
    return false; // a private window, a browser without service workers, a host that lacks a file
  }
}

/**
 * Resolves when a worker is installed, or cannot be. WebKit (2.50) sometimes leaves `state` at `installing` for ever and
 * tells of no change, while the registration has long activated the worker: so the registration is asked too.
 *
 * @param {ServiceWorkerRegistration} registration
 * @param {ServiceWorker | null} worker
 * @returns {Promise<boolean>}
 */
function installed(registration, worker) {
  return new Promise((resolve) => {
    const check = () => {
      if (!worker || worker.state === 'redundant') return end(false);
      if (worker.state !== 'installing') return end(true);
      if (registration.installing !== worker)
        end(Boolean(registration.waiting ?? registration.active));
    };
    const end = (/** @type {boolean} */ stored) => {
      clearInterval(timer);
      resolve(stored);
    };
    const timer = setInterval(check, CHECK_MS);
    worker?.addEventListener('statechange', check);
    check();
  });
}
