// Where the card of a mark is on the page.

const GAP = 6; // pixels

/**
 * Puts the card below a place of the text, or above it where there is no room.
 *
 * @param {HTMLElement} card
 * @param {DOMRect} at  In the window.
 */
export function placeCard(card, at) {
  card.style.left = '0'; // not narrowed by where it was
  const { clientWidth, clientHeight } = document.documentElement;
  const { offsetWidth, offsetHeight } = card;
  const left = Math.min(Math.max(GAP, at.left), clientWidth - offsetWidth - GAP);
  const [above, below] = [at.top - GAP - offsetHeight, at.bottom + GAP];
  const fits = below + offsetHeight <= clientHeight || above < 0;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${(fits ? below : above) + scrollY}px`;
}
