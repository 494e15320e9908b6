// The buttons that hand out the entities: each form as a file, or on the clipboard. What the filters
// hide is not handed out.

import { documents, ready } from '../../shared/documents.js';
import { text as words } from '../../text.js';
import { byId, icon, make } from '../common/dom.js';
import { passes } from '../entities/visible.js';
import { filesOf, toPubTator, written } from './files.js';
import { later } from '../lazy.js';

/**
 * @typedef {import('../state/state.js').State} State
 * @typedef {import('../state/session.js').Session} Session
 * @typedef {import('../../shared/documents.js').ExportFormat} Format
 */

/** What is in view; the other formats are one press away. */
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
    const save = saveButton(state, format.name, () => nameOf(format), (name) => words.exportDownload(name));
    save.addEventListener('click', guardedClick(session, async () => {
      const document = shown();
      if (!document) return;
      const stem = document.name.replace(/\.[^.]*$/, '') || 'bioner';
      const { content, extension, mime } = await fileOf(format, document);
      const file = `${stem}.${extension}`;
      download(content, file, mime);
      session.say(() => words.status.downloaded(file));
    }));
    const copy = make('button', { type: 'button', className: 'export-copy' }, icon(COPY));
    state.watch(['language'], () => {
      copy.title = words.exportCopy(nameOf(format));
      copy.setAttribute('aria-label', copy.title);
    });
    copy.addEventListener('click', guardedClick(session, async () => {
      const document = shown();
      if (!document) return;
      try {
        // The mark at the beginning is for programs that open files.
        await navigator.clipboard.writeText(contentOf(format, document).replace(/^\ufeff/, ''));
      } catch {
        return session.say(() => words.status.notCopied());
      }
      session.say(() => words.status.copied(nameOf(format)));
    }));
    return [save, copy];
  });
}

/**
 * @param {State} state
 * @param {Session} session
 */
export function mountExportOfAll(state, session) {
  fill(byId('export-all'), state, FIRST_OF_ALL, (format) => {
    const name = () => (format.filesPerDocument ? words.exportArchive(nameOf(format)) : nameOf(format));
    const save = saveButton(state, format.name, name, (named) => words.exportAllDownload(named));
    save.addEventListener('click', guardedClick(session, async () => {
      const done = state.values.documents.flatMap(({ results }) => (results && !results.running ? [asShown(results, state)] : []));
      const { content, extension, mime } = (await later.exportAll()).exportAll(format, done);
      const file = `bioner.${extension}`;
      download(content, file, mime);
      session.say(() => words.status.downloaded(file));
    }));
    return [save];
  });
}

/**
 * Puts the formats into a bar, as soon as it is known which there are.
 *
 * @param {HTMLElement} bar
 * @param {State} state
 * @param {string[]} foremost  The formats that are in view.
 * @param {(format: Format) => HTMLElement[]} buttonsOf
 */
function fill(bar, state, foremost, buttonsOf) {
  let filled = false;
  // Where the module could not be loaded, it is tried again together with the model.
  state.watch(['model'], async () => {
    if (filled || !(await ready().then(() => true, () => false)) || filled) return;
    filled = true;
    put(bar, state, foremost, buttonsOf);
  });
}

/**
 * @param {HTMLElement} bar
 * @param {State} state
 * @param {string[]} foremost
 * @param {(format: Format) => HTMLElement[]} buttonsOf
 */
function put(bar, state, foremost, buttonsOf) {
  const formats = documents().exportFormats();
  const form = (/** @type {Format} */ format) => make('span', { className: 'export-form' }, ...buttonsOf(format));
  const first = foremost.flatMap((name) => formats.filter((format) => format.name === name));
  const others = formats.filter((format) => !first.includes(format));
  const summary = make('summary');
  state.watch(['language'], () => (summary.textContent = words.exportMore));
  const more = make('details', { className: 'export-more' }, summary, make('div', { className: 'export-others' }, ...others.map(form)));
  more.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !more.open) return;
    event.stopPropagation(); // and cancels nothing
    more.open = false;
    summary.focus();
  });
  addEventListener('pointerdown', ({ target }) => {
    if (!more.contains(/** @type {Node} */ (target))) more.open = false;
  });
  bar.replaceChildren(...first.map(form), more);
}

/**
 * The file of one document. What brat has beside the annotations is the reader's own file, unless brat
 * would count its line ends in another way: then both go out together.
 *
 * @param {Format} format
 * @param {import('./files.js').Document} document
 */
async function fileOf(format, document) {
  if (format.filesPerDocument && filesOf(format.name, [document])[0].content !== document.text) {
    return (await later.exportAll()).exportAll(format, [document]);
  }
  return { content: contentOf(format, document), extension: format.extension, mime: format.mime };
}

/**
 * @param {Format} format
 * @param {import('./files.js').Document} document
 */
function contentOf({ name }, document) {
  return name === 'pubtator' ? toPubTator(document) : written(name, document);
}

/**
 * What went wrong on a press is told in the status line.
 *
 * @param {Session} session
 * @param {() => Promise<unknown>} work
 */
const guardedClick = (session, work) => () => work().catch((error) => session.tell(error));

/**
 * @param {import('../state/state.js').Results} results
 * @param {State} state
 */
function asShown(results, { values }) {
  const { text, name, types, format, titleEnd } = results;
  const entities = results.entities.filter((entity) => passes(entity, values));
  return { text, name, types, format, titleEnd, entities, model: values.model?.model.name ?? '' };
}

/** What a format is called. One that the words do not know yet has its own name. @param {Format} format */
const nameOf = ({ name }) => /** @type {Record<string, string>} */ (words.exportNames)[name] ?? name;

/**
 * @param {State} state
 * @param {string} format
 * @param {() => string} name
 * @param {(name: string) => string} label
 */
function saveButton(state, format, name, label) {
  const shown = make('span');
  const button = make('button', { type: 'button', className: 'export-save', 'data-form': format }, icon(SAVE), shown);
  state.watch(['language'], () => {
    shown.textContent = name();
    button.title = /** @type {Record<string, string>} */ (words.exportUnits)[format] ?? '';
    button.setAttribute('aria-label', label(name()));
  });
  return button;
}

/**
 * @param {string | Blob} content
 * @param {string} name
 * @param {string} media
 */
function download(content, name, media) {
  // Encoded here: a lone surrogate must not make the whole file fail.
  const blob = content instanceof Blob ? content : new Blob([new TextEncoder().encode(content)], { type: `${media};charset=utf-8` });
  const url = URL.createObjectURL(blob);
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
