// Modules and style sheets that are not needed at first, so that the page can be used sooner. All of them are fetched before the
// page says that it is ready: nothing is missing then without a network, and nothing is requested while a text
// is read.

import { ready } from '../shared/documents.js';
import { addStyle } from './common/late-style.js';

/**
 * Loads a module and the style sheets of what it shows.
 *
 * @template T
 * @param {Promise<T>} module
 * @param {...string} names
 */
const styled = async (module, ...names) => (await Promise.all([module, ...names.map(addStyle)]))[0];

/** Each function loads its module, or takes it from the browser's cache. */
export const lazy = {
  annotator: () => import('./attributes/annotator.js'),
  carryDecisions: () => import('./state/carry-decisions.js'),
  deleteAll: () => import('./storage/delete-all.js'),
  documentList: () => styled(import('./documents/list.js'), 'review.css'),
  documentsModule: ready,
  exportBar: () => styled(import('./export/bar.js'), 'review.css'),
  openFiles: () => import('./input/open-files.js'),
  problems: () => styled(import('./input/problems.js'), 'review.css'),
  resultViews: () =>
    styled(import('./results/views.js'), 'editing.css', 'review.css', 'attributes.css'),
  reviewMode: () =>
    styled(import('./review/queue/mount.js'), 'review.css', 'attributes.css', 'queue.css'),
  vocabularies: () => styled(import('./identifiers/panel.js'), 'review.css', 'vocabularies.css'),
};

/** Loads all of them. Never rejects: a module that cannot be fetched now is tried again when it is needed. */
export async function loadAll() {
  await Promise.allSettled(Object.values(lazy).map((load) => load()));
}
