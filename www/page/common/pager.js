// The buttons that turn the pages of a long list.

import { text as words } from '../../text.js';
import { make } from './dom.js';

export class Pager {
  #nav;
  #size;
  #previous = make('button', { type: 'button', className: 'quiet-button' });
  #note = make('span');
  #next = make('button', { type: 'button', className: 'quiet-button' });

  /**
   * @param {HTMLElement} nav
   * @param {number} size  Rows on a page.
   * @param {(by: number) => void} turn  Called with 1 or -1.
   */
  constructor(nav, size, turn) {
    this.#nav = nav;
    this.#size = size;
    this.#previous.addEventListener('click', () => turn(-1));
    this.#next.addEventListener('click', () => turn(1));
    nav.append(this.#previous, this.#note, this.#next);
  }

  /**
   * @param {number} page  Counted from 0.
   * @param {number} all   Rows on all pages.
   */
  show(page, all) {
    const from = page * this.#size;
    const to = Math.min(all, from + this.#size);
    this.#nav.hidden = all <= this.#size;
    this.#previous.textContent = words.pageBack;
    this.#next.textContent = words.pageOn;
    this.#note.textContent = words.page(from + 1, to, all);
    this.#previous.disabled = from === 0;
    this.#next.disabled = to === all;
  }
}
