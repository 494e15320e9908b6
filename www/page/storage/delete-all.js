// Deletes everything the page has stored on the device.

import { text as words } from '../../text.js';
import { askToConfirm } from '../common/dialog.js';

const OUR_NAMES = /^bioner/;

/**
 * Deletes it, if the reader agrees.
 *
 * @param {import('../state/session.js').Session} session
 * @param {import('../documents/collection.js').Documents} documents
 * @param {() => Promise<import('../attributes/annotator.js').Annotator>} annotator
 */
export async function deleteAll(session, documents, annotator) {
  if (!(await askToConfirm(words.deleteAllAsk))) return;
  session.cancel();
  const attributes = await annotator().catch(() => undefined); // What could not be loaded holds nothing.
  await attributes?.vocabularies.stop(); // One that is being read must not be stored later.
  await documents.destroy();
  await attributes?.forget().catch(() => {});
  await deleteStored();
  session.showDeleted();
}

/** Deletes the page and the model from the browser's caches, the settings, and the service worker. */
async function deleteStored() {
  const registrations = (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  const scope = new URL('../../', import.meta.url).href;
  await Promise.all(
    registrations.filter((one) => one.scope === scope).map((one) => one.unregister()),
  );
  if (globalThis.caches) {
    const names = await caches.keys().catch(() => /** @type {string[]} */ ([]));
    await Promise.all(
      names.filter((name) => OUR_NAMES.test(name)).map((name) => caches.delete(name)),
    );
  }
  try {
    for (const key of Object.keys(localStorage))
      if (OUR_NAMES.test(key)) localStorage.removeItem(key);
  } catch {
    // Without storage, nothing is stored.
  }
}
