// The tally as a table: for each type and each band of scores, the precision with its interval, and the counts.

import { number, score as formatScore } from '../../../language.js';
import { make } from '../../common/dom.js';
import { typeName } from '../../common/type-style.js';
import { reviewWords as words } from '../../../text/review.js';
import { isTold, tally } from './tally.js';

/** @typedef {import('./tally.js').Row} Row */

/**
 * @param {import('./review.js').Review} review
 * @returns {{ element: HTMLElement, show: () => void }}
 */
export function tallyPanel(review) {
  const title = make('h3', { id: 'queue-tally-title' });
  const head = make('tr');
  const [byType, byScore] = [make('tbody'), make('tbody')];
  const together = make('p', { className: 'note' });
  const note = make('p', { className: 'note' });
  const scroll = make(
    'div',
    { className: 'queue-scroll', role: 'group', tabIndex: 0, 'aria-labelledby': title.id },
    make('table', { 'aria-labelledby': title.id }, make('thead', {}, head), byType, byScore),
  );
  const element = make(
    'section',
    { className: 'panel queue-tally', 'aria-labelledby': title.id },
    make('div', { className: 'panel-head' }, title),
    scroll,
    make('div', { className: 'queue-panel-body' }, together, note),
  );

  const show = () => {
    title.textContent = words().tallyTitle;
    head.replaceChildren(
      ...Object.entries(words().tallyColumns).map(([column, textContent]) =>
        make('th', { scope: 'col', className: 'plain-head', 'data-column': column, textContent }),
      ),
    );
    const rows = tally(review.items).filter(isTold);
    byType.replaceChildren(...rows.filter(({ group }) => group !== 'score').map(line));
    const bands = rows.filter(({ group }) => group === 'score');
    byScore.replaceChildren(
      make(
        'tr',
        { className: 'queue-subhead' },
        make('th', {
          scope: 'rowgroup',
          colSpan: Object.keys(words().tallyColumns).length,
          textContent: words().tallyScores,
        }),
      ),
      ...bands.map(line),
    );
    byScore.hidden = !bands.length;
    const count = rows[0]?.together ?? 0;
    together.hidden = !count;
    together.textContent = words().tallyTogether(count);
    note.textContent = `${words().tallyNote} ${words().tallyScoreNote}`;
  };
  return { element, show };
}

/** @param {Row} row */
function line(row) {
  const count = (
    /** @type {'accepted' | 'changed' | 'rejected' | 'missed'} */ column,
    /** @type {number} */ value,
  ) =>
    make('td', {
      className: 'figure',
      'data-name': words().tallyColumns[column],
      textContent: number(value),
    });
  return make(
    'tr',
    { 'data-tally': row.group, 'data-value': row.value },
    make('th', { scope: 'row' }, nameOf(row)),
    make('td', { className: 'queue-precision' }, ...precisionOf(row)),
    count('accepted', row.accepted),
    count('changed', row.retyped + row.moved),
    count('rejected', row.rejected),
    row.group === 'score' ? make('td') : count('missed', row.missed),
  );
}

/** @param {Row} row */
function nameOf({ group, value }) {
  if (group === 'all') return words().tallyAll;
  if (group === 'type') return typeName(value);
  const [low, high] = value.split('-').map((end) => formatScore(Number(end)));
  return words().tallyBand(low, high);
}

/**
 * The precision in figures, and drawn: a bar for the interval, a dot for the precision, and for a band of scores a
 * tick at the mean score.
 *
 * @param {Row} row
 */
function precisionOf({ group, precision, low = 0, high = 1, meanScore = 0 }) {
  if (precision === undefined) return ['–'];
  const track = make('span', { className: 'queue-track', 'aria-hidden': 'true' });
  const place = (/** @type {string} */ className, /** @type {number} */ from, width = 0) => {
    const piece = make('span', { className });
    piece.style.setProperty('--from', `${from * 100}%`);
    piece.style.setProperty('--width', `${width * 100}%`);
    track.append(piece);
  };
  place('queue-interval', low, high - low);
  place('queue-dot', precision);
  if (group === 'score') place('queue-tick', meanScore);
  return [
    make('span', { textContent: words().tallyInterval(precision, low, high) }),
    ...(group === 'score'
      ? [make('span', { className: 'queue-mean', textContent: words().tallyMean(meanScore) })]
      : []),
    track,
  ];
}
