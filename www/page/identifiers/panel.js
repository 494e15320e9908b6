// The vocabularies under the switch for identifiers: the built-in one with its sources, and the reader's own.

import { attributeTexts } from '../../text/attributes.js';
import { byId, coalesced, make } from '../common/dom.js';
import { showRows } from '../common/rows.js';
import { VocabularyRow } from './vocabulary-row.js';

const REFRESH_EVERY_MS = 100;

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

  picker.addEventListener('change', () => {
    vocabularies.add([...(picker.files ?? [])]);
    picker.value = ''; // so that the same file can be chosen again
  });
  acceptDrops(drop, (files) => vocabularies.add(files));

  /** @type {Map<string, VocabularyRow>} */
  let rows = new Map();
  const rowOf = (/** @type {string} */ name) =>
    rows.get(name) ??
    new VocabularyRow(name, () => vocabularies.remove(name).then(() => picker.focus()));
  const show = () => {
    const words = attributeTexts();
    const { wanted, vocabularies: all } = state.values;
    panel.hidden = !wanted.link;
    summary.textContent = words.vocabularyAdd;
    choose.textContent = words.vocabularyChoose;
    hint.textContent = `${words.vocabularyAddHint} ${vocabularies.areStored ? words.vocabularyFirst : words.vocabularyUnkept}`;
    list.hidden = !all.length;
    rows = new Map(all.map(({ name }) => [name, rowOf(name)]));
    for (const one of all) rows.get(one.name)?.show(one);
    showRows(
      list,
      Array.from(rows.values(), ({ element }) => element),
    );
  };
  state.watch(['vocabularies', 'wanted', 'language'], coalesced(show, REFRESH_EVERY_MS));
  show();
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
