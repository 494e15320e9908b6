// The buttons that hand out the entities: each form as a file, or on the clipboard. What the filters
// hide is not handed out.

import { text as words } from '../text.js';
import { byId, icon, make } from './dom.js';
import { passes } from './entities/shown.js';
import { toBrat, toCsv, toJson, toPubTator } from './exports.js';
import { later } from './later.js';

/** @typedef {import('./state.js').State} State */

const FORMS = /** @type {const} */ ({
  json: { write: toJson, extension: 'json', media: 'application/json' },
  csv: { write: toCsv, extension: 'csv', media: 'text/csv' },
  brat: { write: toBrat, extension: 'ann', media: 'text/plain' },
  pubtator: { write: toPubTator, extension: 'pubtator.txt', media: 'text/plain' },
});

const FORMS_OF_ALL = /** @type {const} */ ({
  json: { write: 'toJsonLines', extension: 'jsonl', media: 'application/jsonl' },
  csv: { write: 'toCsvOfAll', extension: 'csv', media: 'text/csv' },
  brat: { write: 'toBratOfAll', extension: 'zip', media: 'application/zip' },
  pubtator: { write: 'toPubTatorOfAll', extension: 'pubtator.txt', media: 'text/plain' },
});

const SAVE = 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10';
const COPY = 'M5.5 5.5h8v8h-8zM10.500 5.500v-3h-8v8h3';

/**
 * @param {State} state
 * @param {import('./session.js').Session} session
 */
export function mountExportBar(state, session) {
  const bar = byId('export');
  /** @param {keyof typeof FORMS} form */
  const write = (form) => {
    const { results } = state.values;
    if (!results) return { content: '', stem: '' };
    const stem = results.name.replace(/\.[^.]*$/, '') || 'bioner';
    return { stem, content: FORMS[form].write(asShown(results, state)) };
  };

  for (const form of /** @type {(keyof typeof FORMS)[]} */ (Object.keys(FORMS))) {
    const save = saveButton(state, form, (now) => now.exportNames[form], (now) => now.exportDownload(now.exportNames[form]));
    save.addEventListener('click', () => {
      const { content, stem } = write(form);
      const file = `${stem}.${FORMS[form].extension}`;
      download(content, file, FORMS[form].media);
      session.say(() => words.status.downloaded(file));
    });

    const copy = make('button', { type: 'button', className: 'export-copy' }, icon(COPY));
    state.watch(['language'], () => {
      copy.title = words.exportCopy(words.exportNames[form]);
      copy.setAttribute('aria-label', copy.title);
    });
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(write(form).content);
        session.say(() => words.status.copied(words.exportNames[form]));
      } catch {
        session.say(() => words.status.notCopied());
      }
    });
    bar.append(make('span', { className: 'export-form' }, save, copy));
  }
}

/**
 * @param {State} state
 * @param {import('./session.js').Session} session
 */
export function mountExportOfAll(state, session) {
  const bar = byId('export-all');
  for (const form of /** @type {(keyof typeof FORMS_OF_ALL)[]} */ (Object.keys(FORMS_OF_ALL))) {
    const { write, extension, media } = FORMS_OF_ALL[form];
    const save = saveButton(state, form, (now) => now.exportAllNames[form], (now) => now.exportAllDownload(now.exportAllNames[form]));
    save.addEventListener('click', async () => {
      const done = state.values.documents.flatMap(({ results }) => (results && !results.running ? [asShown(results, state)] : []));
      const file = `bioner.${extension}`;
      download((await later.exportAll())[write](done), file, media);
      session.say(() => words.status.downloaded(file));
    });
    bar.append(make('span', { className: 'export-form' }, save));
  }
}

/**
 * @param {import('./state.js').Results} results
 * @param {State} state
 */
function asShown(results, { values }) {
  const entities = results.entities.filter((entity) => passes(entity, values));
  return { ...results, entities, model: values.model?.model.name ?? '' };
}

/**
 * @param {State} state
 * @param {keyof typeof FORMS} form
 * @param {(now: typeof words) => string} name
 * @param {(now: typeof words) => string} label
 */
function saveButton(state, form, name, label) {
  const shown = make('span');
  const button = make('button', { type: 'button', className: 'export-save', 'data-form': form }, icon(SAVE), shown);
  state.watch(['language'], () => {
    shown.textContent = name(words);
    button.title = words.exportUnits[form];
    button.setAttribute('aria-label', label(words));
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
