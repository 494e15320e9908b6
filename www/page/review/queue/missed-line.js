// The form that marks words which the model has missed, wherever they occur in the document that is shown.

import { make } from '../../common/dom.js';
import { occurrences } from '../../entities/words.js';
import { reviewWords as words } from '../../../text/review.js';
import { overlap, typesIn } from './items.js';

export class MissedLine {
  #review;
  #input = make('input', { type: 'text', autocomplete: 'off', spellcheck: false });
  #type = make('select');
  #button = make('button', { type: 'submit', className: 'plain-button' });
  #hint = make('p', { className: 'note' });
  #form = make('form', { className: 'queue-missed' }, this.#input, this.#type, this.#button);
  element = make('div', {}, this.#form, this.#hint);

  /**
   * @param {import('./review.js').Review} review
   * @param {() => void} leave  Called when the reader is done with it.
   */
  constructor(review, leave) {
    this.#review = review;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#mark()) leave();
    });
    this.#input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault(); // the dialog stays open
      leave();
    });
  }

  focus() {
    this.#input.focus();
  }

  show() {
    const { document } = this.#review.shown;
    this.element.hidden = !document;
    this.#hint.textContent = words().missedHint;
    this.#input.placeholder = words().missedPlaceholder;
    this.#input.setAttribute('aria-label', words().missedLabel);
    this.#input.setAttribute('aria-keyshortcuts', 'M');
    this.#type.setAttribute('aria-label', words().missedType);
    this.#button.textContent = words().missedButton;
    const choices = document ? typesIn(document) : [];
    const { value, options } = this.#type;
    if (Array.from(options, (option) => option.value).join('\n') === choices.join('\n')) return;
    this.#type.replaceChildren(
      ...choices.map((type) => make('option', { value: type, textContent: type })),
    );
    if (choices.includes(value)) this.#type.value = value;
  }

  /** Marks the words where no entity overlaps them. @returns {boolean}  Whether there were any. */
  #mark() {
    const { document } = this.#review.shown;
    const wanted = this.#input.value.trim();
    if (!document || !wanted) return false;
    const { text, entities } = document.results;
    const spans = occurrences(text, wanted).filter(
      (span) => !entities.some((entity) => overlap(entity, span)),
    );
    if (!spans.length) {
      this.#review.say(() => words().said.notFound(wanted));
      return false;
    }
    this.#review.mark(spans, this.#type.value);
    this.#input.value = '';
    return true;
  }
}
