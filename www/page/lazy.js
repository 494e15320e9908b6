// Parts that a first look at the page does not need, fetched when they are: the page is interactive
// sooner. All of them are there before the page says that it is ready, so that nothing is missing when
// the network is cut and nothing is asked for while a text is worked on.

import { ready } from '../shared/documents.js';

export const later = {
  bars: () => import('./results/bars.js'),
  columns: () => import('./input/column-dialog.js'),
  documents: ready,
  exportBar: () => import('./export/bar.js'),
  exportAll: () => import('./export/archive.js'),
  problems: () => import('./input/problems.js'),
  read: () => import('./documents/read.js'),
  resultViews: () => import('./results/views.js'),
};

/** Never rejects: what cannot be fetched now is asked for again when it is needed. */
export async function fetchAll() {
  await Promise.allSettled(Object.values(later).map((part) => part()));
}
