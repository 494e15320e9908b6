// The buttons that hand out the entities: each form as a file, or on the clipboard.

import { text as words } from '../text.js';
import { byId, icon, make } from './dom.js';
import { toBrat, toCsv, toJson, toPubTator } from './exports.js';

const FORMS = /** @type {const} */ ({
  json: { write: toJson, extension: 'json', media: 'application/json' },
  csv: { write: toCsv, extension: 'csv', media: 'text/csv' },
  brat: { write: toBrat, extension: 'ann', media: 'text/plain' },
  pubtator: { write: toPubTator, extension: 'pubtator.txt', media: 'text/plain' },
});

/** @param {import('./state.js').State} state */
export function mountExportBar(state) {
  const bar = byId('export');
  bar.setAttribute('aria-label', words.exportLabel);

  /** @param {keyof typeof FORMS} form */
  const write = (form) => {
    const { results, model } = state.values;
    if (!results) return { content: '', stem: '' };
    const stem = results.name.replace(/\.[^.]*$/, '') || 'bioner';
    return { stem, content: FORMS[form].write({ ...results, model: model?.model.name ?? '' }) };
  };
  /** @param {string} message */
  const say = (message) => {
    if (state.values.phase !== 'working') state.set({ message });
  };

  for (const form of /** @type {(keyof typeof FORMS)[]} */ (Object.keys(FORMS))) {
    const name = words.exportNames[form];
    const title = words.exportUnits[form];
    const save = make('button', { type: 'button', className: 'export-save', title, 'data-form': form });
    save.append(icon('M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10'), name);
    save.setAttribute('aria-label', words.exportDownload(name));
    save.addEventListener('click', () => {
      const { content, stem } = write(form);
      const file = `${stem}.${FORMS[form].extension}`;
      download(content, file, FORMS[form].media);
      say(words.status.downloaded(file));
    });

    const copy = make('button', { type: 'button', className: 'export-copy', title: words.exportCopy(name) });
    copy.append(icon('M5.5 5.5h8v8h-8zM10.500 5.500v-3h-8v8h3'));
    copy.setAttribute('aria-label', words.exportCopy(name));
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(write(form).content);
        say(words.status.copied(name));
      } catch {
        say(words.status.notCopied());
      }
    });
    bar.append(make('span', { className: 'export-form' }, save, copy));
  }
}

/**
 * @param {string} content
 * @param {string} name
 * @param {string} media
 */
function download(content, name, media) {
  // Encoded here: a lone surrogate must not make the whole file fail.
  const url = URL.createObjectURL(new Blob([new TextEncoder().encode(content)], { type: `${media};charset=utf-8` }));
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
