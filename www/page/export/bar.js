// The buttons that export the entities: each format as a file or to the clipboard. Entities that the filters
// hide are not exported.

import { documents, ready } from '../../shared/documents.js';
import { download } from '../../shared/dom.js';
import { EXPORT_NAMES } from '../../shared/exports.js';
import { text as words } from '../../text.js';
import { byId, icon, make } from '../common/dom.js';
import { passes } from '../entities/visible.js';
import { exportAll } from './archive.js';
import { fileOf, filesOf } from './files.js';

/**
 * @typedef {import('../state/state.js').State} State
 * @typedef {import('../state/session.js').Session} Session
 * @typedef {import('../../shared/documents.js').ExportFormat} Format
 */

/** The formats that have a button of their own; the others are in a menu. */
const FIRST_OF_ONE = ['json', 'csv', 'brat', 'pubtator'];
const FIRST_OF_ALL = ['json-lines', 'csv', 'brat', 'pubtator'];

const SAVE = 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10';
const COPY = 'M5.5 5.5h8v8h-8zM10.500 5.500v-3h-8v8h3';

/**
 * @param {State} state
 * @param {Session} session
 */
export function mountExportBar(state, session) {
  const shown = () => {
    const { results } = state.values;
    return results && asShown(results, state);
  };
  fill(byId('export'), state, FIRST_OF_ONE, (format) => {
    const save = saveButton(
      state,
      format.name,
      () => nameOf(format),
      (name) => words.exportDownload(name),
    );
    save.addEventListener(
      'click',
      reportingErrors(session, async () => {
        const document = shown();
        if (!document) return;
        const stem = document.name.replace(/\.[^.]*$/, '') || 'bioner';
        const { content, extension, mime } = downloadOf(format, document);
        const file = `${stem}.${extension}`;
        download(content, file, mime);
        const left = hiddenIn([state.values.results], state);
        session.showMessage(() => words.status.downloaded(file, left));
      }),
    );
    const copy = make('button', { type: 'button', className: 'export-copy' }, icon(COPY));
    state.watch(['language'], () => {
      copy.title = words.exportCopy(nameOf(format));
      copy.setAttribute('aria-label', copy.title);
    });
    copy.addEventListener(
      'click',
      reportingErrors(session, async () => {
        const document = shown();
        if (!document) return;
        try {
          // The byte order mark is for programs that open files.
          await navigator.clipboard.writeText(fileOf(format.name, document).replace(/^\ufeff/, ''));
        } catch {
          return session.showMessage(() => words.status.notCopied());
        }
        const left = hiddenIn([state.values.results], state);
        session.showMessage(() => words.status.copied(nameOf(format), left));
      }),
    );
    return [save, copy];
  });
}

/**
 * @param {State} state
 * @param {Session} session
 */
export function mountExportOfAll(state, session) {
  fill(byId('export-all'), state, FIRST_OF_ALL, (format) => {
    const name = () =>
      format.filesPerDocument ? words.exportArchive(nameOf(format)) : nameOf(format);
    const save = saveButton(state, format.name, name, (named) => words.exportAllDownload(named));
    save.addEventListener(
      'click',
      reportingErrors(session, async () => {
        const done = state.values.documents.flatMap(({ results }) =>
          results && !results.running ? [results] : [],
        );
        const shown = done.map((results) => asShown(results, state));
        const { content, extension, mime } = exportAll(format, shown);
        const file = `bioner.${extension}`;
        download(content, file, mime);
        const left = hiddenIn(done, state);
        session.showMessage(() => words.status.downloaded(file, left));
      }),
    );
    return [save];
  });
}

/**
 * Fills a bar with the formats, once the documents module is loaded.
 *
 * @param {HTMLElement} bar
 * @param {State} state
 * @param {string[]} first  The formats that have a button of their own.
 * @param {(format: Format) => HTMLElement[]} buttonsOf
 */
function fill(bar, state, first, buttonsOf) {
  let filled = false;
  // If the module could not be loaded, it is tried again together with the model.
  state.watch(['model'], async () => {
    if (
      filled ||
      !(await ready().then(
        () => true,
        () => false,
      )) ||
      filled
    )
      return;
    filled = true;
    addButtons(bar, state, first, buttonsOf);
  });
}

/**
 * @param {HTMLElement} bar
 * @param {State} state
 * @param {string[]} first
 * @param {(format: Format) => HTMLElement[]} buttonsOf
 */
function addButtons(bar, state, first, buttonsOf) {
  const formats = documents().exportFormats();
  const form = (/** @type {Format} */ format) =>
    make('span', { className: 'export-form' }, ...buttonsOf(format));
  const shown = first.flatMap((name) => formats.filter((format) => format.name === name));
  const others = formats.filter((format) => !shown.includes(format));
  const summary = make('summary');
  state.watch(['language'], () => (summary.textContent = words.exportMore));
  const more = make(
    'details',
    { className: 'export-more' },
    summary,
    make('div', { className: 'export-others' }, ...others.map(form)),
  );
  more.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !more.open) return;
    event.stopPropagation(); // the key would cancel the extraction
    more.open = false;
    summary.focus();
  });
  addEventListener('pointerdown', ({ target }) => {
    if (!more.contains(/** @type {Node} */ (target))) more.open = false;
  });
  bar.replaceChildren(...shown.map(form), more);
}

/**
 * What is downloaded of one document. In brat's format the text is a file too: it is left out if it is the same as
 * the reader's own file. If it differs in its line ends, text and annotations are put into an archive.
 *
 * @param {Format} format
 * @param {import('./files.js').Document} document
 */
function downloadOf(format, document) {
  if (format.filesPerDocument && filesOf(format.name, [document])[0].content !== document.text) {
    return exportAll(format, [document]);
  }
  return { content: fileOf(format.name, document), extension: format.extension, mime: format.mime };
}

/**
 * A listener that reports errors in the status line.
 *
 * @param {Session} session
 * @param {() => Promise<unknown>} work
 */
const reportingErrors = (session, work) => () =>
  work().catch((error) => session.reportError(error));

/**
 * The document of a result, with the entities that are shown.
 *
 * @param {import('../state/state.js').Results} results
 * @param {State} state
 */
function asShown(results, { values }) {
  const { text, name, types, format, titleEnd } = results;
  const entities = results.entities.filter((entity) => passes(entity, values));
  return { text, name, types, format, titleEnd, entities, model: values.model?.model.name ?? '' };
}

/**
 * How many entities the filters leave out.
 *
 * @param {(import('../state/state.js').Results | undefined)[]} all
 * @param {State} state
 */
const hiddenIn = (all, { values }) =>
  all.reduce(
    (sum, results) =>
      sum + (results?.entities.filter((entity) => !passes(entity, values)).length ?? 0),
    0,
  );

/** What a format is called in the interface. @param {Format} format */
const nameOf = ({ name }) => EXPORT_NAMES[name] ?? name;

/**
 * @param {State} state
 * @param {string} format
 * @param {() => string} name
 * @param {(name: string) => string} label
 */
function saveButton(state, format, name, label) {
  const shown = make('span');
  const button = make(
    'button',
    { type: 'button', className: 'export-save', 'data-form': format },
    icon(SAVE),
    shown,
  );
  state.watch(['language'], () => {
    shown.textContent = name();
    button.title = /** @type {Record<string, string>} */ (words.exportUnits)[format] ?? '';
    button.setAttribute('aria-label', label(name()));
  });
  return button;
}
