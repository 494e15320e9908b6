// The content script, as one file (scripts/join-modules.mjs): on the two sites from the beginning, on
// other pages when the reader asks. Never twice in one page.

import { isKnownSite } from './sites.js';
import { Session } from './session.js';

/** @typedef {import('../shared/protocol.d.ts').ToPage} ToPage */

const scope = /** @type {{ bionerSession?: Session }} */ (globalThis);

function begin() {
  const session = new Session();
  scope.bionerSession = session;
  const started = session.start(isKnownSite(location.hostname));
  chrome.runtime.onMessage.addListener((/** @type {ToPage} */ message, sender, answer) => {
    if (sender.id !== chrome.runtime.id) return;
    // A press may come before the settings have been read.
    if (message.kind === 'click') started.then(() => session.click());
    if (message.kind === 'selection') started.then(() => session.markSelection());
    answer(true);
  });
}

if (!scope.bionerSession) begin();
