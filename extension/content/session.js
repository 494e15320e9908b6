// What happens on one page: texts are found, read as they come into view, marked, and followed when
// the page changes. The panel shows what this knows.

import {
  askedKey,
  changeSettings,
  DEFAULTS,
  onSettings,
  readSettings,
} from '../shared/settings.js';
import { Article } from './article.js';
import { mountHover } from './hover.js';
import { Marker } from './marker.js';
import { Panel } from './panel/panel.js';
import { Reader } from './reader.js';
import { elementOf, selectedText } from './selection.js';
import { findTexts } from './sites.js';
import { watchPage } from './watch.js';

/**
 * @typedef {import('./article.js').Mark} Mark
 * @typedef {import('../shared/settings.js').Settings} Settings
 */

const VIEW_MARGIN = '300px'; // a little ahead of the reader

export class Session {
  /** @type {Settings} */
  settings = DEFAULTS;
  marker = new Marker();
  /** Whether this page is to be marked. */
  on = false;
  /** There are texts the reader has not asked for: the page has moved on. */
  offered = false;
  /** @type {import('../shared/words.js').Failure | undefined} */
  error;
  /** @type {{ loaded: number, total: number } | undefined} */
  loading;

  /** @type {Map<Element, Article>} */
  #articles = new Map();
  /** @type {Article[]} */
  #selections = [];
  #known = false;
  #address = '';
  #reader = new Reader({
    onLoading: (progress) => {
      this.loading = progress;
      this.panel.update();
    },
    onMarks: (marks) => {
      this.marker.paint(marks);
      this.panel.update();
    },
    onDrop: (marks) => this.marker.erase(marks),
  });
  #inView = new IntersectionObserver((entries) => this.#onView(entries), {
    rootMargin: VIEW_MARGIN,
  });
  panel = new Panel(this);

  /** @param {boolean} known  Whether this is a page of one of the sites. */
  async start(known) {
    this.#known = known;
    onSettings((settings) => this.#adopt(settings));
    mountHover(this);
    this.settings = await readSettings().catch(() => DEFAULTS);
    this.marker.adopt(this.settings);
    if (!known) return;
    watchPage(() => this.#refresh());
    this.#refresh();
  }

  /** Every text that is followed. */
  get texts() {
    return [...this.#articles.values(), ...this.#selections];
  }

  /** The texts that the reader has asked for. */
  get #followed() {
    return this.on ? this.texts : this.#selections;
  }

  /** Whether there is anything of ours on the page. */
  get active() {
    return this.on || this.offered || this.#selections.length > 0;
  }

  /** The marks that are shown, in the order of the page. @returns {Mark[]} */
  get shown() {
    return this.texts.flatMap(({ marks }) => marks.filter((mark) => this.marker.isShown(mark)));
  }

  /** The toolbar button: on, then the panel if it is away, then off. Words selected meanwhile are marked too. */
  click() {
    if (this.offered) return this.turnOn();
    const selected = selectedText();
    if (this.active) {
      if (selected && !selected.isPartOf(this.#followed)) return this.markSelection();
      return this.panel.open ? this.turnOff() : this.panel.show();
    }
    if (this.#known) this.#find();
    if (this.#articles.size) return this.turnOn();
    if (selected) return this.markSelection();
    if (this.panel.open) return this.turnOff();
    this.error = { code: this.#known ? 'nothing' : 'elsewhere' };
    this.panel.show();
  }

  /** @param {{ quietly?: boolean }} [options]  Quietly: with the panel folded. */
  turnOn({ quietly = false } = {}) {
    this.on = true;
    this.offered = false;
    this.error = undefined;
    this.#address = address();
    this.marker.style();
    for (const article of this.#articles.values()) this.#follow(article);
    if (quietly) this.panel.fold();
    else this.panel.show();
  }

  turnOff() {
    this.on = this.offered = false;
    this.error = undefined;
    for (const article of this.texts) this.#leave(article);
    this.#selections = [];
    this.marker.clear();
    this.#reader.close();
    this.panel.close();
  }

  /** Marks the selected words. Those that are marked already are not marked a second time. */
  markSelection() {
    const article = selectedText();
    this.error = article ? undefined : { code: 'no_selection' };
    const followed = this.#followed.filter(({ phase }) => phase !== 'failed');
    if (article && !article.isPartOf(followed)) {
      for (const old of this.#selections) if (old.isPartOf([article])) this.#leave(old);
      this.#selections = [...this.#selections.filter((old) => !old.isPartOf([article])), article];
      this.marker.style();
      this.#work(article);
    }
    this.panel.show();
  }

  /** After a failure. */
  retry() {
    this.error = undefined;
    for (const article of this.texts) if (article.phase === 'failed') this.#work(article);
    this.panel.update();
  }

  /** Which files can be written. */
  formats() {
    return this.#reader.formats();
  }

  /**
   * What is shown, as files.
   *
   * @param {string} format
   */
  async written(format) {
    const documents = this.#exported();
    return { documents, files: await this.#reader.write(format, documents) };
  }

  /** What is shown, for files. */
  #exported() {
    return this.texts
      .filter(({ phase }) => phase === 'done' || phase === 'working')
      .map((article, i) => {
        const document = article.exported(
          article.marks.filter((mark) => this.marker.isShown(mark)),
        );
        return { ...document, id: document.id || String(i + 1) };
      });
  }

  /** @param {string} type */
  toggle(type) {
    const { hidden } = this.marker;
    if (!hidden.delete(type)) hidden.add(type);
    this.#repaint();
  }

  /**
   * @param {number} threshold
   * @param {boolean} keep  Not for every step of a slider's way.
   */
  setThreshold(threshold, keep) {
    this.settings = { ...this.settings, threshold };
    this.marker.adopt(this.settings);
    this.#repaint();
    if (keep) changeSettings({ threshold }).catch(() => {}); // an orphaned page cannot keep it
  }

  /** @param {Mark} mark */
  jumpTo(mark) {
    const box = mark.range.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - 60) {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      elementOf(mark.range.startContainer).scrollIntoView({
        block: 'center',
        behavior: calm ? 'auto' : 'smooth',
      });
    }
    this.marker.point(mark);
  }

  /** Brings the articles up to what the page has now. Returns whether any is new. */
  #find() {
    const before = this.#articles;
    let fresh = false;
    this.#articles = new Map();
    for (const found of findTexts(location.hostname)) {
      const article = new Article(found);
      if (!article.text || this.#articles.has(found.home)) continue;
      const old = before.get(found.home);
      const same = old?.text === article.text;
      if (!same) fresh = true;
      this.#articles.set(found.home, same ? old : article);
      if (same && old.marks.length < old.entities.length) this.#redraw(old, article);
    }
    for (const [home, old] of before) if (this.#articles.get(home) !== old) this.#leave(old);
    return fresh;
  }

  /** After a change of the page. */
  #refresh() {
    const { automatic } = this.settings;
    if (!this.active && !automatic) return; // the button looks for itself
    for (const article of this.texts) this.marker.erase(article.dropStale());
    this.#selections = this.#selections.filter(({ home }) => home.isConnected);
    if (this.#find() && this.#articles.size) {
      const moved = this.#address !== address();
      if (automatic) this.turnOn({ quietly: !this.panel.open });
      else if (this.on && !moved)
        for (const article of this.#articles.values()) this.#follow(article);
      else if (this.on) [this.on, this.offered] = [false, true];
    }
    this.panel.update();
  }

  /**
   * The page has drawn the same text anew: the marks go to where it is now.
   *
   * @param {Article} article
   * @param {Article} drawn
   */
  #redraw(article, drawn) {
    this.marker.erase(article.marks);
    article.rebind(drawn.passage);
    this.marker.paint(article.marks);
  }

  /** Works on it now, or when it comes into view. @param {Article} article */
  #follow(article) {
    if (article.phase !== 'waiting') return;
    if (article.listed) this.#inView.observe(article.home);
    else this.#work(article);
  }

  /** @param {Article} article */
  #leave(article) {
    this.#inView.unobserve(article.home);
    article.stop();
    this.marker.erase(article.marks);
    article.forget();
    article.phase = 'waiting';
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onView(entries) {
    if (!this.on) return;
    for (const { target, isIntersecting } of entries) {
      const article = this.#articles.get(target);
      if (isIntersecting && article?.phase === 'waiting') this.#work(article);
      // Scrolled past before its turn came: others first.
      if (!isIntersecting && article?.phase === 'queued') this.#putOff(article);
    }
    this.panel.update();
  }

  /** @param {Article} article */
  #putOff(article) {
    article.stop();
    article.phase = 'waiting';
  }

  /** @param {Article} article */
  async #work(article) {
    const error = await this.#reader.read(article, this.settings);
    if (error) this.error = /** @type {{ code?: string }} */ (error);
    this.panel.update();
  }

  #repaint() {
    this.marker.clear();
    for (const { marks } of this.texts) this.marker.paint(marks);
    this.panel.update();
  }

  /** @param {Settings} settings  Changed on the options page, or in another tab. */
  #adopt(settings) {
    const otherTypes = askedKey(settings) !== askedKey(this.settings);
    this.settings = settings;
    this.marker.adopt(settings);
    if (this.active) this.marker.style();
    this.#repaint();
    if (!this.active || !otherTypes) return;
    this.error = undefined;
    for (const article of this.texts) this.#leave(article);
    if (this.on) for (const article of this.#articles.values()) this.#follow(article);
    for (const article of this.#selections) this.#work(article);
  }
}

/** What stays the same while the reader stays with an article or a list. */
const address = () => location.pathname + location.search;
