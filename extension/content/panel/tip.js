// Type and score of one mark, beside the pointer.

import { make, placeTip } from '../../../www/shared/dom.js';
import { percent, typeName, word } from '../../shared/words.js';

export class Tip {
  element = make('div', { className: 'tip', role: 'tooltip', hidden: true });

  /**
   * @param {import('../article.js').Mark} mark
   * @param {import('../../../www/shared/looks.js').Look | undefined} look
   * @param {number} x
   * @param {number} y
   */
  show({ type, score }, look, x, y) {
    const tip = this.element;
    tip.textContent = word('tip', typeName(type), percent(score));
    tip.style.setProperty('--hue', look?.colour ?? 'currentColor');
    tip.hidden = false;
    placeTip(tip, x, y);
  }

  hide() {
    this.element.hidden = true;
  }
}
