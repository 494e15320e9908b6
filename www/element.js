// <bioner-text>: entities marked in whatever text it is put around, in one line.
//
//   <script type="module" src="https://…/bioner/element.js"></script>
//   <bioner-text types="Disease, Chemical" auto>Aspirin may cause gastric ulcers.</bioner-text>
//
// The text stays where it is and as it is: marks are CSS custom highlights on it, so links, emphasis
// and the page's own scripts are not disturbed. What the element adds (a button, a legend, a status
// line) is in its shadow tree. All elements of a page with the same model share one.
//
// Attributes, events, parts and properties: element.d.ts and docs/API.md.

import { BionerError } from './client.js';
import { abortError } from './client/abort.js';
import { Frame } from './element/frame.js';
import { hit } from './element/hit.js';
import { sharedModel } from './element/models.js';
import { Painter } from './element/painter.js';
import { Passage } from './element/passage.js';
import { adoptRules, HIGHLIGHTS } from './element/rules.js';
import { inPlaces, looksOf } from './shared/looks.js';
import { DEFAULT_PRESET } from './shared/presets.js';

/**
 * @typedef {import('./client.d.ts').Entity} Entity
 * @typedef {import('./element/frame.js').Phase} Phase
 * @typedef {import('./element/frame.js').Mark} Mark
 */

const REREAD_MS = 300; // a text that changes is read again when it has come to rest
const DISPLAYING = ['class', 'hidden', 'open', 'style']; // attributes that show and hide

export class BionerText extends HTMLElement {
  static observedAttributes = ['types', 'preset', 'threshold', 'model', 'auto', 'format'];

  /** @type {Entity[]} */
  #entities = [];
  /** @type {Mark[]} */
  #marks = [];
  /** @type {Phase} */
  #phase = 'idle';
  /** @type {AbortController | undefined} */
  #running;
  #read = ''; // the text the entities are of
  #painter = new Painter(HIGHLIGHTS);
  #frame = new Frame(this, {
    onButton: () => this.extract().catch(() => {}), // told by the event and the status
    onToggle: () => this.#paint(),
  });
  #changes = new MutationObserver((records) => {
    // Without `auto`, a press that unfolds something must not take the marks away.
    if (records.some(({ type }) => type !== 'attributes')) this.#changed();
    else if (this.auto) this.#soonChanged();
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #shown;

  connectedCallback() {
    this.#changes.observe(this, {
      childList: true,
      characterData: true,
      subtree: true,
      attributeFilter: DISPLAYING,
    });
    this.addEventListener('pointermove', this.#look);
    this.addEventListener('pointerleave', this.#unlook);
    this.#frame.show(this.#phase);
    if (this.auto) this.#soon();
  }

  disconnectedCallback() {
    this.#changes.disconnect();
    this.removeEventListener('pointermove', this.#look);
    this.removeEventListener('pointerleave', this.#unlook);
    clearTimeout(this.#timer);
    clearTimeout(this.#shown);
    this.cancel();
    this.#forget();
    this.#set('idle'); // where it is put again, it begins anew
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.isConnected || before === now) return;
    if (name === 'threshold') return this.#paint();
    if (name === 'auto' ? this.auto : this.#phase !== 'idle') this.#soon();
  }

  /** What to look for; empty where the preset says it. */
  get types() {
    const listed = (this.getAttribute('types') ?? '')
      .split(',')
      .map((type) => type.trim())
      .filter(Boolean);
    return [...new Set(listed)];
  }
  set types(types) {
    this.setAttribute('types', types.join(', '));
  }

  /** Whose types to look for where none are named. */
  get preset() {
    return this.getAttribute('preset')?.trim() || DEFAULT_PRESET;
  }
  set preset(preset) {
    this.setAttribute('preset', preset);
  }

  /** Entities the model is less sure of are not marked, 0 to 1. */
  get threshold() {
    const value = Number(this.getAttribute('threshold'));
    return value >= 0 && value <= 1 ? value : 0;
  }
  set threshold(value) {
    this.setAttribute('threshold', String(value));
  }

  /** Whether to begin without being asked, and again when the text changes. */
  get auto() {
    return this.hasAttribute('auto');
  }
  set auto(value) {
    this.toggleAttribute('auto', value);
  }

  /** All that was found, whatever the threshold; offsets refer to `text`. @returns {readonly Entity[]} */
  get entities() {
    return this.#entities;
  }

  /** The text as it was read. */
  get text() {
    return this.#read;
  }

  /** @returns {Phase} */
  get phase() {
    return this.#phase;
  }

  /** Reads the text as it is now. A call before it drops the one that is running. */
  async extract() {
    clearTimeout(this.#timer);
    this.cancel();
    this.#forget();
    const running = (this.#running = new AbortController());
    const passage = new Passage([this]);
    this.#read = passage.text;
    try {
      if (this.#read) await this.#follow(passage, running.signal);
      this.#set('done');
      this.#tell(true);
      return this.#entities;
    } catch (error) {
      if (running.signal.aborted) throw error;
      this.#set('error', error);
      this.dispatchEvent(new CustomEvent('error', { detail: asBionerError(error) }));
      throw error;
    } finally {
      if (this.#running === running) this.#running = undefined;
    }
  }

  /** Stops what is running. What has been found stays. */
  cancel() {
    this.#running?.abort();
    this.#running = undefined;
    if (this.#phase === 'loading' || this.#phase === 'working') this.#set('idle');
  }

  /**
   * @param {Passage} passage
   * @param {AbortSignal} signal
   */
  async #follow(passage, signal) {
    this.#set('loading');
    const ner = await sharedModel(
      { model: this.getAttribute('model'), module: this.getAttribute('module') },
      (progress) =>
        !signal.aborted &&
        this.#frame.progress(progress.total ? progress.loaded / progress.total : 0),
    );
    if (signal.aborted) throw abortError(signal);
    const { types, preset } = this;
    const options = {
      ...(types.length ? { types } : { preset }),
      format: this.getAttribute('format') ?? undefined,
      assertion: false, // marks do not show it
      signal,
    };
    for await (const { entities, done, total } of ner.extract(passage.text, options)) {
      this.#set('working');
      this.#frame.progress(total ? done / total : 0);
      for (const entity of entities) {
        this.#entities.push(entity);
        const range = passage.range(entity.start, entity.end);
        if (range) this.#marks.push({ ...entity, range });
      }
      if (!entities.length) continue;
      this.#paint();
      this.#tell(false);
    }
  }

  /** @param {boolean} complete */
  #tell(complete) {
    const detail = { entities: [...this.#entities], text: this.#read, complete };
    this.dispatchEvent(new CustomEvent('entities', { detail }));
  }

  /**
   * @param {Phase} phase
   * @param {unknown} [error]
   */
  #set(phase, error) {
    this.#phase = phase;
    this.#frame.show(phase, error);
  }

  #forget() {
    this.#painter.clear();
    this.#entities = [];
    this.#marks = [];
    this.#frame.legend([], new Map());
  }

  #paint() {
    const { types } = this;
    // Which types a preset has, only the model's module knows. All of them have places of their own, so their
    // looks do not depend on which have been found so far.
    const looks = looksOf(types.length ? types : inPlaces(this.#marks.map(({ type }) => type)));
    adoptRules(this.ownerDocument, looks.values());
    const sure = this.#marks.filter(({ score }) => score >= this.threshold);
    this.#frame.legend(sure, looks);
    this.#painter.clear();
    for (const { range, type } of sure) {
      const look = looks.get(type);
      if (look && !this.#frame.hidden.has(type)) this.#painter.paint(range, look.name);
    }
  }

  #changed() {
    if (
      new Passage([this]).text === this.#read &&
      this.#marks.every(({ range }) => !range.collapsed)
    )
      return;
    this.#painter.clear(); // they are on words that may be gone
    if (this.auto) this.#soon();
    else if (this.#phase !== 'idle') {
      this.cancel();
      this.#forget();
      this.#set('idle');
    }
  }

  /** After a burst of changes that may have shown or hidden something. */
  #soonChanged() {
    clearTimeout(this.#shown);
    this.#shown = setTimeout(() => this.isConnected && this.#changed(), REREAD_MS);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.extract().catch(() => {}),
      this.#phase === 'idle' ? 0 : REREAD_MS,
    );
  }

  #look = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const shown = this.#marks.filter(
      ({ type, score }) => score >= this.threshold && !this.#frame.hidden.has(type),
    );
    const mark = hit(shown, clientX, clientY);
    if (mark) this.#frame.tip(mark, clientX, clientY);
    else this.#frame.untip();
  };
  #unlook = () => this.#frame.untip();
}

/** @param {unknown} error */
function asBionerError(error) {
  return error instanceof BionerError
    ? error
    : new BionerError('internal', String(error), { cause: error });
}

if (!customElements.get('bioner-text')) customElements.define('bioner-text', BionerText);
