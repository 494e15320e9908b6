// The list of documents: the state of each, what was found in it, and a button that opens it.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { number } from '../../language.js';
import { DRAWINGS } from '../../shared/dom.js';
import { oneLine } from '../../shared/text.js';
import { documentWords as words } from '../../text/documents.js';
import { reviewWords } from '../../text/review.js';
import { askToConfirm } from '../common/dialog.js';
import { byId, coalesced, icon, make } from '../common/dom.js';
import { Pager } from '../common/pager.js';
import { enableRowKeys } from '../common/row-keys.js';
import { showRows } from '../common/rows.js';
import { applyTypeStyle } from '../common/type-style.js';
import { passes } from '../entities/visible.js';
import { isWhole } from '../review/queue/items.js';
import { isReviewed } from './collection.js';

const REFRESH_EVERY_MS = 200;
const ROWS_PER_PAGE = 100;
const EXCERPT_LENGTH = 60; // characters

/**
 * @typedef {import('./collection.js').Document} Document
 * @typedef {import('../state/state.js').State} State
 * @typedef {import('../state/state.js').Results} Results
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
  /** The rows of this page, with what each of them shows. @type {Map<Document, { line: HTMLElement, look: string }>} */
  let rows = new Map();
  const pager = new Pager(byId('documents-pager'), ROWS_PER_PAGE, (by) => {
    page += by;
    show();
  });

  const show = () => {
    if (document.querySelector('dialog.queue[open]')) return; // it is covered by the review
    const { documents: all } = state.values;
    byId('documents').hidden = !all.length;
    document.body.classList.toggle('many', all.length > 0);
    if (!all.length) {
      rows.clear();
      return body.replaceChildren();
    }
    page = Math.max(0, Math.min(page, Math.ceil(all.length / ROWS_PER_PAGE) - 1));
    const focused = /** @type {HTMLElement | null} */ (
      document.activeElement?.closest('#documents-body tr')
    )?.dataset.key;
    const before = rows;
    rows = new Map();
    for (const one of all.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE))
      rows.set(one, rowOf(one, before.get(one)));
    showRows(
      body,
      Array.from(rows.values(), ({ line }) => line),
    );
    const jump =
      body.querySelector(focused ? `[data-key="${focused}"] .jump` : '[aria-current] .jump') ??
      body.querySelector('.jump');
    for (const other of body.querySelectorAll('.jump[tabindex="0"]'))
      if (other !== jump) other.setAttribute('tabindex', '-1');
    jump?.setAttribute('tabindex', '0');
    // Its row has been made anew.
    if (focused && !body.contains(document.activeElement))
      /** @type {HTMLElement | null} */ (jump)?.focus({ preventScroll: true });
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
    byId('documents-summary').textContent = words().documentsSummary(
      done.length,
      all.length,
      entities,
    );
    const waiting = all.filter((one) => one.state === 'waiting').length;
    const failed = all.filter((one) => one.state === 'failed').length;
    run.hidden = !(waiting || failed) || phase === 'working';
    run.textContent = waiting ? words().documentsRun(waiting) : words().documentsRetry(failed);
    byId('documents-again').hidden = Boolean(waiting) || phase === 'working';
    byId('documents-clear').hidden = phase === 'working';
    byId('export-all').hidden = !done.length;
  };

  /**
   * The row of a document: the one that there is, if it still shows what it should.
   *
   * @param {Document} one
   * @param {{ line: HTMLElement, look: string }} [before]
   */
  const rowOf = (one, before) => {
    const look = lookOf(one, state.values);
    const written = JSON.stringify(look);
    return before?.look === written ? before : { line: makeRow(one, look), look: written };
  };

  /**
   * @param {Document} one  For the buttons; all that is to be seen is in `look`.
   * @param {Look} look
   */
  const makeRow = (one, look) => {
    const jump = make(
      'button',
      { type: 'button', className: 'jump', tabIndex: -1 },
      make('bdi', { textContent: look.name }),
    );
    jump.disabled = !look.isOpenable;
    const remove = make(
      'button',
      { type: 'button', className: 'document-remove', tabIndex: -1 },
      icon(DRAWINGS.close),
    );
    remove.setAttribute('aria-label', words().documentRemove(look.name));
    remove.disabled = look.state === 'working';
    remove.addEventListener('click', async (event) => {
      event.stopPropagation();
      if (isReviewed(one) && !(await askToConfirm(words().documentRemoveAsk(one.name)))) return;
      documents.remove([one]);
    });
    const line = make(
      'tr',
      { 'data-key': one.key, 'data-state': look.state },
      make(
        'td',
        { className: 'mention' },
        jump,
        ' ',
        make('span', { className: 'forms', textContent: look.excerpt }),
        ...signs(look),
      ),
      make('td', { className: 'document-state' }, ...outcome(look)),
      make('td', {}, remove),
    );
    if (look.isOpen) line.setAttribute('aria-current', 'true');
    line.addEventListener('click', () => {
      if (one.results) documents.open(one);
    });
    return line;
  };

  // The button goes away while documents are read: as that of the run bar does, it hands on the focus.
  const start = (/** @type {HTMLElement} */ button) => {
    const hadFocus = document.activeElement === button;
    session.extractDocuments();
    if (hadFocus) byId('cancel').focus();
  };
  const again = byId('documents-again');
  run.addEventListener('click', () => {
    if (!documents.waiting.length) documents.reset(({ state }) => state === 'failed');
    start(run);
  });
  again.addEventListener('click', async () => {
    const decided = state.values.documents.some(isReviewed);
    if (decided && !(await askToConfirm(words().documentsAgainAsk))) return;
    documents.reset();
    start(again);
  });
  byId('documents-clear').addEventListener('click', async () => {
    if (await askToConfirm(words().documentsClearAsk))
      documents.remove([...state.values.documents]);
  });
  enableRowKeys(body);
  state.watch(['stored', 'language'], ({ stored }) => {
    byId('documents-note').textContent = words().documentsStored[stored];
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
 * What the row of a document shows, in plain values.
 *
 * @typedef {ReturnType<typeof lookOf>} Look
 *
 * @param {Document} one
 * @param {import('../state/state.js').Values} values
 */
function lookOf(one, values) {
  const { name, state, error = '', results, given } = one;
  return {
    language: values.language, // of all words and numbers
    name,
    state,
    error,
    excerpt: excerpt(one),
    given: given?.length,
    isComplete: results ? isWhole({ ...one, results }) : false,
    isOpenable: Boolean(results),
    isOpen: one === values.open,
    read: state === 'working' && results?.total ? results.done / results.total : undefined,
    found: state === 'done' ? [...counts(results, values).byType] : [],
  };
}

/** The state of a document, or what was found in it. @param {Look} look */
function outcome({ state, error, read, found }) {
  if (state === 'failed') {
    const why = words().documentErrors[error] ?? words().documentErrors.internal;
    return [
      make('span', { className: 'failed', textContent: words().documentStates.failed }),
      ' ',
      make('span', { className: 'failed-why', textContent: why(MAX_TEXT_LENGTH) }),
    ];
  }
  if (read !== undefined) {
    return [
      make('progress', { max: 1, value: read, 'aria-label': words().documentStates.working }),
    ];
  }
  if (state !== 'done') return [words().documentStates[state]];
  if (!found.length) return [words().documentNone];
  return found.map(([type, count]) => {
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
}

/**
 * How many entities are shown of a result, in all and by type.
 *
 * @param {Results | undefined} results
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

/**
 * How many annotations came with a document, and that it has been reviewed as a whole.
 *
 * @param {Look} look
 */
function signs({ given, isComplete }) {
  const texts = [];
  if (given !== undefined) texts.push(words().documentGiven(given));
  if (isComplete) texts.push(reviewWords().completeSign);
  return texts.flatMap((textContent) => [
    ' ',
    make('span', { className: 'given-count', textContent }),
  ]);
}

/** The beginning of a document's text. @param {Document} one */
function excerpt({ text }) {
  return oneLine(text.slice(0, EXCERPT_LENGTH)).trim() + (text.length > EXCERPT_LENGTH ? '…' : '');
}
