// All that is kept on the device, and how to be rid of it.

import { text as words } from '../../text.js';
import { confirmed } from '../common/dialog.js';
import { byId } from '../common/dom.js';

const OURS = /^bioner/;

/**
 * @param {import('../state/session.js').Session} session
 * @param {import('../documents/collection.js').Documents} documents
 */
export function mountKeeping(session, documents) {
  byId('delete-all').addEventListener('click', async () => {
    if (!(await confirmed(words.deleteAllAsk))) return;
    session.cancel();
    await documents.destroy();
    await deleteKept();
    session.deleted();
  });
}

/** The page and the model in the browser's caches, the settings, the service worker. */
export async function deleteKept() {
  const registrations = (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  const scope = new URL('../../', import.meta.url).href;
  await Promise.all(registrations.filter((one) => one.scope === scope).map((one) => one.unregister()));
  if (globalThis.caches) {
    const names = await caches.keys().catch(() => /** @type {string[]} */ ([]));
    await Promise.all(names.filter((name) => OURS.test(name)).map((name) => caches.delete(name)));
  }
  try {
    for (const key of Object.keys(localStorage)) if (OURS.test(key)) localStorage.removeItem(key);
  } catch {
    // There is no storage, and so nothing in it.
  }
}
