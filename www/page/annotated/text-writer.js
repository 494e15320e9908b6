// Writes the text and its marks into the page. The whole text is there from the beginning, in grey; what has been
// read is written once, from front to back. After the extraction, only blocks with changed entities are written
// again. Annotations of the document's file that are not among the model's marks are drawn as outlines.

import { language } from '../../language.js';
import { text as words } from '../../text.js';
import { statusIcon } from '../assertion/icons.js';
import { statusWords } from '../assertion/words.js';
import { make } from '../common/dom.js';
import { applyTypeStyle } from '../common/type-style.js';
import { chosenCandidate } from '../identifiers/candidates.js';
import { keyOf } from '../entities/order.js';
import { statusesOf } from '../entities/status.js';
import { passes } from '../entities/visible.js';
import { annotationsToDraw, isFileAnnotation, kindsByKey, SIGNS } from '../review/annotations.js';
import { headingsOf, isHeading } from '../sections/headings.js';
import { blocksOf, nest } from './marks.js';

/**
 * @typedef {import('../state/state.js').Results} Results
 * @typedef {import('../state/state.js').Entity} Entity
 * @typedef {import('../entities/visible.js').Filters} Filters
 * @typedef {import('../review/compare.js').Review} Review
 * @typedef {import('../review/annotations.js').FileAnnotation} FileAnnotation
 * @typedef {import('../sections/headings.js').Heading} Heading
 * @typedef {{ start: number, end: number, element: HTMLElement, rest: HTMLElement }} Block
 */

export class TextWriter {
  results;
  /** The first element of each mark, by the key of its entity. @type {Map<string, HTMLElement>} */
  marks = new Map();
  /** What each mark stands for. @type {Map<Element, Entity | FileAnnotation>} */
  entities = new Map();
  /** @type {Review | undefined} */
  #review;
  /** The entity of each element of a mark. @type {WeakMap<Element, Entity>} */
  #parts = new WeakMap();
  #language = language;
  /** How each of the model's entities compares, by its key. @type {ReturnType<typeof kindsByKey>} */
  #kinds = new Map();
  #article;
  /** @type {Block[]} */
  #blocks;
  #block = 0; // the first block that is not finished
  #at = 0; // the text before this offset is written
  /** The entities that are written. @type {Entity[]} */
  #written = [];

  /**
   * @param {HTMLElement} article
   * @param {Results} results
   */
  constructor(article, results) {
    this.results = results;
    this.#article = article;
    this.#blocks = blocksOf(results.text).map(({ start, end }) => {
      const rest = make('span', {
        className: 'unread',
        textContent: results.text.slice(start, end),
      });
      return { start, end, rest, element: make('div', { className: 'block', dir: 'auto' }, rest) };
    });
    article.replaceChildren(...this.#blocks.map(({ element }) => element));
  }

  /**
   * Writes what is new since the last call.
   *
   * @param {Filters} filters
   * @param {Review} [review]
   */
  write(filters, review) {
    const { entities, found, upTo, running, annotation } = this.results;
    // While an extraction runs, entities are only added; corrections are shown when it is done.
    const shown = running ? found : entities;
    // Words of the comparison and of the status are part of the marks.
    const all = Boolean(review ?? this.#review) || this.#language !== language;
    this.#language = language;
    this.#review = review;
    this.#kinds = kindsByKey(review);
    const drawn = review ? annotationsToDraw(review) : [];
    const headings = running ? [] : headingsOf(annotation?.sections);
    const now = /** @type {Entity[]} */ ([...shown, ...drawn, ...headings]);
    if (!running && this.#at > 0) this.#rewrite(now, filters, all);
    this.#advance(now, upTo, filters);
    this.#written = now.slice();
  }

  /** Applies the filters to the marks. @param {Filters} filters */
  filter(filters) {
    for (const element of this.#article.querySelectorAll('.mark')) {
      const { of: type = '' } = /** @type {HTMLElement} */ (element).dataset;
      const entity = this.#parts.get(element) ?? { type, score: 1 };
      element.classList.toggle('off', !passes(entity, filters));
    }
  }

  /**
   * Writes the text that has been read since the last call.
   *
   * @param {Entity[]} entities
   * @param {number} upTo
   * @param {Filters} filters
   */
  #advance(entities, upTo, filters) {
    if (upTo <= this.#at) return;
    const fresh = entities.filter(({ end }) => end > this.#at);
    for (; this.#block < this.#blocks.length; this.#block++) {
      const { start, end, element, rest } = this.#blocks[this.#block];
      const from = Math.max(start, this.#at);
      const to = Math.min(end, upTo);
      if (from >= to) break;
      rest.before(...this.#render(nest(fresh, from, to), filters));
      if (to < end) {
        rest.textContent = this.results.text.slice(to, end);
        break;
      }
      rest.remove();
      element.classList.add('read');
    }
    this.#at = upTo;
  }

  /**
   * Writes those blocks again whose entities have changed.
   *
   * @param {Entity[]} entities
   * @param {Filters} filters
   * @param {boolean} all  Whether to write every block that has entities, because of what else is in the marks.
   */
  #rewrite(entities, filters, all) {
    const before = new Set(this.#written);
    const after = new Set(entities);
    const isNew = (/** @type {Entity} */ one) => all || !before.has(one);
    const changed = [...entities.filter(isNew), ...this.#written.filter((one) => !after.has(one))];
    if (!changed.length) return;
    for (const { start, end, element, rest } of this.#blocks) {
      if (start >= this.#at) break;
      if (!changed.some((entity) => entity.start < end && start < entity.end)) continue;
      const to = Math.min(end, this.#at);
      for (const mark of element.querySelectorAll('mark')) this.#forget(mark);
      element.replaceChildren(
        ...this.#render(nest(entities, start, to), filters),
        ...(to < end ? [rest] : []),
      );
    }
  }

  /** @param {HTMLElement} mark */
  #forget(mark) {
    const entity = this.entities.get(mark);
    this.entities.delete(mark);
    if (entity && this.marks.get(keyOf(entity)) === mark) this.marks.delete(keyOf(entity));
  }

  /**
   * @param {import('./marks.js').Piece[]} pieces
   * @param {Filters} filters
   * @returns {Node[]}
   */
  #render(pieces, filters) {
    return pieces.map(({ start, end, entity, first, children }) => {
      if (!entity) return document.createTextNode(this.results.text.slice(start, end));
      const { type, origin } = /** @type {Entity} */ (entity);
      const inner = this.#render(children ?? [], filters);
      if (isHeading(entity)) return headingElement(entity, inner, first);
      const element = make(first ? 'mark' : 'span', { className: 'mark' }, ...inner);
      if (isFileAnnotation(entity)) {
        this.#renderAnnotation(element, entity, end < entity.end, first);
        return element;
      }
      Object.assign(element.dataset, { of: type, score: entity.score });
      const kind = this.#kinds.get(keyOf(entity));
      if (kind)
        Object.assign(element.dataset, {
          review: kind,
          comparison: words.reviewComparison[kind],
          ...(first && { sign: SIGNS[kind] }),
        });
      if (origin) element.dataset.origin = origin;
      this.#parts.set(element, entity);
      describe(element, entity, first);
      applyTypeStyle(element, type);
      element.style.setProperty('--score', String(entity.score));
      if (!passes(entity, filters)) element.classList.add('off');
      if (end < entity.end) element.classList.add('goes-on');
      if (first) {
        Object.assign(element.dataset, { type, start: entity.start, end: entity.end });
        element.tabIndex = -1;
        this.marks.set(keyOf(entity), element);
        this.entities.set(element, entity);
      }
      return element;
    });
  }

  /**
   * Draws an annotation of the file as an outline. It has none of the attributes by which the model's marks are
   * found. Where it is paired with one of the model's marks, that mark has the sign.
   *
   * @param {HTMLElement} element
   * @param {FileAnnotation} annotation
   * @param {boolean} goesOn
   * @param {boolean} [first]
   */
  #renderAnnotation(element, annotation, goesOn, first) {
    const { type, fileType, kind } = annotation;
    const missed = kind === 'missed';
    element.classList.add('file-annotation');
    const comparison = missed ? words.reviewComparison.missed : words.reviewComparison.given;
    Object.assign(element.dataset, {
      of: fileType,
      review: kind,
      comparison,
      ...(first && missed && { sign: SIGNS[kind] }),
    });
    applyTypeStyle(element, type);
    if (goesOn) element.classList.add('goes-on');
    if (!first) return;
    Object.assign(element.dataset, {
      given: fileType,
      givenStart: annotation.start,
      givenEnd: annotation.end,
    });
    element.tabIndex = -1;
    if (!this.marks.has(keyOf(annotation))) this.marks.set(keyOf(annotation), element);
    this.entities.set(element, annotation);
  }
}

/**
 * The heading of a section: a heading for screen readers too, and where the outline leads.
 *
 * @param {Heading} heading
 * @param {Node[]} inner
 * @param {boolean} [first]
 */
function headingElement({ index }, inner, first) {
  const element = make('span', { className: 'section-heading' }, ...inner);
  if (!first) return element;
  element.setAttribute('role', 'heading');
  element.setAttribute('aria-level', '3');
  element.dataset.section = String(index);
  element.tabIndex = -1;
  return element;
}

/**
 * Puts an entity's status and identifier on its mark: an icon for each status, and words for the tooltip and for
 * screen readers.
 *
 * @param {HTMLElement} element
 * @param {Entity} entity
 * @param {boolean} [first]
 */
function describe(element, entity, first) {
  const statuses = statusesOf(entity);
  if (statuses.length) element.dataset.status = statuses.join(' ');
  const candidate = chosenCandidate(entity);
  if (candidate) element.dataset.identifier = `${candidate.name} (${candidate.id})`;
  if (!statuses.length || statuses[0] === 'present') return;
  element.dataset.said = statusWords(entity);
  if (first)
    element.prepend(make('span', { className: 'status-icons' }, ...statuses.map(statusIcon)));
}
