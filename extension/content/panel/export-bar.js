// What is shown, taken along: copied as lines, or as a file.

import { zip } from '../../../www/shared/zip.js';
import { errorWords, typeName, word } from '../../shared/words.js';
import { make } from './dom.js';

/** @typedef {import('../../../www/shared/documents.js').ExportFormat} Format */

/** In the order of the buttons. Formats are called the same in every language. @type {Record<string, string>} */
const NAMES = {
  csv: 'CSV', json: 'JSON', pubtator: 'PubTator', brat: 'BRAT', 'bioc-xml': 'BioC XML', 'bioc-json': 'BioC JSON',
  'json-lines': 'JSON Lines', conll: 'CoNLL', 'web-annotation': 'Web Annotation',
};

export class ExportBar {
  element = make('footer', { role: 'group', 'aria-label': word('exportLabel') });
  #session;
  #say;
  #filled = false;

  /**
   * @param {import('../session.js').Session} session
   * @param {(message: string) => void} say
   */
  constructor(session, say) {
    this.#session = session;
    this.#say = say;
    this.element.append(button(word('copy'), () => this.#copy()));
    this.element.hidden = true;
  }

  /** @param {boolean} any  Whether there is anything to be taken along. */
  show(any) {
    this.element.hidden = !any;
    if (any && !this.#filled) this.#fill();
  }

  /** The model's document knows which formats there are; it is awake, for it has found something. */
  async #fill() {
    this.#filled = true;
    try {
      const formats = await this.#session.formats();
      const place = (/** @type {Format} */ { name }) => (Object.keys(NAMES).indexOf(name) + 1 || Infinity);
      formats.sort((a, b) => place(a) - place(b));
      this.element.append(...formats.map((format) => button(NAMES[format.name] ?? format.name, () => this.#save(format))));
    } catch {
      this.#filled = false; // at the next change
    }
  }

  async #copy() {
    const lines = this.#session.shown.map(({ type, text }) => `${typeName(type)}\t${text.replace(/\s+/g, ' ')}`);
    const text = [...new Set(lines)].join('\n');
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyByEvent(text)) return this.#say(word('copyFailed')); // a page without https
    }
    this.#say(word('copied'));
  }

  /** @param {Format} format */
  async #save({ name, extension, mime, filesPerDocument }) {
    try {
      const { documents, files } = await this.#session.written(name);
      const stem = documents.length === 1 && documents[0].id !== '1' ? documents[0].id : 'texts';
      const text = files.map(({ content }) => content).join('');
      const blob = filesPerDocument ? zip(files) : new Blob([text], { type: `${mime};charset=utf-8` });
      const url = URL.createObjectURL(blob);
      make('a', { href: url, download: `bioner-${stem}.${filesPerDocument ? 'zip' : extension}` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      this.#say(errorWords(/** @type {{ code?: string }} */ (error ?? {})));
    }
  }
}

/**
 * @param {string} label
 * @param {() => void} onClick
 */
function button(label, onClick) {
  const element = make('button', { type: 'button' }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** @param {string} text */
function copyByEvent(text) {
  const put = (/** @type {ClipboardEvent} */ event) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  addEventListener('copy', put, { capture: true });
  const copied = document.execCommand('copy');
  removeEventListener('copy', put, { capture: true });
  return copied;
}
