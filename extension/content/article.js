// One text on the page: what it says, what has been found in it, and where that lies.

import { Passage, says } from '../../www/element/passage.js';

/**
 * @typedef {import('../../www/client.d.ts').Entity} Entity
 *
 * A text for files: title, a line break, abstract.
 * @typedef {object} Exported
 * @property {string} id  The PMID where there is one.
 * @property {string} url
 * @property {string} text
 * @property {number} titleEnd  Where the title ends in `text`.
 * @property {Entity[]} entities  Offsets in UTF-16 code units of `text`.
 *
 * @typedef {Entity & { range: Range, article: Article }} Mark
 * @typedef {'waiting' | 'queued' | 'working' | 'done' | 'failed'} Phase
 */

export class Article {
  /** @type {Entity[]} */
  entities = [];
  /** Those of `entities` that still lie on the page. @type {Mark[]} */
  marks = [];
  /** @type {Phase} */
  phase = 'waiting';
  /** Sentences. */
  done = 0;
  total = 0;
  /** @type {AbortController | undefined} */
  running;

  /** @param {{ home: Element, pieces: (Element | Range)[], pmid: string, listed: boolean }} found */
  constructor({ home, pieces, pmid, listed }) {
    this.home = home;
    this.pmid = pmid;
    this.listed = listed;
    this.passage = new Passage(pieces);
  }

  get text() {
    return this.passage.text;
  }

  /**
   * @param {Entity[]} entities  Just found.
   * @returns {Mark[]} where they lie
   */
  take(entities) {
    this.entities.push(...entities);
    const marks = entities.flatMap((entity) => {
      const range = this.passage.range(entity.start, entity.end);
      return range ? [{ ...entity, range, article: this }] : [];
    });
    this.marks.push(...marks);
    return marks;
  }

  /**
   * The page has drawn the same text anew: what was found lies on other nodes now.
   *
   * @param {Passage} passage
   */
  rebind(passage) {
    const { entities } = this;
    this.passage = passage;
    this.forget();
    this.take(entities);
  }

  /** Whether every word of it is one of these texts' too. @param {Article[]} others */
  isPartOf(others) {
    return this.passage.isPartOf(others.map(({ passage }) => passage));
  }

  /** Takes out the marks the page no longer has, and returns them. */
  dropStale() {
    const stale = this.marks.filter(({ range, text }) => !says(range, text));
    if (stale.length) this.marks = this.marks.filter((mark) => !stale.includes(mark));
    return stale;
  }

  /** Back to the beginning. */
  forget() {
    this.entities = [];
    this.marks = [];
    this.done = this.total = 0;
  }

  stop() {
    this.running?.abort();
    this.running = undefined;
  }

  /**
   * For files, in which title and abstract are a line each: the empty lines that tell the model where
   * a block ends become simple line breaks, and offsets with them.
   *
   * @param {Entity[]} entities  Those shown.
   * @returns {Exported}
   */
  exported(entities) {
    const { text, starts } = this.passage;
    const at = (/** @type {number} */ offset) => oneBreak(text.slice(0, offset)).length;
    return {
      id: this.pmid,
      url: location.href,
      text: oneBreak(text),
      titleEnd: starts[1] < text.length ? at(starts[1]) - 1 : at(text.length), // there may be no abstract
      entities: entities.map(({ start, end, type, score }) => ({
        start: at(start),
        end: at(end),
        type,
        text: oneBreak(text.slice(start, end)),
        score,
      })),
    };
  }
}

/** @param {string} text */
const oneBreak = (text) => text.replaceAll('\n\n', '\n');
