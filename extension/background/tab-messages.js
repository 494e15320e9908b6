// Sends messages to tabs. On the sites of the manifest the content script is there already; elsewhere it
// is injected first, which the reader's click allows for this tab alone (activeTab).

import { word } from '../shared/words.js';

/** @typedef {import('../shared/protocol.d.ts').ToPage} ToPage */

/**
 * @param {chrome.tabs.Tab} tab
 * @param {number} frameId
 * @param {ToPage} message
 */
export async function sendToTab(tab, frameId, message) {
  const tabId = Number(tab.id);
  try {
    if (!(await say(tabId, frameId, { kind: 'hello' }))) {
      await chrome.scripting.executeScript({
        target: { tabId, frameIds: [frameId] },
        files: ['content.js'],
      });
    }
    await say(tabId, frameId, message);
    await chrome.action.setBadgeText({ tabId, text: '' });
  } catch (error) {
    console.warn(error);
    await refuse(tabId);
  }
}

/**
 * @param {number} tabId
 * @param {number} frameId
 * @param {ToPage} message
 * @returns {Promise<boolean>} whether anybody was there to hear it
 */
async function say(tabId, frameId, message) {
  try {
    return Boolean(await chrome.tabs.sendMessage(tabId, message, { frameId }));
  } catch {
    return false;
  }
}

/**
 * Browsers keep extensions off their own pages and stores. No panel can say so there: the button does.
 *
 * @param {number} tabId
 */
async function refuse(tabId) {
  try {
    await chrome.action.setBadgeBackgroundColor({ tabId, color: '#a3261d' });
    await chrome.action.setBadgeText({ tabId, text: '!' });
    await chrome.action.setTitle({ tabId, title: word('actionRefused') });
  } catch {
    // The tab has gone in the meantime.
  }
}
