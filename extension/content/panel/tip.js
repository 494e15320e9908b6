// Type and score of one mark, beside the pointer.

import { percent, typeName, word } from '../../shared/words.js';
import { make } from './dom.js';

const GAP = 14;

export class Tip {
  element = make('div', { className: 'tip', role: 'tooltip', hidden: true });

  /**
   * @param {import('../article.js').Mark} mark
   * @param {import('../../../www/element/looks.js').Look | undefined} look
   * @param {number} x
   * @param {number} y
   */
  show({ type, score }, look, x, y) {
    const tip = this.element;
    tip.textContent = word('tip', typeName(type), percent(score));
    tip.style.setProperty('--hue', look?.colour ?? 'currentColor');
    tip.hidden = false;
    const { clientWidth, clientHeight } = document.documentElement;
    const below = y + GAP + tip.offsetHeight < clientHeight;
    tip.style.left = `${Math.max(4, Math.min(x, clientWidth - tip.offsetWidth - 4))}px`;
    tip.style.top = `${below ? y + GAP : y - GAP - tip.offsetHeight}px`;
  }

  hide() {
    this.element.hidden = true;
  }
}
