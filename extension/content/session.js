// What happens on one page: texts are found, sent to the model as they come into view, marked, and
// followed when the page changes. The panel shows what this knows.

import { looksOf, rulesOf } from '../../www/element/looks.js';
import { Painter } from '../../www/element/painter.js';
import { Passage } from '../../www/element/passage.js';
import { HIGHLIGHTS } from '../shared/names.js';
import { changeSettings, DEFAULTS, onSettings, readSettings } from '../shared/settings.js';
import { Article } from './article.js';
import { mountHover } from './hover.js';
import { ModelLink } from './model-link.js';
import { Panel } from './panel/panel.js';
import { findTexts } from './sites.js';
import { watchPage } from './watch.js';

/**
 * @typedef {import('./article.js').Mark} Mark
 * @typedef {import('../shared/settings.js').Settings} Settings
 */

const VIEW_MARGIN = '300px'; // a little ahead of the reader
const REMEMBERED = 300; // texts

export class Session {
  /** @type {Settings} */
  settings = DEFAULTS;
  looks = looksOf(DEFAULTS.types);
  /** Types switched off in the panel. @type {Set<string>} */
  hidden = new Set();
  /** Whether this page is to be marked. */
  on = false;
  /** There are texts the reader has not asked for: the page has moved on. */
  offered = false;
  /** @type {{ code?: string, message?: string } | undefined} */
  error;
  /** @type {{ loaded: number, total: number } | undefined} */
  loading;
  /** @type {Map<Element, Article>} */
  articles = new Map();
  /** @type {Article[]} */
  selections = [];

  #known = false;
  #address = '';
  #rules = '';
  #painter = new Painter(HIGHLIGHTS);
  /** What was found in a text before: nothing is computed twice. @type {Map<string, import('./article.js').Entity[]>} */
  #memory = new Map();
  #link = new ModelLink((progress) => {
    this.loading = progress;
    this.panel.update();
  });
  #inView = new IntersectionObserver((entries) => this.#onView(entries), { rootMargin: VIEW_MARGIN });
  panel = new Panel(this);

  /** @param {boolean} known  Whether this is a page of one of the sites. */
  async start(known) {
    this.#known = known;
    onSettings((settings) => this.#adopt(settings));
    mountHover(this);
    if (known) watchPage(() => this.#refresh());
    this.settings = await readSettings();
    this.looks = looksOf(this.settings.types, this.settings);
    if (!known) return;
    this.#find();
    if (this.settings.automatic && this.articles.size) this.turnOn({ quietly: true });
  }

  /** The toolbar button: on, then the panel if it is away, then off. */
  async click() {
    if (this.offered) return this.turnOn();
    if (this.on || this.selections.length) return this.panel.open ? this.turnOff() : this.panel.show();
    if (this.#known) this.#find();
    if (this.articles.size) return this.turnOn();
    if (selectedRange()) return this.markSelection();
    this.error = { code: this.#known ? 'nothing' : 'elsewhere' };
    this.panel.show();
  }

  /** @param {{ quietly?: boolean }} [options]  Quietly: with the panel folded. */
  turnOn({ quietly = false } = {}) {
    this.on = true;
    this.offered = false;
    this.error = undefined;
    this.#address = address();
    this.#style();
    if (quietly) this.panel.fold();
    else this.panel.show();
    for (const article of this.articles.values()) this.#follow(article);
    this.panel.update();
  }

  turnOff() {
    this.on = this.offered = false;
    this.error = undefined;
    for (const article of this.#all()) this.#leave(article);
    this.selections = [];
    this.#painter.clear();
    this.#link.close();
    this.panel.close();
  }

  markSelection() {
    const range = selectedRange();
    this.error = range ? undefined : { code: 'no_selection' };
    this.panel.show();
    if (!range) return;
    const home = elementOf(range.commonAncestorContainer);
    const article = new Article({ home, pieces: [range], pmid: '', listed: false });
    if (!article.text) this.error = { code: 'no_selection' };
    else {
      this.#style();
      this.selections.push(article);
      this.#work(article);
    }
    this.panel.update();
  }

  /** After a failure. */
  retry() {
    this.error = undefined;
    for (const article of this.#all()) if (article.phase === 'failed') this.#work(article);
    this.panel.update();
  }

  /** The marks that are shown, in the order of the page. @returns {Mark[]} */
  shown() {
    const { threshold } = this.settings;
    return this.#all().flatMap(({ marks }) =>
      marks.filter(({ type, score }) => score >= threshold && !this.hidden.has(type)),
    );
  }

  /** All marks the model is sure enough of, also of hidden types. @returns {Mark[]} */
  sure() {
    return this.#all().flatMap(({ marks }) => marks.filter(({ score }) => score >= this.settings.threshold));
  }

  /** How far the work is. */
  progress() {
    const all = this.#all();
    const busy = all.filter(({ phase }) => phase === 'queued' || phase === 'working');
    const sum = (/** @type {'done' | 'total'} */ key) => busy.reduce((total, article) => total + article[key], 0);
    const finished = all.filter(({ phase }) => phase === 'done').length;
    return { busy: busy.length, finished, texts: all.length, done: sum('done'), total: sum('total') };
  }

  exported() {
    const shown = this.shown();
    return this.#all()
      .filter(({ phase }) => phase === 'done' || phase === 'working')
      .map((article, i) => {
        const document = article.exported(shown.filter((mark) => mark.article === article));
        return { ...document, id: document.id || String(i + 1) };
      });
  }

  /** @param {string} type */
  toggle(type) {
    if (!this.hidden.delete(type)) this.hidden.add(type);
    this.#repaint();
  }

  /**
   * @param {number} threshold
   * @param {boolean} keep  Not for every step of a slider's way.
   */
  setThreshold(threshold, keep) {
    this.settings = { ...this.settings, threshold };
    this.#repaint();
    if (keep) changeSettings({ threshold }).catch(() => {}); // an orphaned page cannot keep it
  }

  /** @param {Mark} mark */
  jumpTo({ range }) {
    const box = range.getBoundingClientRect();
    if (box.top < 60 || box.bottom > innerHeight - 60) {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      elementOf(range.startContainer).scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
    }
    this.#painter.point(range);
  }

  #all() {
    return [...this.articles.values(), ...this.selections];
  }

  /** Brings `articles` up to what the page has now. Returns whether there is anything new. */
  #find() {
    const before = this.articles;
    let fresh = false;
    this.articles = new Map();
    for (const found of findTexts(location.hostname)) {
      const article = new Article(found);
      if (!article.text || this.articles.has(found.home)) continue;
      const old = before.get(found.home);
      if (old?.text === article.text) {
        this.articles.set(found.home, old);
        if (old.marks.length < old.entities.length) this.#redraw(old, article.passage);
      } else {
        this.articles.set(found.home, article);
        fresh = true;
      }
    }
    for (const [home, old] of before) if (this.articles.get(home) !== old) this.#leave(old);
    return fresh;
  }

  /** After a change of the page. */
  #refresh() {
    for (const article of this.#all()) for (const { range } of article.dropStale()) this.#painter.erase(range);
    this.selections = this.selections.filter((article) => article.home.isConnected);
    const fresh = this.#find();
    if (fresh && this.articles.size) {
      const moved = this.#address !== address();
      if (this.settings.automatic) this.turnOn({ quietly: !this.panel.open });
      else if (this.on && !moved) for (const article of this.articles.values()) this.#follow(article);
      else if (this.on) [this.on, this.offered] = [false, true];
    }
    this.panel.update();
  }

  /**
   * @param {Article} article
   * @param {Passage} passage
   */
  #redraw(article, passage) {
    for (const { range } of article.marks) this.#painter.erase(range);
    article.rebind(passage);
    this.#paint(article.marks);
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
    for (const { range } of article.marks) this.#painter.erase(range);
    article.forget();
    article.phase = 'waiting';
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onView(entries) {
    if (!this.on) return;
    for (const { target, isIntersecting } of entries) {
      const article = this.articles.get(target);
      if (!article) continue;
      if (isIntersecting && article.phase === 'waiting') this.#work(article);
      // Scrolled past before its turn came: others first.
      if (!isIntersecting && article.phase === 'queued') {
        article.stop();
        article.phase = 'waiting';
      }
    }
    this.panel.update();
  }

  /** @param {Article} article */
  async #work(article) {
    const { types, keepMinutes } = this.settings;
    const key = `${types.join('\n')}\n\n${article.text}`;
    article.forget();
    const running = (article.running = new AbortController());
    const { signal } = running;
    try {
      if (!types.length) throw { code: 'types' };
      const known = this.#memory.get(key);
      if (known) article.take(known);
      else {
        article.phase = 'queued';
        await this.#link.ask({
          text: article.text, types, keepMinutes, signal,
          onRestart: () => this.#leaveMarks(article),
          onPart: ({ entities, done, total }) => {
            this.loading = undefined;
            Object.assign(article, { phase: 'working', done, total });
            const before = article.marks.length;
            article.take(entities);
            this.#paint(article.marks.slice(before));
            this.panel.update();
          },
        });
        this.#remember(key, article.entities);
      }
      article.phase = 'done';
      if (known) this.#paint(article.marks);
    } catch (error) {
      if (signal.aborted) return;
      article.phase = 'failed';
      this.loading = undefined;
      this.error = /** @type {{ code?: string }} */ (error);
    }
    this.panel.update();
  }

  /** @param {Article} article */
  #leaveMarks(article) {
    for (const { range } of article.marks) this.#painter.erase(range);
    article.forget();
  }

  /**
   * @param {string} key
   * @param {import('./article.js').Entity[]} entities
   */
  #remember(key, entities) {
    this.#memory.set(key, entities);
    const oldest = this.#memory.keys().next().value;
    if (this.#memory.size > REMEMBERED && oldest !== undefined) this.#memory.delete(oldest);
  }

  /** @param {Mark[]} marks */
  #paint(marks) {
    for (const { range, type, score } of marks) {
      const look = this.looks.get(type);
      if (look && score >= this.settings.threshold && !this.hidden.has(type)) this.#painter.paint(range, look.name);
    }
  }

  #repaint() {
    this.#painter.clear();
    for (const article of this.#all()) this.#paint(article.marks);
    this.panel.update();
  }

  /** @param {Settings} settings  Changed on the options page, or in another tab. */
  #adopt(settings) {
    const other = settings.types.join('\n') !== this.settings.types.join('\n');
    this.settings = settings;
    this.looks = looksOf(settings.types, settings);
    const active = this.on || this.selections.length > 0;
    if (active) this.#style();
    this.#repaint();
    if (!active || !other) return;
    const { selections } = this;
    this.error = undefined;
    for (const article of this.#all()) this.#leave(article);
    for (const article of this.articles.values()) if (this.on) this.#follow(article);
    for (const article of selections) this.#work(article);
  }

  /** Rules go in beside the page's own, not into its tree, and whatever its policy says. */
  async #style() {
    const rules = rulesOf(this.looks.values(), HIGHLIGHTS);
    if (rules === this.#rules) return;
    const remove = this.#rules;
    this.#rules = rules;
    const answer = await chrome.runtime.sendMessage({ kind: 'style', add: rules, remove }).catch(() => undefined);
    if (!answer?.ok) this.#rules = remove;
  }
}

/** What stays the same while the reader stays with an article or a list. */
const address = () => location.pathname + location.search;

function selectedRange() {
  const selection = getSelection();
  return selection?.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0).cloneRange() : undefined;
}

/** @param {Node} node */
function elementOf(node) {
  return /** @type {Element} */ (node instanceof Element ? node : node.parentElement ?? document.documentElement);
}
