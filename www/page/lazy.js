// Modules that are not needed at first, so that the page can be used sooner. All of them are fetched before the
// page says that it is ready: nothing is missing then without a network, and nothing is requested while a text
// is read.

import { ready } from '../shared/documents.js';
import { addStyle } from './common/late-style.js';

/** Each function loads its module, or takes it from the browser's cache. */
export const lazy = {
  documentList: () => import('./documents/list.js'),
  documentsModule: ready,
  exportBar: () => import('./export/bar.js'),
  openFiles: () => import('./input/open-files.js'),
  problems: () => import('./input/problems.js'),
  resultViews: () => import('./results/views.js'),
  reviewMode: async () => {
    const [module] = await Promise.all([import('./review/queue/mount.js'), addStyle('queue.css')]);
    return module;
  },
};

/** Loads all of them. Never rejects: a module that cannot be fetched now is tried again when it is needed. */
export async function loadAll() {
  await Promise.allSettled(Object.values(lazy).map((load) => load()));
}
