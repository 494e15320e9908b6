// What the reader decides on: an entity in its sentence, or a document that is read as a whole; with the buttons for
// every decision.

import { occurrences } from '../../entities/words.js';
import { icon, make } from '../../common/dom.js';
import { applyTypeStyle, typeName } from '../../common/type-style.js';
import { oneLine } from '../../../shared/text.js';
import { reviewWords as words } from '../../../text/review.js';
import { Context, contextOf } from './context.js';
import { overlap } from './items.js';

/**
 * @typedef {import('./review.js').Review} Review
 * @typedef {import('./items.js').Item} Item
 * @typedef {import('./items.js').ReadDocument} ReadDocument
 */

const MAX_KEYS = 9; // types that have a key
const DECIDING = 4; // buttons that decide; the others lead back

const BOUNDS = /** @type {const} */ ([
  ['startBack', 'start', -1, 'M9.500 4 5.500 8l4 4M3 3v10', 'Shift+ArrowLeft'],
  ['startOn', 'start', 1, 'M6.500 4l4 4-4 4M3 3v10', 'Shift+ArrowRight'],
  ['endBack', 'end', -1, 'M9.500 4 5.500 8l4 4M13 3v10', 'ArrowLeft'],
  ['endOn', 'end', 1, 'M6.500 4l4 4-4 4M13 3v10', 'ArrowRight'],
]);

export class Card {
  element = make('section', { className: 'queue-card', tabIndex: -1 });
  #review;
  #where = make('p', { className: 'queue-where' });
  #title = make('h3', { className: 'queue-title' });
  #note = make('p', { className: 'note' });
  #context;
  #types = make('div', { className: 'queue-row', role: 'group' });
  #typesLabel = make('p', { className: 'queue-label' });
  #bounds = make('div', { className: 'queue-row', role: 'group' });
  #boundsLabel = make('p', { className: 'queue-label' });
  #missed = make('input', { type: 'text', autocomplete: 'off', spellcheck: false });
  #missedType = make('select');
  #missedButton = make('button', { type: 'submit', className: 'plain-button' });
  #missedLine = make(
    'form',
    { className: 'queue-missed' },
    this.#missed,
    this.#missedType,
    this.#missedButton,
  );
  #missedHint = make('p', { className: 'note' });
  /** The buttons of the decisions. */
  #buttons;
  /** The words that are selected in the text. @type {{ start: number, end: number } | undefined} */
  #selected;

  /** @param {Review} review */
  constructor(review) {
    this.#review = review;
    this.#context = new Context({
      open: (id) => review.goTo(id),
      select: (span) => {
        this.#selected = span;
        this.#showTypes();
      },
    });
    const button = (
      /** @type {'accept' | 'reject' | 'skip' | 'back' | 'complete' | 'undo' | 'redo'} */ name,
      /** @type {string} */ key,
      /** @type {string} */ shown,
      className = 'plain-button',
    ) => {
      const label = make('span');
      const element = make(
        'button',
        { type: 'button', className: `${className} queue-${name}`, 'aria-keyshortcuts': key },
        label,
        make('kbd', { 'aria-hidden': 'true', textContent: shown }),
      );
      element.addEventListener('click', () => review[name]());
      return { element, label, name };
    };
    this.#buttons = [
      button('accept', 'A', 'A', 'main-button'),
      button('complete', 'C', 'C', 'main-button'),
      button('reject', 'R', 'R'),
      button('skip', 'S', 'S'),
      button('back', 'B', 'B', 'quiet-button'),
      button('undo', 'U', 'U', 'quiet-button'),
      button('redo', 'Shift+U', '⇧U', 'quiet-button'),
    ];
    for (const [name, edge, direction, drawing, key] of BOUNDS) {
      const move = make(
        'button',
        { type: 'button', className: 'editor-move', 'data-bound': name, 'aria-keyshortcuts': key },
        icon(drawing),
      );
      move.addEventListener('click', () => review.move(edge, direction));
      this.#bounds.append(move);
    }
    this.#missedLine.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#markMissed();
    });
    this.#missed.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault(); // the dialog stays open
      this.element.focus();
    });
    const elements = this.#buttons.map(({ element }) => element);
    this.element.append(
      make('div', { className: 'queue-head' }, this.#title, this.#where),
      this.#note,
      this.#context.element,
      make(
        'div',
        { className: 'queue-actions' },
        ...elements.slice(0, DECIDING),
        make('div', { className: 'queue-steps' }, ...elements.slice(DECIDING)),
      ),
      make(
        'div',
        { className: 'queue-edit' },
        make('div', {}, this.#typesLabel, this.#types),
        make('div', {}, this.#boundsLabel, this.#bounds),
      ),
      this.#missedLine,
      this.#missedHint,
    );
  }

  /** Puts the cursor where missed words are typed. */
  focusMissed() {
    this.#missed.focus();
  }

  /** Chooses the type with this number: for the words selected, or else for the entity. @param {number} index */
  chooseType(index) {
    const type = this.#choices()[index];
    if (type && index < MAX_KEYS) this.#choose(type);
  }

  /** @param {string} type */
  #choose(type) {
    const selected = this.#selected;
    if (!selected) return this.#review.change({ type });
    getSelection()?.removeAllRanges();
    this.#selected = undefined;
    this.#review.mark([selected], type);
  }

  show() {
    const { item, document } = this.#review.shown;
    this.#selected = undefined;
    this.element.setAttribute('aria-label', words().cardLabel);
    this.#context.element.setAttribute('aria-label', words().contextLabel);
    this.#context.element.hidden = !document;
    this.#missedLine.hidden = !document;
    this.#missedHint.hidden = !document;
    this.#missedHint.textContent = words().missedHint;
    this.#missed.placeholder = words().missedPlaceholder;
    this.#missed.setAttribute('aria-label', words().missedLabel);
    this.#missed.setAttribute('aria-keyshortcuts', 'M');
    this.#missedType.setAttribute('aria-label', words().missedType);
    this.#missedButton.textContent = words().missedButton;
    this.element.dataset.shows = item ? 'entity' : document ? 'document' : 'nothing';
    if (item) this.#showItem(item);
    else if (document) this.#showDocument(document);
    else this.#showDone();
    this.#showButtons();
    this.#showTypes();
    this.#showMissedTypes();
  }

  /** @param {Item} item */
  #showItem(item) {
    const { entity, document, decision } = item;
    const inDocument = this.#review.items.filter((other) => other.document === document);
    const nth = inDocument.findIndex(({ id }) => id === item.id) + 1;
    this.#where.textContent = words().place(document.name, nth, inDocument.length);
    this.#title.replaceChildren(
      make('bdi', { className: 'queue-mention', textContent: oneLine(entity.text) }),
      typeName(entity.type),
      make('span', {
        className: 'queue-score',
        textContent: decision === 'own' ? '' : words().score(entity.score),
      }),
      make('span', {
        className: 'queue-decision',
        'data-decision': decision ?? 'undecided',
        textContent: words().decisions[decision ?? 'undecided'],
      }),
    );
    this.#note.hidden = true;
    this.#context.showItem(item);
  }

  /** @param {ReadDocument} document */
  #showDocument(document) {
    this.#where.textContent = '';
    this.#title.textContent = words().wholeTitle(document.name);
    this.#note.hidden = false;
    this.#note.textContent = words().wholeNote(document.results.entities.length);
    this.#context.showDocument(document);
  }

  #showDone() {
    const { documents, whole } = this.#review.progress;
    this.#where.textContent = '';
    this.#title.textContent = documents ? words().doneTitle : words().heading;
    this.#note.hidden = false;
    this.#note.textContent = documents ? words().doneNote(documents - whole) : words().emptyNote;
  }

  #showButtons() {
    const review = this.#review;
    const { item, document } = review.shown;
    const isShown = {
      accept: Boolean(item),
      reject: Boolean(item),
      complete: Boolean(!item && document),
      skip: Boolean(document),
      back: true,
      undo: true,
      redo: true,
    };
    const isEnabled = { back: review.canGoBack, undo: review.canUndo, redo: review.canRedo };
    for (const { element, label, name } of this.#buttons) {
      label.textContent = words()[name];
      element.hidden = !isShown[name];
      element.disabled = !(isEnabled[/** @type {'back'} */ (name)] ?? true);
    }
    this.#bounds.hidden = this.#boundsLabel.hidden = !item;
    this.#boundsLabel.textContent = words().boundsLabel;
    this.#bounds.setAttribute('aria-label', words().boundsLabel);
    for (const [i, [name, edge, direction]] of BOUNDS.entries()) {
      const button = /** @type {HTMLButtonElement} */ (this.#bounds.children[i]);
      button.title = words()[name];
      button.setAttribute('aria-label', words()[name]);
      button.disabled = review.moved(edge, direction) === undefined;
    }
  }

  /** The types that can be chosen: those asked for, then others that the document has. */
  #choices() {
    const { document } = this.#review.shown;
    if (!document) return [];
    const { types, entities } = document.results;
    return [...new Set([...types, ...entities.map(({ type }) => type)])];
  }

  #showTypes() {
    const { item, document } = this.#review.shown;
    const selected = this.#selected;
    const label = selected
      ? words().markLabel(oneLine(document?.results.text.slice(selected.start, selected.end) ?? ''))
      : words().typeLabel;
    this.#typesLabel.textContent = label;
    this.#types.setAttribute('aria-label', label);
    const isUsable = Boolean(selected || item);
    this.#typesLabel.hidden = this.#types.hidden = !isUsable;
    const choices = isUsable ? this.#choices() : [];
    const focused = this.#types.contains(globalThis.document.activeElement)
      ? Array.from(this.#types.children).indexOf(
          /** @type {Element} */ (globalThis.document.activeElement),
        )
      : -1;
    this.#types.replaceChildren(
      ...choices.map((type, i) => {
        const button = make(
          'button',
          { type: 'button', className: 'editor-type' },
          make('span', { className: 'swatch' }),
          type,
          ...(i < MAX_KEYS
            ? [make('kbd', { 'aria-hidden': 'true', textContent: String(i + 1) })]
            : []),
        );
        if (i < MAX_KEYS) button.setAttribute('aria-keyshortcuts', String(i + 1));
        if (!selected) button.setAttribute('aria-pressed', String(type === item?.entity.type));
        applyTypeStyle(button, type);
        button.addEventListener('click', () => this.#choose(type));
        return button;
      }),
    );
    if (focused >= 0)
      /** @type {HTMLElement | undefined} */ (this.#types.children[focused])?.focus();
  }

  #showMissedTypes() {
    const choices = this.#choices();
    const { value, options } = this.#missedType;
    if (Array.from(options, (option) => option.value).join('\n') === choices.join('\n')) return;
    this.#missedType.replaceChildren(
      ...choices.map((type) => make('option', { value: type, textContent: type })),
    );
    if (choices.includes(value)) this.#missedType.value = value;
  }

  /** Marks the words typed wherever they occur and no entity overlaps them. */
  #markMissed() {
    const { document } = this.#review.shown;
    const wanted = this.#missed.value.trim();
    if (!document || !wanted) return this.#missed.focus();
    const { text, entities } = document.results;
    const spans = occurrences(text, wanted).filter(
      (span) => !entities.some((entity) => overlap(entity, span)),
    );
    if (!spans.length) return this.#review.say(() => words().said.notFound(wanted));
    this.#review.mark(spans, this.#missedType.value);
    this.#missed.value = '';
    this.element.focus();
  }
}

/** What a screen reader says of the next item. @param {Review} review */
export function nextInWords(review) {
  const { item, document } = review.shown;
  if (!item) return document ? words().wholeTitle(document.name) : words().doneTitle;
  const { results } = item.document;
  const { start, end } = contextOf(results, item.entity);
  return words().said.next(
    oneLine(item.entity.text),
    item.entity.type,
    item.entity.score,
    oneLine(results.text.slice(start, end)),
  );
}
