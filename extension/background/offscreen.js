// Where the model lives in Chrome. A service worker cannot start workers, so there is a document without
// a window, made when the model is first asked for.

const PAGE = 'extension/model/host.html';

/** @type {Promise<void> | undefined} */
let making;

/** Resolves when there is somebody to talk to. */
export async function wakeModel() {
  making ??= make().finally(() => (making = undefined)); // two tabs may ask at once
  await making;
}

async function make() {
  if (await chrome.offscreen.hasDocument()) return;
  await chrome.offscreen.createDocument({
    url: PAGE,
    reasons: [chrome.offscreen.Reason.WORKERS],
    justification: 'The language model runs in a web worker, on this device.',
  });
}
