// The vocabularies under the switch for identifiers: the built-in one with its sources, and the reader's own.

import { DRAWINGS } from '../../shared/dom.js';
import { text as common } from '../../text.js';
import { attributeTexts } from '../../text/attributes.js';
import { byId, coalesced, icon, make } from '../common/dom.js';
import { problemLine } from '../common/problem-line.js';

const REFRESH_EVERY_MS = 100;
const MAX_PROBLEMS = 100;

/** @typedef {import('./vocabularies.js').OwnVocabulary} OwnVocabulary */

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../attributes/annotator.js').Annotator} annotator
 */
export function mountVocabularies(state, annotator) {
  const { vocabularies } = annotator;
  const list = make('ul', { className: 'vocabulary-list' });
  const picker = make('input', {
    type: 'file',
    id: 'vocabulary-file',
    className: 'visually-hidden',
    accept: '.tsv,.txt,.obo,.csv,.gz',
    multiple: true,
  });
  const choose = make('label', { className: 'quiet-button', for: picker.id });
  const hint = make('p', { className: 'note', id: 'vocabulary-hint' });
  picker.setAttribute('aria-describedby', hint.id);
  const drop = make('div', { className: 'vocabulary-drop' }, choose, picker, hint);
  const summary = make('summary');
  const own = make('details', {}, summary, drop);
  const panel = make('div', { id: 'vocabularies' }, list, own, sourcesDetails(state, annotator));
  byId('link-note').after(panel);

  const add = async (/** @type {Iterable<File>} */ files) => {
    for (const file of files) await vocabularies.add(file);
  };
  picker.addEventListener('change', () => {
    add([...(picker.files ?? [])]);
    picker.value = ''; // so that the same file can be chosen again
  });
  acceptDrops(drop, add);

  const show = () => {
    const words = attributeTexts();
    const { wanted, vocabularies: all } = state.values;
    panel.hidden = !wanted.link;
    summary.textContent = words.vocabularyAdd;
    choose.textContent = words.vocabularyChoose;
    hint.textContent = `${words.vocabularyAddHint} ${vocabularies.areStored ? words.vocabularyFirst : words.vocabularyUnkept}`;
    const focused = /** @type {HTMLElement | null} */ (list.querySelector(':focus'))?.dataset.name;
    const open = new Set(
      [...list.querySelectorAll('details[open]')].map(
        (one) => /** @type {HTMLElement} */ (one).dataset.name,
      ),
    );
    list.hidden = !all.length;
    list.replaceChildren(
      ...all.map((one) =>
        item(one, open.has(one.name), () =>
          vocabularies.remove(one.name).then(() => picker.focus()),
        ),
      ),
    );
    if (focused)
      /** @type {HTMLElement | null} */ (
        list.querySelector(`button[data-name="${CSS.escape(focused)}"]`)
      )?.focus();
  };
  state.watch(['vocabularies', 'wanted', 'language'], coalesced(show, REFRESH_EVERY_MS));
  show();
}

/**
 * A vocabulary of the reader's: its name, what is in it, and what could not be read.
 *
 * @param {OwnVocabulary} vocabulary
 * @param {boolean} open  Whether its problems are listed.
 * @param {() => void} remove
 */
function item(vocabulary, open, remove) {
  const { name, state, progress, concepts, names, problems, problemCount } = vocabulary;
  const words = attributeTexts();
  const says = {
    reading: () => words.vocabularyReading(progress?.loaded ?? 0, progress?.total ?? 0),
    ready: () => words.vocabularyCounts(concepts, names),
    failed: () => (concepts ? words.vocabularyNotReplaced : words.vocabularyFailed),
  };
  const button = make('button', {
    type: 'button',
    className: 'chip-remove',
    'aria-label': words.vocabularyRemove(name),
    title: words.vocabularyRemove(name),
    'data-name': name,
  });
  button.append(icon(DRAWINGS.close));
  button.addEventListener('click', remove);
  const status = make('span', {
    className: 'vocabulary-says',
    role: 'status',
    textContent: says[state](),
  });
  const bar = make('progress', { max: progress?.total || 1, value: progress?.loaded ?? 0 });
  bar.setAttribute('aria-label', name);
  return make(
    'li',
    { className: 'vocabulary', 'data-state': state },
    make('bdi', { className: 'vocabulary-name', textContent: name }),
    button,
    status,
    ...(state === 'reading' ? [bar] : []),
    ...(state === 'failed' ? problems.map(why) : []),
    ...(state === 'ready' && problemCount ? [problemList(name, problems, problemCount, open)] : []),
  );
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
    { className: 'problems', open, 'data-name': name },
    make('summary', { textContent: words.vocabularyProblems(count) }),
    make(
      'ul',
      {},
      ...problems.slice(0, MAX_PROBLEMS).map((one) => problemLine({ file: name, ...one })),
      ...(left > 0 ? [make('li', { textContent: common.problemsMore(left) })] : []),
    ),
  );
}

/**
 * The sources of the vocabularies with their licences. They are asked for when the list is opened.
 *
 * @param {import('../state/state.js').State} state
 * @param {import('../attributes/annotator.js').Annotator} annotator
 */
function sourcesDetails(state, annotator) {
  const summary = make('summary');
  const list = make('dl');
  const details = make('details', { className: 'vocabulary-sources' }, summary, list);
  const show = async () => {
    if (!details.open) return;
    const all = await annotator.service.sources().catch((error) => {
      console.warn(error);
      return [];
    });
    list.replaceChildren(
      ...all.flatMap(({ name, version, license, credit }) => [
        make(
          'dt',
          {},
          make('bdi', { textContent: name }),
          make('span', { lang: 'en', textContent: ` ${version}` }),
        ),
        make('dd', { lang: 'en', textContent: `${license}. ${credit}` }),
      ]),
    );
  };
  details.addEventListener('toggle', show);
  state.watch(['language'], () => (summary.textContent = attributeTexts().vocabularySources));
  state.watch(['attributesBusy', 'vocabularies'], show);
  return details;
}

/**
 * Takes files that are dropped on an element, instead of the page.
 *
 * @param {HTMLElement} target
 * @param {(files: File[]) => void} add
 */
function acceptDrops(target, add) {
  let depth = 0; // of the elements that were entered and not left
  const mark = (/** @type {number} */ by) => {
    depth = by ? depth + by : 0;
    target.classList.toggle('dropping', depth > 0);
  };
  target.addEventListener('dragenter', () => mark(1));
  target.addEventListener('dragleave', () => mark(-1));
  target.addEventListener('drop', (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    mark(0);
    if (!files.length) return;
    event.preventDefault(); // the page leaves it alone
    add(files);
  });
}
