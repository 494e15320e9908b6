// The ways in which files reach the page: the file picker, and dropping them anywhere on the page.

import { byId } from '../common/dom.js';

/** @param {(files: File[]) => void} open */
export function mountFiles(open) {
  const picker = /** @type {HTMLInputElement} */ (byId('file'));
  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])];
    picker.value = ''; // so that the same file can be chosen again
    if (files.length) open(files);
  });
  acceptDrops(open);
}

/**
 * Files may be dropped anywhere: outside of the text box, a dropped file must not make the browser leave the
 * page.
 *
 * @param {(files: File[]) => void} open
 */
function acceptDrops(open) {
  const zone = byId('drop-zone');
  let depth = 0; // of the elements that were entered and not left
  const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', (event) => {
    if (hasFiles(event)) zone.classList.toggle('dropping', ++depth > 0);
  });
  addEventListener('dragleave', (event) => {
    if (hasFiles(event)) zone.classList.toggle('dropping', --depth > 0);
  });
  addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    depth = 0;
    zone.classList.remove('dropping');
    if (event.defaultPrevented) return; // another part of the page has taken them
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length) open(files);
  });
}
