// What is shown, taken along: copied as lines, or as a file.

import { download, make } from '../../../www/shared/dom.js';
import { asOneFile, EXPORT_NAMES } from '../../../www/shared/exports.js';
import { oneLine } from '../../../www/shared/text.js';
import { errorWords, typeName, word } from '../../shared/words.js';

/** @typedef {import('../../../www/shared/documents.js').ExportFormat} Format */

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
      const place = (/** @type {Format} */ { name }) =>
        Object.keys(EXPORT_NAMES).indexOf(name) + 1 || Infinity;
      formats.sort((a, b) => place(a) - place(b));
      this.element.append(
        ...formats.map((format) =>
          button(EXPORT_NAMES[format.name] ?? format.name, () => this.#save(format)),
        ),
      );
    } catch {
      this.#filled = false; // at the next change
    }
  }

  async #copy() {
    const lines = this.#session.shown.map(
      ({ type, text }) => `${typeName(type)}\t${oneLine(text)}`,
    );
    const text = [...new Set(lines)].join('\n');
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      if (!copyByEvent(text)) return this.#say(word('copyFailed')); // a page without https
    }
    this.#say(word('copied'));
  }

  /** @param {Format} format */
  async #save(format) {
    try {
      const { documents, files } = await this.#session.written(format.name);
      const stem = documents.length === 1 && documents[0].id !== '1' ? documents[0].id : 'texts';
      const { content, extension, mime } = asOneFile(format, files);
      download(content, `bioner-${stem}.${extension}`, mime);
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
