// What is shown, taken along: copied as lines, or as a file.

import { toCsv, toJson, toPubTator } from '../../shared/export.js';
import { typeName, word } from '../../shared/words.js';
import { make } from './dom.js';

const FORMS = [
  { name: 'CSV', extension: 'csv', type: 'text/csv', write: toCsv },
  { name: 'JSON', extension: 'json', type: 'application/json', write: toJson },
  { name: 'PubTator', extension: 'pubtator', type: 'text/plain', write: toPubTator },
];

export class ExportBar {
  element = make('footer', { role: 'group', 'aria-label': word('exportLabel') });
  #session;
  #say;

  /**
   * @param {import('../session.js').Session} session
   * @param {(message: string) => void} say
   */
  constructor(session, say) {
    this.#session = session;
    this.#say = say;
    const button = (/** @type {string} */ label, /** @type {() => void} */ onClick) => {
      const element = make('button', { type: 'button' }, label);
      element.addEventListener('click', onClick);
      return element;
    };
    this.element.append(
      button(word('copy'), () => this.#copy()),
      ...FORMS.map((form) => button(form.name, () => this.#save(form))),
    );
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

  /** @param {typeof FORMS[number]} form */
  #save({ extension, type, write }) {
    const documents = this.#session.exported();
    const url = URL.createObjectURL(new Blob([write(documents)], { type: `${type};charset=utf-8` }));
    const name = documents.length === 1 && documents[0].id !== '1' ? documents[0].id : 'texts';
    const link = make('a', { href: url, download: `bioner-${name}.${extension}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
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
