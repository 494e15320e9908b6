// The tooltip of a mark: its type and score, its status and identifier, and how it compares with the file.

import { text as words } from '../../text.js';
import { byId } from '../common/dom.js';

const GAP = 8;

export function mountTooltip() {
  const tip = byId('tip');
  const article = byId('annotated');
  /** @type {Element | null} */
  let over = null;

  /** @param {Element} mark */
  const show = (mark) => {
    const { dataset } = /** @type {HTMLElement} */ (mark);
    const { of: type = '', score, said, origin, identifier, comparison, decided } = dataset;
    const name = score === undefined ? type : words.tip(type, Number(score));
    tip.textContent = [
      name,
      ...(said ? [said] : []),
      ...(identifier ? [identifier] : []),
      ...(origin ? [words.tipOrigin[/** @type {'added'} */ (origin)]] : []),
      ...(comparison ? [comparison] : []),
      ...(decided ? [decided] : []),
    ].join(' · ');
    tip.hidden = false;
    const place = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const left = Math.min(
      Math.max(GAP, place.left),
      document.documentElement.clientWidth - tip.offsetWidth - GAP,
    );
    const above = place.top - tip.offsetHeight - GAP / 2;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 0 ? above : place.bottom + GAP / 2}px`;
  };
  const hide = () => {
    over = null;
    tip.hidden = true;
  };

  const update = (/** @type {Event} */ { target }) => {
    const mark = /** @type {Element} */ (target).closest('.mark:not(.off)');
    if (mark === over) return;
    over = mark;
    if (mark) show(mark);
    else hide();
  };
  article.addEventListener('pointermove', update); // not pointerover: text that grows or scrolls moves under a pointer at rest
  article.addEventListener('click', update); // a touch screen has no pointer that moves
  article.addEventListener('pointerleave', hide);
  addEventListener('scroll', hide, { passive: true, capture: true });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
}
