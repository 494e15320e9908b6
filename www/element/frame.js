// What <bioner-text> adds to its text, in a shadow tree: a button, a status line, a legend that
// switches types off and on, a tip under the pointer. Nothing of it is between the words.

import { make, placeTip } from '../shared/dom.js';
import { borderOf } from '../shared/looks.js';
import { colourOf } from './rules.js';
import { STYLE } from './style.js';
import { words } from './words.js';

/**
 * @typedef {import('../shared/looks.js').Look} Look
 * @typedef {'idle' | 'loading' | 'working' | 'done' | 'error'} Phase
 * @typedef {import('../client.d.ts').Entity & { range: Range }} Mark
 */

export class Frame {
  /** Types the reader has switched off. @type {Set<string>} */
  hidden = new Set();
  #host;
  #words;
  #onToggle;
  #button = make('button', { part: 'button' });
  #status = make('p', { part: 'status' });
  #progress = make('progress', { part: 'progress' });
  #legend = make('div', { part: 'legend' });
  #tip = make('div', { part: 'tip' });
  #drawn = '';

  /**
   * @param {HTMLElement} host
   * @param {{ onButton: () => void, onToggle: () => void }} listeners
   */
  constructor(host, { onButton, onToggle }) {
    this.#words = words(
      host.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang,
    );
    this.#host = host;
    this.#onToggle = onToggle;
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#button.type = 'button';
    this.#button.textContent = this.#words.extract;
    this.#button.addEventListener('click', onButton);
    this.#status.setAttribute('role', 'status');
    this.#progress.setAttribute('aria-label', this.#words.working);
    this.#legend.setAttribute('role', 'group');
    this.#legend.setAttribute('aria-label', this.#words.legend);
    this.#tip.setAttribute('role', 'tooltip');
    this.#tip.hidden = true;
    const bar = make('div', { part: 'bar' });
    bar.append(this.#button, this.#legend, this.#progress, this.#status);
    root.append(document.createElement('slot'), bar, this.#tip);
    this.legend([], new Map());
  }

  /**
   * @param {Phase} phase
   * @param {unknown} [error]
   */
  show(phase, error) {
    const busy = phase === 'loading' || phase === 'working';
    this.#button.hidden = busy || phase === 'done';
    this.#progress.hidden = !busy;
    if (!busy) this.#progress.removeAttribute('value');
    this.#status.dataset.phase = phase;
    this.#status.textContent = {
      idle: '',
      loading: this.#words.loading,
      working: this.#words.working,
      done: this.#legend.hidden ? this.#words.nothing : '',
      error: this.#words.failed(this.#reason(error)),
    }[phase];
  }

  /** @param {unknown} error */
  #reason(error) {
    const {
      code,
      message = '',
      problem,
    } = /** @type {Partial<import('../client.js').BionerError>} */ (error ?? {});
    if (code === 'preset') return this.#words.preset(this.#host.getAttribute('preset') ?? '');
    return problem ? this.#words.types(problem) : message;
  }

  /** @param {number} part  0 to 1. */
  progress(part) {
    this.#progress.value = part;
  }

  /**
   * @param {Mark[]} marks
   * @param {Map<string, Look>} looks
   */
  legend(marks, looks) {
    const counts = new Map(Array.from(looks.keys(), (type) => [type, 0]));
    for (const { type } of marks) counts.set(type, (counts.get(type) ?? 0) + 1);
    const found = [...counts].filter(([, count]) => count);
    this.#legend.hidden = !found.length;
    const state = JSON.stringify([found, [...this.hidden]]);
    if (state === this.#drawn) return; // the reader may be on one of the buttons
    this.#drawn = state;
    const root = /** @type {ShadowRoot} */ (this.#legend.getRootNode());
    const focused = /** @type {HTMLElement | null} */ (root.activeElement)?.dataset.type;
    this.#legend.replaceChildren(
      ...found.map(([type, count]) => this.#entry(/** @type {Look} */ (looks.get(type)), count)),
    );
    for (const entry of this.#legend.children) {
      if (focused && /** @type {HTMLElement} */ (entry).dataset.type === focused)
        /** @type {HTMLElement} */ (entry).focus();
    }
  }

  /**
   * @param {Look} look
   * @param {number} count
   */
  #entry(look, count) {
    const { type, name } = look;
    const swatch = make('span', { part: `swatch ${name}` });
    swatch.style.setProperty('--hue', colourOf(look));
    swatch.style.setProperty('--line', borderOf(look));
    const number = make('span', { part: 'count' });
    number.textContent = String(count);
    const entry = make('button', { part: `entry ${name}` });
    entry.type = 'button';
    entry.dataset.type = type;
    entry.setAttribute('aria-pressed', String(!this.hidden.has(type)));
    entry.append(swatch, `${type} `, number);
    entry.addEventListener('click', () => {
      if (!this.hidden.delete(type)) this.hidden.add(type);
      this.#onToggle();
    });
    return entry;
  }

  /**
   * @param {Mark} mark
   * @param {number} x
   * @param {number} y
   */
  tip({ type, score }, x, y) {
    this.#tip.textContent = this.#words.tip(type, score);
    this.#tip.hidden = false;
    placeTip(this.#tip, x, y);
  }

  untip() {
    this.#tip.hidden = true;
  }
}
