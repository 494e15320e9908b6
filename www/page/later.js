// Parts that a first look at the page does not need, fetched when they are: the page is interactive
// sooner. Where the page is kept by its service worker they are on the device already; where it is
// not, all of them are fetched at the start, so that nothing is missing when the network is cut.

export const later = {
  bars: () => import('./bars.js'),
  chart: () => import('./chart.js'),
  columns: () => import('./documents/columns.js'),
  exportAll: () => import('./documents/export-all.js'),
  read: () => import('./documents/read.js'),
  things: () => import('./things-table.js'),
};

/** Never rejects: what cannot be fetched now is asked for again when it is needed. */
export async function fetchAll() {
  await Promise.allSettled(Object.values(later).map((part) => part()));
}
