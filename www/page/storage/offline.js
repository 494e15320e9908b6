// The page itself, kept so that it opens without a network: see service-worker.js.

/**
 * Resolves when the page is kept, or when it is clear that it will not be; never rejects. The model
 * is kept by the model's own worker.
 *
 * @returns {Promise<boolean>}
 */
export async function keepPage() {
  try {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(new URL('../../service-worker.js', import.meta.url), {
      updateViaCache: 'none',
    });
    const worker = registration.installing;
    if (registration.active && !worker) return true;
    return await settled(worker ?? registration.waiting);
  } catch {
    return false; // a private window, a browser without, a host that lacks a file
  }
}

/** @param {ServiceWorker | null} worker */
function settled(worker) {
  return new Promise((resolve) => {
    const look = () => {
      if (!worker || worker.state === 'redundant') resolve(false);
      else if (worker.state !== 'installing') resolve(true);
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}
