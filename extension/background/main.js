// The part that is always there, if mostly asleep: the toolbar button, the menu entry, and the way
// to the model. In Chrome a service worker, in Firefox the background page.

import { wakeModel } from './offscreen.js';
import { sendToTab } from './tab-messages.js';
import { word } from '../shared/words.js';

/** @typedef {import('../shared/protocol.d.ts').ToBackground} ToBackground */

const MENU = 'mark-selection';

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
  serve(message, sender).then(
    () => answer({ ok: true }),
    (error) => answer({ ok: false, code: 'start', message: String(error?.message ?? error) }),
  );
  return true; // the answer comes later
});

/**
 * @param {ToBackground} message
 * @param {chrome.runtime.MessageSender} sender
 */
async function serve(message, sender) {
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
