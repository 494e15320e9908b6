// The panel that saves the review: to go on elsewhere, as training lines, and the tally.

import { download } from '../../../shared/dom.js';
import { make } from '../../common/dom.js';
import { reviewWords as words } from '../../../text/review.js';
import { reviewFile } from './saved.js';
import { tally, tallyCsv, tallyJson } from './tally.js';
import { trainingLines } from './training.js';

const JSON_TYPE = 'application/json';

/**
 * @param {import('./review.js').Review} review
 * @param {import('../../state/state.js').State} state
 * @returns {{ element: HTMLElement, show: () => void }}
 */
export function filesPanel(review, state) {
  const title = make('h3', { id: 'queue-files-title' });
  const note = make('p', { className: 'note' });
  const hint = make('p', { className: 'note' });
  /** @type {[string, () => string, () => void][]} */
  const savers = [
    [
      'review',
      () => words().saveReview,
      () => save(reviewFile(state.values.documents), 'bioner-review.json', JSON_TYPE),
    ],
    ['training', () => words().saveTraining, saveTraining],
    [
      'tally-csv',
      () => words().tallyCsv,
      () => save(tallyCsv(tally(review.items)), 'bioner-tally.csv', 'text/csv'),
    ],
    [
      'tally-json',
      () => words().tallyJson,
      () => save(tallyJson(tally(review.items), review.items), 'bioner-tally.json', JSON_TYPE),
    ],
  ];
  const buttons = savers.map(([name, , work]) => {
    const button = make('button', {
      type: 'button',
      className: 'plain-button',
      'data-save': name,
    });
    button.addEventListener('click', work);
    return button;
  });
  const element = make(
    'section',
    { className: 'panel queue-files', 'aria-labelledby': title.id },
    make('div', { className: 'panel-head' }, title),
    make(
      'div',
      { className: 'queue-panel-body' },
      buttons[0],
      hint,
      buttons[1],
      note,
      make('div', { className: 'queue-row' }, buttons[2], buttons[3]),
    ),
  );

  /** @param {string} content @param {string} name @param {string} type */
  function save(content, name, type) {
    download(content, name, type);
    review.say(() => words().said.saved(name));
  }
  function saveTraining() {
    const { content, lines, leftOut } = trainingLines(review.walk.documents);
    if (!lines) return review.say(() => words().said.noTraining());
    const name = 'bioner-training.jsonl';
    download(content, name, 'application/jsonl');
    review.say(() => words().said.savedTraining(name, lines, leftOut));
  }

  const show = () => {
    title.textContent = words().filesTitle;
    for (const [i, [, label]] of savers.entries()) buttons[i].textContent = label();
    hint.textContent = words().saveReviewHint;
    const { whole, documents } = review.walk.progress;
    note.textContent = words().trainingNote(whole, documents);
  };
  return { element, show };
}
