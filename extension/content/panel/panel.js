// The panel: one element, added to the document beside its body, with a closed shadow tree, so that
// page and panel can neither style nor read each other. It lies on the page and not in the browser's
// side panel because it has to be beside the text it is about, one click away, the same in Chrome
// and Firefox, and because the tip under the pointer needs a place on the page anyway.

import { coalesced, DRAWINGS, icon, make } from '../../../www/shared/dom.js';
import { counted, errorWords, percent, word } from '../../shared/words.js';
import { ExportBar } from './export-bar.js';
import { Groups } from './groups.js';
import { STYLE } from './style.js';
import { Tip } from './tip.js';

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('../article.js').Mark} Mark
 */

const UPDATE_EVERY_MS = 16;
const FOLD = 'M4 10l4-4 4 4';
const GEAR = 'M2 4.500h7M12 4.500h2M2 11.500h2M7 11.500h7M10.500 2.800v3.400M5.500 9.800v3.400';

export class Panel {
  /** Whether the reader sees more than the pill. */
  open = false;
  #session;
  #host = document.createElement('bioner-panel');
  #root = this.#host.attachShadow({ mode: 'closed' });
  #status = make('p', { role: 'status', className: 'status' });
  #progress = make('progress', { max: 1 });
  #action = make('button', { type: 'button', className: 'main' });
  #count = make('span', { className: 'count' });
  #pill = make('button', { type: 'button', className: 'pill' });
  #frame = make('section', {
    role: 'complementary',
    'aria-label': word('panelLabel'),
    lang: word('language'),
  });
  #filter = make('div', { className: 'filter' });
  #slider = make('input', { type: 'range', min: '0', max: '1', step: '0.01', id: 'threshold' });
  #threshold = make('output', {});
  #tip = new Tip();
  #groups;
  #exports;
  /** Shows what is the case now, soon. */
  update;

  /** @param {Session} session */
  constructor(session) {
    this.#session = session;
    this.#groups = new Groups(session);
    this.#exports = new ExportBar(session, (message) => this.#say(message));
    this.update = coalesced(() => this.#show(), UPDATE_EVERY_MS);
    this.#build();
  }

  show() {
    this.open = true;
    this.#attach();
  }

  /** Only the pill, for pages that are marked without being asked. */
  fold() {
    this.open = false;
    this.#attach();
  }

  close() {
    this.open = false;
    this.#tip.hide();
    this.#host.remove();
  }

  /**
   * @param {Mark} mark
   * @param {number} x
   * @param {number} y
   */
  tip(mark, x, y) {
    this.#tip.show(mark, this.#session.marker.looks.get(mark.type), x, y);
  }

  hideTip() {
    this.#tip.hide();
  }

  #attach() {
    if (!this.#host.isConnected) document.documentElement.append(this.#host);
    this.#show();
  }

  #build() {
    const session = this.#session;
    const button = (
      /** @type {string} */ path,
      /** @type {string} */ label,
      /** @type {() => void} */ onClick,
    ) => {
      const element = make(
        'button',
        { type: 'button', className: 'icon-button', title: label, 'aria-label': label },
        icon(path),
      );
      element.addEventListener('click', onClick);
      return element;
    };
    const header = make(
      'header',
      {},
      make('h2', {}, 'bioner'),
      this.#count,
      button(GEAR, word('openOptions'), () => chrome.runtime.sendMessage({ kind: 'options' })),
      button(FOLD, word('fold'), () => this.fold()),
      button(DRAWINGS.close, word('close'), () => session.turnOff()),
    );
    this.#slider.addEventListener('input', () =>
      session.setThreshold(this.#slider.valueAsNumber, false),
    );
    this.#slider.addEventListener('change', () =>
      session.setThreshold(this.#slider.valueAsNumber, true),
    );
    this.#filter.append(
      make('label', { htmlFor: 'threshold' }, word('threshold')),
      this.#slider,
      this.#threshold,
    );
    this.#action.addEventListener('click', () =>
      session.offered ? session.turnOn() : session.retry(),
    );
    this.#pill.addEventListener('click', () => this.show());
    this.#frame.append(
      header,
      this.#status,
      this.#progress,
      this.#action,
      this.#filter,
      this.#groups.element,
      this.#exports.element,
      make('p', { className: 'care' }, word('care')),
    );
    this.#frame.addEventListener('keydown', (event) => {
      event.stopPropagation(); // the page's shortcuts are not meant for the panel
      if (event.key !== 'Escape') return;
      this.fold();
      this.#pill.focus();
    });
    this.#root.append(this.#pill, this.#frame, this.#tip.element);
    addStyle(this.#root);
  }

  #show() {
    if (!this.#host.isConnected) return;
    const session = this.#session;
    const { error, offered, settings, texts } = session;
    const marks = texts.flatMap((text) => text.marks.filter((mark) => session.marker.isSure(mark)));
    const found = marks.length;
    this.#frame.hidden = !this.open;
    this.#pill.hidden = this.open;
    this.#pill.textContent = error ? 'bioner: !' : counted('entities', found);
    this.#pill.title = word('unfold');
    this.#count.textContent = found ? found.toLocaleString() : '';
    this.#say(this.#sentence(found));
    const { busy, done, total } = progressOf(texts);
    this.#progress.hidden = !busy || Boolean(error);
    const { loading } = session;
    if (loading?.total) this.#progress.value = loading.loaded / loading.total;
    else if (total && done) this.#progress.value = done / total;
    else this.#progress.removeAttribute('value');
    this.#action.hidden = !offered && !texts.some(({ phase }) => phase === 'failed');
    this.#action.textContent = offered ? word('markNew') : word('retry');
    this.#status.classList.toggle('failed', Boolean(error));
    this.#filter.hidden = !found && !settings.threshold;
    if (document.activeElement !== this.#host) this.#slider.value = String(settings.threshold);
    this.#slider.setAttribute('aria-valuetext', percent(settings.threshold));
    this.#threshold.textContent = percent(settings.threshold);
    this.#groups.show(marks);
    this.#exports.show(found > 0);
  }

  /**
   * What is the case.
   *
   * @param {number} found
   */
  #sentence(found) {
    const { error, offered, active, texts, loading } = this.#session;
    if (error) return errorWords(error);
    if (offered) return word('statusChanged');
    const { busy, finished, done, total } = progressOf(texts);
    if (loading)
      return word('statusLoading', percent(loading.total ? loading.loaded / loading.total : 0));
    if (busy && total) return word('statusWorking', done, total);
    if (busy) return word('statusWaiting');
    if (!active || !texts.length) return word('statusOff');
    if (!finished) return word('statusWaiting');
    if (finished < texts.length) return counted('statusDoneList', finished, texts.length);
    if (!found) return word('statusNone');
    return texts.length > 1 ? word('statusDoneAll', texts.length) : word('statusDone');
  }

  /** @param {string} message */
  #say(message) {
    if (this.#status.textContent !== message) this.#status.textContent = message; // else it is read out again
  }
}

/**
 * How far the work is, in texts and in the sentences of those that are being read.
 *
 * @param {import('../article.js').Article[]} texts
 */
function progressOf(texts) {
  const busy = texts.filter(({ phase }) => phase === 'queued' || phase === 'working');
  return {
    busy: busy.length,
    finished: texts.filter(({ phase }) => phase === 'done').length,
    done: busy.reduce((sum, text) => sum + text.done, 0),
    total: busy.reduce((sum, text) => sum + text.total, 0),
  };
}

/** @param {ShadowRoot} root */
function addStyle(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make('style', {}, STYLE)); // Firefox keeps content scripts from the page's sheets
  }
}
