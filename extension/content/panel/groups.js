// The entities, grouped by type and by what they say: "aspirin" and "Aspirin" are one line with a 2.
// A press goes to the next of them on the page.

import { make } from '../../../www/shared/dom.js';
import { borderOf } from '../../../www/shared/looks.js';
import { counted, percent, typeName, word } from '../../shared/words.js';

/**
 * @typedef {import('../article.js').Mark} Mark
 * @typedef {import('../../../www/shared/looks.js').Look} Look
 * @typedef {{ text: string, marks: Mark[] }} Line
 */

export class Groups {
  element = make('div', { className: 'groups' });
  #session;
  /** Which of a line's marks was shown last. @type {Map<string, number>} */
  #last = new Map();
  #drawn = '';

  /** @param {import('../session.js').Session} session */
  constructor(session) {
    this.#session = session;
  }

  /** @param {Mark[]} marks */
  show(marks) {
    const { hidden, looks } = this.#session.marker;
    // Drawn anew only when something is different: the reader may be on one of the buttons.
    const state = JSON.stringify([
      marks.map(({ type, text, start }) => [type, text, start]),
      [...hidden],
      [...looks.values()],
    ]);
    if (state === this.#drawn) return;
    this.#drawn = state;
    const focused = /** @type {HTMLElement | undefined} */ (this.#root?.activeElement)?.dataset.key;
    const opened = this.element.scrollTop;
    this.element.replaceChildren(
      ...[...looks.values()].flatMap((look) => {
        const own = marks.filter(({ type }) => type === look.type);
        return own.length ? [this.#group(look, own)] : [];
      }),
    );
    this.element.scrollTop = opened;
    if (focused)
      /** @type {HTMLElement | null} */ (
        this.element.querySelector(`[data-key="${CSS.escape(focused)}"]`)
      )?.focus();
  }

  get #root() {
    return /** @type {ShadowRoot | undefined} */ (this.element.getRootNode());
  }

  /**
   * @param {Look} look
   * @param {Mark[]} marks
   */
  #group(look, marks) {
    const { type, colour } = look;
    const off = this.#session.marker.hidden.has(type);
    const swatch = make('span', { className: 'swatch' });
    swatch.style.setProperty('--hue', colour);
    swatch.style.setProperty('--line', borderOf(look));
    const title = make(
      'button',
      {
        type: 'button',
        className: 'type',
        'data-key': `type ${type}`,
        'aria-pressed': String(!off),
        title: word(off ? 'showType' : 'hideType', typeName(type)),
      },
      swatch,
      typeName(type),
      make('span', { className: 'count' }, marks.length.toLocaleString()),
    );
    title.addEventListener('click', () => this.#session.toggle(type));
    const lines = off ? [] : linesOf(marks).map((line) => make('li', {}, this.#line(type, line)));
    return make('section', { 'data-type': type }, make('h3', {}, title), make('ul', {}, ...lines));
  }

  /**
   * @param {string} type
   * @param {Line} line
   */
  #line(type, { text, marks }) {
    const key = `${type} ${text.toLowerCase()}`;
    const best = Math.max(...marks.map(({ score }) => score));
    const times = marks.length > 1 ? make('span', { className: 'times' }, `×${marks.length}`) : '';
    const button = make(
      'button',
      { type: 'button', 'data-key': key, title: counted('goTo', marks.length, percent(best)) },
      make('span', { className: 'text' }, text),
      times,
    );
    button.addEventListener('click', () => {
      const next = ((this.#last.get(key) ?? -1) + 1) % marks.length;
      this.#last.set(key, next);
      this.#session.jumpTo(marks[next]);
    });
    return button;
  }
}

/**
 * @param {Mark[]} marks  Of one type.
 * @returns {Line[]} the most frequent first, and in the order of the page
 */
export function linesOf(marks) {
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const mark of marks) {
    const key = mark.text.toLowerCase();
    const line = lines.get(key);
    if (line) line.marks.push(mark);
    else lines.set(key, { text: mark.text, marks: [mark] });
  }
  return [...lines.values()].sort((a, b) => b.marks.length - a.marks.length);
}
