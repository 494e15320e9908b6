// The panel that compares the entities found with the annotations of the document's file: the scores, and the
// list of differences. The marks in the text are drawn by annotated/text-writer.js.

import { number, score } from '../../language.js';
import { oneLine } from '../../shared/text.js';
import { text as words } from '../../text.js';
import { byId, coalesced, make } from '../common/dom.js';
import { withFallback } from '../common/fallback.js';
import { enableRowKeys } from '../common/row-keys.js';
import { fillScopeMenu } from '../common/scope-menu.js';
import { typeName } from '../common/type-style.js';
import { SIGNS } from './annotations.js';
import { KINDS, review, reviewOf, scoresByType, sumScores } from './compare.js';

const REFRESH_EVERY_MS = 200;
const MAX_ROWS = 300;

/**
 * @typedef {import('../state/state.js').State} State
 * @typedef {import('./compare.js').Review} Review
 * @typedef {import('../../shared/documents.js').Scores} Scores
 * @typedef {import('../../shared/documents.js').Measure} Measure
 * @typedef {import('./compare.js').Difference} Difference
 * @typedef {import('./compare.js').Kind} Kind
 */

/** @param {State} state */
export function mountReview(state) {
  const box = /** @type {HTMLInputElement} */ (byId('review'));
  const panel = byId('review-panel');
  const scope = /** @type {HTMLSelectElement} */ (byId('review-scope'));
  /** The kinds that are not listed. @type {Set<Kind>} */
  const unlisted = new Set(['agree']);

  box.addEventListener('change', () => state.set({ review: box.checked }));
  scope.addEventListener('change', () => show());

  const show = () => {
    const { results, review: on, documents } = state.values;
    box.checked = on;
    byId('review-field').hidden = !results?.given;
    panel.hidden = !results?.given || !on;
    if (panel.hidden || !results) return;
    byId('review-running').hidden = !results.running;
    byId('review-body').hidden = results.running;
    if (results.running) return;
    const here = reviewOf(state.values);
    if (!here) return;
    const others = documents.filter((one) => one.results?.given && !one.results.running);
    byId('review-scope-field').hidden = others.length < 2;
    const all = others.length > 1 && scope.value === 'all';
    const reviews = all
      ? others.flatMap((one) => (one.results ? [review(one.results, state.values)] : []))
      : [here];
    showTypes(reviews);
    showScores(scoresByType(reviews));
    showDifferences(here);
  };

  /** @param {Review} here */
  const showDifferences = (here) => {
    byId('review-kinds').replaceChildren(
      ...KINDS.map((kind) => {
        const count = here.pairs.filter((pair) => pair.kind === kind).length;
        const button = make(
          'button',
          {
            type: 'button',
            className: 'legend-entry',
            'data-kind': kind,
            'aria-pressed': String(!unlisted.has(kind)),
            title: words.reviewKindHints[kind],
          },
          sign(kind),
          `${words.reviewKinds[kind]} `,
          make('span', { className: 'count', textContent: number(count) }),
        );
        button.addEventListener('click', () => {
          if (!unlisted.delete(kind)) unlisted.add(kind);
          showDifferences(here);
          /** @type {HTMLElement | null} */ (
            byId('review-kinds').querySelector(`[data-kind=${kind}]`)
          )?.focus();
        });
        return button;
      }),
    );
    const listed = here.pairs.filter(({ kind }) => !unlisted.has(kind));
    const body = byId('review-differences');
    body.replaceChildren(...listed.slice(0, MAX_ROWS).map((difference) => row(state, difference)));
    body.querySelector('.jump')?.setAttribute('tabindex', '0');
    const note = byId('review-note');
    const left = listed.length - MAX_ROWS;
    note.textContent =
      left > 0 ? words.reviewMore(left) : listed.length ? '' : words.reviewNoDifference;
    note.hidden = !note.textContent;
    byId('review-list').hidden = !listed.length;
  };

  enableRowKeys(byId('review-differences'));
  state.watch(['language'], () => {
    fillScopeMenu(scope);
    showHeads();
  });
  const soon = coalesced(() => withFallback('the comparison', show, undefined), REFRESH_EVERY_MS);
  state.watch(
    ['results', 'documents', 'hidden', 'threshold', 'hiddenStatuses', 'language', 'review'],
    soon,
  );
}

/** Says which types are not compared. @param {Review[]} reviews */
function showTypes(reviews) {
  const every = (/** @type {(one: Review) => string[]} */ of) =>
    [...new Set(reviews.flatMap(of))].join(', ');
  const [given, asked] = [every(({ onlyGiven }) => onlyGiven), every(({ onlyAsked }) => onlyAsked)];
  const nothing = reviews.every(({ byType }) => !byType.size);
  byId('review-types').replaceChildren(
    ...(nothing ? [make('p', { textContent: words.reviewNothing })] : []),
    ...(given ? [make('p', { textContent: words.reviewOnlyGiven(given) })] : []),
    ...(asked ? [make('p', { textContent: words.reviewOnlyAsked(asked) })] : []),
  );
  byId('review-measures').hidden = nothing;
}

function showHeads() {
  const { type, gold, found } = words.reviewColumns;
  const head = (/** @type {string} */ text, /** @type {Record<string, unknown>} */ more = {}) =>
    make('th', { scope: 'col', className: 'plain-head', textContent: text, ...more });
  const shares = shareNames();
  byId('review-heads').replaceChildren(
    make(
      'tr',
      {},
      head(type, { rowSpan: 2 }),
      head(gold, { rowSpan: 2 }),
      head(found, { rowSpan: 2 }),
      head(words.reviewStrict, { colSpan: 3, scope: 'colgroup', title: words.reviewStrictHint }),
      head(words.reviewPartial, { colSpan: 3, scope: 'colgroup', title: words.reviewPartialHint }),
    ),
    make('tr', {}, ...[...shares, ...shares].map((text) => head(text))),
  );
  const columns = words.reviewDifferenceColumns;
  byId('review-list-head').replaceChildren(
    ...[columns.kind, columns.given, columns.found].map((text) => head(text)),
  );
}

const shareNames = () => [
  words.reviewColumns.precision,
  words.reviewColumns.recall,
  words.reviewColumns.f1,
];

/** Precision, recall and F1 as they are shown: a dash for a share of nothing. @param {Measure} measure */
function shareTexts({ precision, recall, f1, gold, found }) {
  const text = (/** @type {number} */ share, /** @type {number} */ of) => (of ? score(share) : '–');
  return [text(precision, found), text(recall, gold), text(f1, gold + found)];
}

/**
 * One row for all types together, and one for each. In a narrow panel the rows are laid out without the head of
 * the table, so every cell has its name in `data-name`: see style/review.css.
 *
 * @param {Map<string, Scores>} byType
 */
function showScores(byType) {
  const { gold, found } = words.reviewColumns;
  const cell = (/** @type {string} */ name, /** @type {string} */ textContent) =>
    make('td', { className: 'figure', 'data-name': name, textContent });
  const line = (
    /** @type {Node | string} */ name,
    /** @type {Scores} */ { strict, partial },
    /** @type {string} */ type,
  ) => {
    const names = shareNames();
    return make(
      'tr',
      {
        'data-measured': type,
        'data-strict': words.reviewStrict,
        'data-partial': words.reviewPartial,
      },
      make('th', { scope: 'row' }, name),
      cell(gold, number(strict.gold)),
      cell(found, number(strict.found)),
      ...[...shareTexts(strict), ...shareTexts(partial)].map((text, i) =>
        cell(names[i % names.length], text),
      ),
    );
  };
  byId('review-measures-body').replaceChildren(
    line(words.reviewAll, sumScores(byType.values()), ''),
    ...Array.from(byType, ([type, scores]) => line(typeName(type), scores, type)),
  );
}

/**
 * @param {State} state
 * @param {Difference} difference
 */
function row(state, { kind, given, found }) {
  const side = (
    /** @type {{ text: string, type: string } | undefined} */ mention,
    /** @type {string | undefined} */ label,
  ) =>
    make(
      'td',
      {},
      ...(mention
        ? [make('bdi', { textContent: oneLine(mention.text) }), ' ', typeName(mention.type, label)]
        : []),
    );
  const jump = make(
    'button',
    { type: 'button', className: 'jump', title: words.jump, tabIndex: -1 },
    sign(kind),
    words.reviewKinds[kind],
  );
  const line = make(
    'tr',
    { 'data-kind': kind },
    make('td', {}, jump),
    side(given, given?.fileType),
    side(found, found?.type),
  );
  line.addEventListener('click', () => {
    const entity = found ?? given;
    if (entity && getSelection()?.isCollapsed !== false)
      state.set({ selected: { entity: /** @type {any} */ (entity), from: 'table' } });
  });
  return line;
}

/** @param {Kind} kind */
const sign = (kind) =>
  make('span', { className: 'review-sign', 'aria-hidden': 'true', textContent: SIGNS[kind] });
