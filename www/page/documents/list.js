// The list of documents: the state of each, what was found in it, and a button that opens it.

import { number } from '../../language.js';
import { DRAWINGS } from '../../shared/dom.js';
import { oneLine } from '../../shared/text.js';
import { reviewWords } from '../../text/review.js';
import { text as words } from '../../text.js';
import { askToConfirm } from '../common/dialog.js';
import { byId, coalesced, icon, make } from '../common/dom.js';
import { Pager } from '../common/pager.js';
import { enableRowKeys } from '../common/row-keys.js';
import { applyTypeStyle } from '../common/type-style.js';
import { isEdited } from '../entities/make-edit.js';
import { passes } from '../entities/visible.js';
import { isWhole } from '../review/queue/items.js';

const REFRESH_EVERY_MS = 200;
const ROWS_PER_PAGE = 100;
const EXCERPT_LENGTH = 60; // characters

/**
 * @typedef {import('./collection.js').Document} Document
 * @typedef {import('../state/state.js').State} State
 */

/**
 * @param {State} state
 * @param {import('../state/session.js').Session} session
 * @param {import('./collection.js').Documents} documents
 */
export function mountDocumentList(state, session, documents) {
  const body = byId('documents-body');
  const run = /** @type {HTMLButtonElement} */ (byId('documents-run'));
  let page = 0;
  const pager = new Pager(byId('documents-pager'), ROWS_PER_PAGE, (by) => {
    page += by;
    show();
  });

  const show = () => {
    if (document.querySelector('dialog.queue[open]')) return; // it is covered by the review
    const { documents: all, open } = state.values;
    byId('documents').hidden = !all.length;
    document.body.classList.toggle('many', all.length > 0);
    if (!all.length) return body.replaceChildren();
    page = Math.max(0, Math.min(page, Math.ceil(all.length / ROWS_PER_PAGE) - 1));
    const focused = /** @type {HTMLElement | null} */ (
      document.activeElement?.closest('#documents-body tr')
    )?.dataset.key;
    body.replaceChildren(
      ...all
        .slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE)
        .map((one) => row(one, one === open)),
    );
    const jump =
      body.querySelector(focused ? `[data-key="${focused}"] .jump` : '[aria-current] .jump') ??
      body.querySelector('.jump');
    jump?.setAttribute('tabindex', '0');
    if (focused) /** @type {HTMLElement | null} */ (jump)?.focus({ preventScroll: true });
    pager.show(page, all.length);
    summarize();
  };

  const summarize = () => {
    const { documents: all, phase } = state.values;
    const done = all.filter((one) => one.state === 'done');
    const entities = done.reduce(
      (sum, { results }) => sum + counts(results, state.values).total,
      0,
    );
    byId('documents-summary').textContent = words.documentsSummary(
      done.length,
      all.length,
      entities,
    );
    const waiting = all.filter((one) => one.state === 'waiting').length;
    run.hidden = !waiting || phase === 'working';
    run.textContent = words.documentsRun(waiting);
    byId('documents-again').hidden = Boolean(waiting) || phase === 'working';
    byId('documents-clear').hidden = phase === 'working';
    byId('export-all').hidden = !done.length;
  };

  /**
   * @param {Document} one
   * @param {boolean} current
   */
  const row = (one, current) => {
    const jump = make(
      'button',
      { type: 'button', className: 'jump', tabIndex: -1 },
      make('bdi', { textContent: one.name }),
    );
    jump.disabled = !one.results;
    const remove = make(
      'button',
      { type: 'button', className: 'document-remove', tabIndex: -1 },
      icon(DRAWINGS.close),
    );
    remove.setAttribute('aria-label', words.documentRemove(one.name));
    remove.disabled = one.state === 'working';
    remove.addEventListener('click', (event) => {
      event.stopPropagation();
      documents.remove([one]);
    });
    const line = make(
      'tr',
      { 'data-key': one.key, 'data-state': one.state },
      make(
        'td',
        { className: 'mention' },
        jump,
        ' ',
        make('span', { className: 'forms', textContent: excerpt(one) }),
        ...givenCount(one),
        ...completeSign(one),
      ),
      make('td', { className: 'document-state' }, ...outcome(one)),
      make('td', {}, remove),
    );
    if (current) line.setAttribute('aria-current', 'true');
    line.addEventListener('click', () => {
      if (one.results) documents.open(one);
    });
    return line;
  };

  /** The state of a document, or what was found in it. @param {Document} one */
  const outcome = (one) => {
    const { results, state: progress } = one;
    if (progress === 'failed') {
      const why = words.errors.byCode[one.error ?? '']?.('') ?? '';
      return [
        make('span', { className: 'failed', textContent: words.documentStates.failed, title: why }),
      ];
    }
    if (progress === 'working' && results?.total) {
      return [
        make('progress', {
          max: 1,
          value: results.done / results.total,
          'aria-label': words.documentStates.working,
        }),
      ];
    }
    if (progress !== 'done') return [words.documentStates[progress]];
    const { byType } = counts(results, state.values);
    if (!byType.size) return [words.documentNone];
    return Array.from(byType, ([type, count]) => {
      const swatch = make(
        'span',
        { className: 'type', title: type },
        make('span', { className: 'swatch' }),
        number(count),
      );
      swatch.append(make('span', { className: 'visually-hidden', textContent: ` ${type}` }));
      applyTypeStyle(swatch, type);
      return swatch;
    });
  };

  run.addEventListener('click', () => session.extractDocuments());
  byId('documents-again').addEventListener('click', async () => {
    const decided = state.values.documents.some(
      ({ results }) => results && isEdited(results.edits.now),
    );
    if (decided && !(await askToConfirm(words.documentsAgainAsk))) return;
    documents.reset();
    session.extractDocuments();
  });
  byId('documents-clear').addEventListener('click', async () => {
    if (await askToConfirm(words.documentsClearAsk)) documents.remove([...state.values.documents]);
  });
  enableRowKeys(body);
  state.watch(['stored', 'language'], ({ stored }) => {
    byId('documents-note').textContent = words.documentsStored[stored];
  });
  state.watch(
    [
      'documents',
      'open',
      'hidden',
      'threshold',
      'hiddenStatuses',
      'language',
      'progress',
      'phase',
      'results',
    ],
    coalesced(show, REFRESH_EVERY_MS),
  );
}

/**
 * How many entities are shown of a result, in all and by type.
 *
 * @param {import('../state/state.js').Results | undefined} results
 * @param {import('../entities/visible.js').Filters} filters
 */
function counts(results, filters) {
  /** @type {Map<string, number>} */
  const byType = new Map(); // in the order of the types, which is the same for every document
  for (const type of results?.types ?? []) byType.set(type, 0);
  let total = 0;
  for (const entity of results?.entities ?? []) {
    if (!passes(entity, filters)) continue;
    byType.set(entity.type, (byType.get(entity.type) ?? 0) + 1);
    total++;
  }
  for (const [type, count] of byType) if (!count) byType.delete(type);
  return { total, byType };
}

/** How many annotations came with a document. @param {Document} one */
function givenCount({ given: annotations }) {
  return annotations
    ? [
        ' ',
        make('span', {
          className: 'given-count',
          textContent: words.documentGiven(annotations.length),
        }),
      ]
    : [];
}

/** Says of a document that it has been reviewed as a whole. @param {Document} one */
function completeSign(one) {
  return one.results && isWhole({ ...one, results: one.results })
    ? [' ', make('span', { className: 'given-count', textContent: reviewWords().completeSign })]
    : [];
}

/** The beginning of a document's text. @param {Document} one */
function excerpt({ text }) {
  return oneLine(text.slice(0, EXCERPT_LENGTH)).trim() + (text.length > EXCERPT_LENGTH ? '…' : '');
}
