// Where the reader is in the review, and in which order: stored on the device, without any text of a document.

const KEY = 'bioner-review'; // settings with this beginning are deleted with everything else

/** @typedef {{ order: import('./items.js').Order, at: string, keys: boolean }} Position  `at` is the id of an item. */

/** @returns {Position} */
export function storedPosition() {
  try {
    const { order, at, keys } = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      order: order === 'text' ? 'text' : 'doubt',
      at: typeof at === 'string' ? at : '',
      keys: keys !== false,
    };
  } catch {
    return { order: 'doubt', at: '', keys: true };
  }
}

/** @param {Position} position */
export function storePosition(position) {
  try {
    localStorage.setItem(KEY, JSON.stringify(position));
  } catch {
    // Without storage the review begins at its first undecided item.
  }
}
