// The part that is always there, if mostly asleep: the toolbar button, the menu entry, and the way
// to the model. In Chrome a service worker (chrome.js), in Firefox the background page (firefox.js).

import { sendToTab } from './tab-messages.js';
import { word } from '../shared/words.js';

/** @typedef {import('../shared/protocol.d.ts').ToBackground} ToBackground */

const MENU = 'mark-selection';

/**
 * Listens, from the start on: browsers wake this part for what is listened to when its script has run.
 *
 * @param {() => Promise<void>} wakeModel  Resolves when a tab can connect to the model.
 */
export function listen(wakeModel) {
  chrome.runtime.onInstalled.addListener(() => {
    chrome.contextMenus.create(
      { id: MENU, title: word('menuSelection'), contexts: ['selection'] },
      () => {
        void chrome.runtime.lastError; // there already: Firefox keeps it between versions
      },
    );
  });

  chrome.action.onClicked.addListener((tab) => sendToTab(tab, 0, { kind: 'click' }));

  chrome.contextMenus.onClicked.addListener((info, tab) => {
    if (tab && info.menuItemId === MENU)
      return sendToTab(tab, info.frameId ?? 0, { kind: 'selection' });
  });

  chrome.runtime.onMessage.addListener((/** @type {ToBackground} */ message, sender, answer) => {
    if (sender.id !== chrome.runtime.id) return;
    serve(message, sender, wakeModel).then(
      () => answer({ ok: true }),
      (error) => answer({ ok: false, code: 'start', message: String(error?.message ?? error) }),
    );
    return true; // the answer comes later
  });
}

/**
 * @param {ToBackground} message
 * @param {chrome.runtime.MessageSender} sender
 * @param {() => Promise<void>} wakeModel
 */
async function serve(message, sender, wakeModel) {
  switch (message.kind) {
    case 'wake':
      return wakeModel();
    case 'options':
      return chrome.runtime.openOptionsPage();
    case 'style': {
      const target = { tabId: Number(sender.tab?.id), frameIds: [sender.frameId ?? 0] };
      if (message.add) await chrome.scripting.insertCSS({ target, css: message.add });
      if (message.remove)
        await chrome.scripting.removeCSS({ target, css: message.remove }).catch(() => {});
    }
  }
}
