// What the reader decides on: an entity in its sentence, or a document that is read as a whole; with the buttons for
// every decision.

import { text as pageWords } from '../../../text.js';
import { reviewWords as words } from '../../../text/review.js';
import { oneLine } from '../../../shared/text.js';
import { make } from '../../common/dom.js';
import { typeName } from '../../common/type-style.js';
import { chosenCandidate } from '../../identifiers/candidates.js';
import { statusWords } from '../../assertion/words.js';
import { AttributeLine } from './attribute-line.js';
import { Context, contextOf } from './context.js';
import { EditRow } from './edit-row.js';
import { MissedLine } from './missed-line.js';

/**
 * @typedef {import('./review.js').Review} Review
 * @typedef {import('./items.js').Item} Item
 * @typedef {import('./items.js').ReadDocument} ReadDocument
 */

/** The buttons, with the key of each and how it is shown. Those in the second list lead back. */
const DECIDING = /** @type {const} */ ([
  ['accept', 'A', 'A', 'main-button'],
  ['complete', 'C', 'C', 'main-button'],
  ['reject', 'R', 'R', 'plain-button'],
  ['skip', 'S', 'S', 'plain-button'],
]);
const RETRACING = /** @type {const} */ ([
  ['back', 'B', 'B', 'quiet-button'],
  ['undo', 'U', 'U', 'quiet-button'],
  ['redo', 'Shift+U', '⇧U', 'quiet-button'],
]);

export class Card {
  element = make('section', { className: 'queue-card', tabIndex: -1 });
  #review;
  #where = make('p', { className: 'queue-where' });
  #title = make('h3', { className: 'queue-title' });
  #note = make('p', { className: 'note' });
  #attributes;
  #context;
  #editRow;
  #missed;
  #buttons;

  /** @param {Review} review */
  constructor(review) {
    this.#review = review;
    this.#attributes = new AttributeLine(review);
    this.#editRow = new EditRow(review);
    this.#missed = new MissedLine(review, () => this.element.focus());
    this.#context = new Context({
      open: (id) => review.goTo(id),
      select: (span) => this.#editRow.show(span),
    });
    const button = (
      /** @type {(typeof DECIDING)[number] | (typeof RETRACING)[number]} */ [
        name,
        key,
        shown,
        className,
      ],
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
    const [deciding, retracing] = [DECIDING.map(button), RETRACING.map(button)];
    this.#buttons = [...deciding, ...retracing];
    this.element.append(
      make('div', { className: 'queue-head' }, this.#title, this.#where),
      this.#attributes.element,
      this.#note,
      this.#context.element,
      make(
        'div',
        { className: 'queue-actions' },
        ...deciding.map(({ element }) => element),
        make('div', { className: 'queue-steps' }, ...retracing.map(({ element }) => element)),
      ),
      this.#editRow.element,
      this.#missed.element,
    );
  }

  /** Puts the cursor where missed words are typed. */
  focusMissed() {
    this.#missed.focus();
  }

  /** Chooses the type with this number. @param {number} index */
  chooseType(index) {
    this.#editRow.chooseType(index);
  }

  show() {
    const { item, document } = this.#review.shown;
    this.element.setAttribute('aria-label', words().cardLabel);
    this.#context.element.setAttribute('aria-label', words().contextLabel);
    this.#context.element.hidden = !document;
    this.element.dataset.shows = item ? 'entity' : document ? 'document' : 'nothing';
    if (item) this.#showItem(item);
    else if (document) this.#showDocument(document);
    else this.#showDone();
    this.#attributes.show();
    this.#showButtons();
    this.#editRow.show(undefined);
    this.#missed.show();
  }

  /** Shows the attributes of the entity again if they have been found anew. */
  updateAttributes() {
    this.#attributes.update();
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
    const { documents, whole } = this.#review.walk.progress;
    this.#where.textContent = '';
    this.#title.textContent = documents ? words().doneTitle : words().heading;
    this.#note.hidden = false;
    this.#note.textContent = documents ? words().doneNote(documents - whole) : words().emptyNote;
  }

  #showButtons() {
    const { shown, walk, canUndo, canRedo } = this.#review;
    const isEntity = Boolean(shown.item);
    const isDocument = Boolean(shown.document);
    const isShown = {
      accept: isEntity,
      reject: isEntity,
      complete: isDocument && !isEntity,
      skip: isDocument,
      back: true,
      undo: true,
      redo: true,
    };
    const isEnabled = { back: walk.canGoBack, undo: canUndo, redo: canRedo };
    for (const { element, label, name } of this.#buttons) {
      label.textContent = name === 'undo' || name === 'redo' ? pageWords[name] : words()[name];
      element.hidden = !isShown[name];
      element.disabled = name in isEnabled && !isEnabled[/** @type {'back'} */ (name)];
    }
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
    [statusWords(item.entity), chosenCandidate(item.entity)?.name].filter(Boolean).join(', '),
    item.entity.score,
    oneLine(results.text.slice(start, end)),
  );
}
