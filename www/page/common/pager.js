// Back and on through a long list, a page at a time.

import { text as words } from '../../text.js';
import { make } from './dom.js';

export class Pager {
  #nav;
  #size;
  #back = make('button', { type: 'button', className: 'quiet-button' });
  #note = make('span');
  #on = make('button', { type: 'button', className: 'quiet-button' });

  /**
   * @param {HTMLElement} nav
   * @param {number} size  Of a page.
   * @param {(by: number) => void} turn
   */
  constructor(nav, size, turn) {
    this.#nav = nav;
    this.#size = size;
    this.#back.addEventListener('click', () => turn(-1));
    this.#on.addEventListener('click', () => turn(1));
    nav.append(this.#back, this.#note, this.#on);
  }

  /**
   * @param {number} page
   * @param {number} all
   */
  show(page, all) {
    const from = page * this.#size;
    const to = Math.min(all, from + this.#size);
    this.#nav.hidden = all <= this.#size;
    this.#back.textContent = words.pageBack;
    this.#on.textContent = words.pageOn;
    this.#note.textContent = words.page(from + 1, to, all);
    this.#back.disabled = from === 0;
    this.#on.disabled = to === all;
  }
}
