// The rows of a table that is shown again and again while documents are read. Elements that are made and laid out anew
// each time are memory until the browser collects them, and it waits with that for dozens of megabytes.

/**
 * Shows these rows and no others. One that is in its place already is not touched, and the focus stays where it was if
 * its row stays.
 *
 * @param {HTMLElement} body
 * @param {HTMLElement[]} rows
 */
export function showRows(body, rows) {
  const focused = document.activeElement;
  const wanted = new Set(/** @type {Element[]} */ (rows));
  for (const row of [...body.children]) if (!wanted.has(row)) row.remove();
  let next = body.firstElementChild;
  for (const row of rows) {
    if (row === next) next = next.nextElementSibling;
    else body.insertBefore(row, next);
  }
  const isLost = focused !== document.activeElement && body.contains(focused);
  if (isLost && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}
