// The review: the button under the list of documents, and the dialog that it opens.

import { onLanguage } from '../../../language.js';
import { reviewWords as words } from '../../../text/review.js';
import { byId, coalesced, icon, make } from '../../common/dom.js';
import { DRAWINGS } from '../../../shared/dom.js';
import { bulkPanel } from './bulk.js';
import { Card, nextInWords } from './card.js';
import { filesPanel } from './files.js';
import { enableReviewKeys, keysPanel } from './keys.js';
import { Review } from './review.js';
import { tallyPanel } from './tally-view.js';

const REFRESH_EVERY_MS = 300;

/**
 * @param {import('../../state/state.js').State} state
 * @param {import('../../documents/collection.js').Documents} documents
 */
export function mountReviewMode(state, documents) {
  const review = new Review({ state, documents });
  const dialog = new ReviewDialog(review, state);
  const open = make('button', {
    type: 'button',
    className: 'plain-button',
    id: 'documents-review',
  });
  open.addEventListener('click', () => dialog.open());
  byId('documents-again').before(open);

  const showButton = () => {
    const { decided, all, documents: read } = review.walk.progress;
    open.hidden = !read;
    const left = all - decided;
    open.textContent = decided && left ? words().openAgain(left) : words().open(left);
    open.title = words().openHint;
  };
  state.watch(['documents', 'phase'], coalesced(showButton, REFRESH_EVERY_MS));
  onLanguage(showButton);
}

class ReviewDialog {
  #review;
  #card;
  #panels;
  #dialog = make('dialog', { className: 'queue', 'aria-labelledby': 'queue-heading' });
  #heading = make('h2', { id: 'queue-heading' });
  #orderLabel = make('label', { for: 'queue-order' });
  #order = make('select', { id: 'queue-order' });
  #close = make('button', { type: 'button', className: 'quiet-button' });
  #progress = make('progress', { max: 1 });
  #progressText = make('p', { id: 'queue-progress' });
  #body = make('div', { className: 'queue-body' });
  #shownId = '';
  #said = make('span');
  #next = make('span', { className: 'visually-hidden' });

  /**
   * @param {Review} review
   * @param {import('../../state/state.js').State} state
   */
  constructor(review, state) {
    this.#review = review;
    this.#card = new Card(review);
    const keys = keysPanel(review);
    const [bulk, files, tally] = [bulkPanel(review), filesPanel(review, state), tallyPanel(review)];
    this.#panels = [bulk, files, keys, tally];
    this.#order.addEventListener('change', () =>
      review.setOrder(this.#order.value === 'text' ? 'text' : 'doubt'),
    );
    this.#close.addEventListener('click', () => this.#dialog.close());
    this.#body.append(
      make(
        'div',
        { className: 'queue-main' },
        this.#card.element,
        make('p', { className: 'queue-said', role: 'status' }, this.#said, ' ', this.#next),
        tally.element,
      ),
      make('div', { className: 'queue-side' }, bulk.element, files.element, keys.element),
    );
    this.#dialog.append(
      make(
        'header',
        { className: 'queue-masthead' },
        this.#heading,
        make('div', { className: 'queue-field' }, this.#orderLabel, this.#order),
        this.#close,
        this.#progressText,
        this.#progress,
      ),
      this.#body,
    );
    enableReviewKeys(this.#dialog, review, this.#card, keys.element);
    review.onChange(() => this.#show());
    onLanguage(() => {
      if (!this.#dialog.open) return;
      this.#show();
      this.#showCounts();
    });
    // Every decision changes the documents, and so does an extraction that runs meanwhile.
    // The attributes of an entity come a little after it.
    const recount = coalesced(() => {
      if (!this.#dialog.open) return;
      this.#card.updateAttributes();
      this.#showCounts();
    }, REFRESH_EVERY_MS);
    state.watch(['documents'], recount);
    // The list of documents is not written anew as long as it is covered.
    this.#dialog.addEventListener('close', () => state.set({ documents: state.values.documents }));
  }

  open() {
    if (!this.#dialog.isConnected) document.body.append(this.#dialog);
    this.#review.said = () => '';
    this.#dialog.showModal();
    this.#review.start();
    this.#showCounts();
    this.#card.element.focus();
  }

  #show() {
    const review = this.#review;
    this.#heading.textContent = words().heading;
    this.#orderLabel.textContent = words().orderLabel;
    this.#order.replaceChildren(
      ...Object.entries(words().orders).map(([value, textContent]) =>
        make('option', { value, textContent }),
      ),
    );
    this.#order.value = review.walk.order;
    this.#close.replaceChildren(icon(DRAWINGS.close), words().close);
    this.#card.show();
    this.#showProgress();
    this.#said.textContent = review.said();
    if (review.walk.at !== this.#shownId) this.#body.scrollTop = 0;
    this.#shownId = review.walk.at;
    this.#next.textContent = nextInWords(review);
    // Where what has the focus is hidden or switched off now, the card gets it.
    const focused = document.activeElement;
    const isUsable =
      focused instanceof HTMLElement &&
      focused.isConnected &&
      focused.getClientRects().length > 0 &&
      !focused.matches(':disabled');
    if (!isUsable || focused === document.body) this.#card.element.focus({ preventScroll: true });
  }

  #showCounts() {
    this.#showProgress();
    for (const { show } of this.#panels) show();
  }

  #showProgress() {
    const { decided, all, whole, documents } = this.#review.walk.progress;
    this.#progressText.textContent = words().progress(decided, all, whole, documents);
    this.#progress.setAttribute('aria-label', words().progressLabel);
    this.#progress.value = all ? decided / all : 0;
  }
}
