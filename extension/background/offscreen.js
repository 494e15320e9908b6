// Where the model lives. A service worker cannot start workers, so Chrome gets a document without a
// window, made when the model is first asked for. Firefox's background page can, and is the place
// itself.

const PAGE = 'extension/model/host.html';

/** @type {Promise<void> | undefined} */
let making;

/** Resolves when there is somebody to talk to. */
export async function wakeModel() {
  if (!chrome.offscreen) return;
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
