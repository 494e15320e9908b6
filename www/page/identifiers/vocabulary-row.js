// A vocabulary of the reader's in the list: its name, what is in it, and what could not be read. While it is read, only
// what changes is written: a press takes longer than the time to the next change.

import { DRAWINGS } from '../../shared/dom.js';
import { text as common } from '../../text.js';
import { attributeTexts } from '../../text/attributes.js';
import { icon, make } from '../common/dom.js';
import { problemLine } from '../common/problem-line.js';

const MAX_PROBLEMS = 100;

/** @typedef {import('./vocabularies.js').OwnVocabulary} OwnVocabulary */

export class VocabularyRow {
  element;
  #button = make('button', { type: 'button', className: 'chip-remove' }, icon(DRAWINGS.close));
  #status = make('span', { className: 'vocabulary-says', role: 'status' });
  #bar;
  /** What could not be read. */
  #problems = make('div');
  /** What `#problems` shows. @type {unknown[]} */
  #written = [];

  /**
   * @param {string} name
   * @param {() => void} remove
   */
  constructor(name, remove) {
    this.#bar = make('progress', { 'aria-label': name });
    this.#button.addEventListener('click', remove);
    this.element = make(
      'li',
      { className: 'vocabulary' },
      make('bdi', { className: 'vocabulary-name', textContent: name }),
      this.#button,
      this.#status,
      this.#bar,
      this.#problems,
    );
  }

  /** @param {OwnVocabulary} vocabulary */
  show({ name, state, progress, concepts, names, problems, problemCount }) {
    const words = attributeTexts();
    const says = {
      reading: () => words.vocabularyReading(progress?.loaded ?? 0, progress?.total ?? 0),
      ready: () => words.vocabularyCounts(concepts, names),
      failed: () => (concepts ? words.vocabularyNotReplaced : words.vocabularyFailed),
    };
    this.element.dataset.state = state;
    this.#button.title = words.vocabularyRemove(name);
    this.#button.setAttribute('aria-label', words.vocabularyRemove(name));
    // How far it is says the bar; a screen reader is told how it has ended.
    this.#status.setAttribute('aria-live', state === 'reading' ? 'off' : 'polite');
    const said = says[state]();
    if (this.#status.textContent !== said) this.#status.textContent = said;
    this.#bar.hidden = state !== 'reading';
    this.#bar.max = progress?.total || 1;
    this.#bar.value = progress?.loaded ?? 0;
    const look = [state, problems, problemCount, common.lang];
    if (look.every((one, i) => one === this.#written[i])) return;
    this.#written = look;
    const isOpen = Boolean(this.#problems.querySelector('details[open]'));
    this.#problems.replaceChildren(
      ...(state === 'failed' ? problems.map(why) : []),
      ...(state === 'ready' && problemCount
        ? [problemList(name, problems, problemCount, isOpen)]
        : []),
    );
  }
}

/**
 * Why a file could not be read. The module's message is English; in other languages there are words for its code.
 *
 * @param {OwnVocabulary['problems'][number]} problem
 */
function why({ code, message }) {
  const isKnown = code === 'vocabulary' && common.lang !== 'en';
  return make('p', {
    className: 'note vocabulary-why',
    lang: isKnown ? common.lang : 'en',
    textContent: isKnown ? attributeTexts().vocabularyEmpty : message,
  });
}

/**
 * @param {string} name
 * @param {OwnVocabulary['problems']} problems
 * @param {number} count
 * @param {boolean} open
 */
function problemList(name, problems, count, open) {
  const words = attributeTexts();
  const left = count - Math.min(problems.length, MAX_PROBLEMS);
  return make(
    'details',
    { className: 'problems', open },
    make('summary', { textContent: words.vocabularyProblems(count) }),
    make(
      'ul',
      {},
      ...problems.slice(0, MAX_PROBLEMS).map((one) => problemLine({ file: name, ...one })),
      ...(left > 0 ? [make('li', { textContent: common.problemsMore(left) })] : []),
    ),
  );
}
