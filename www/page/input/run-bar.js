// The buttons that start and stop an extraction, the status line, the progress bar, and the line that answers the reader
// while the status line is needed for progress.

import { text as words } from '../../text.js';
import { byId, coalesced } from '../common/dom.js';

const REFRESH_EVERY_MS = 250;

/**
 * @param {import('../state/state.js').State} state
 * @param {import('../state/session.js').Session} session
 */
export function mountRunBar(state, session) {
  const status = byId('status');
  // It is there before it says something, so that screen readers read it out.
  const answerLine = byId('answer');
  const warning = byId('warning');
  const bar = /** @type {HTMLProgressElement} */ (byId('progress'));
  const note = byId('progress-note');
  const extract = /** @type {HTMLButtonElement} */ (byId('extract'));
  const cancel = /** @type {HTMLButtonElement} */ (byId('cancel'));
  const retry = /** @type {HTMLButtonElement} */ (byId('retry'));

  extract.addEventListener('click', () => session.extract());
  cancel.addEventListener('click', () => session.cancel());
  retry.addEventListener('click', () => session.load());
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !cancel.disabled && !isTaken(event)) session.cancel();
  });

  state.watch(['phase', 'message', 'language'], ({ phase, message }) => {
    status.dataset.state = phase;
    const text = message();
    if (status.textContent !== text) status.textContent = text;
  });
  state.watch(['answer', 'language'], ({ answer }) => {
    answerLine.classList.toggle('refusal', Boolean(answer?.isRefusal));
    answerLine.textContent = answer?.says() ?? '';
  });
  state.watch(['warning', 'unreadable', 'language'], ({ warning: message, unreadable }) => {
    const documents = unreadable ? words.warnings.unreadable(unreadable) : '';
    warning.textContent = [message(), documents].filter(Boolean).join(' ');
    warning.hidden = !warning.textContent;
  });
  state.watch(['phase', 'waiting'], ({ phase, waiting }) => {
    const busy = phase === 'working' || Boolean(waiting);
    // A disabled button would lose the focus.
    const hasFocus = document.activeElement === (busy ? extract : cancel);
    extract.disabled = busy;
    cancel.disabled = !busy;
    if (hasFocus) (busy ? cancel : extract).focus();
  });
  state.watch(['phase', 'mayRetry'], ({ phase, mayRetry }) => {
    retry.hidden = !(phase === 'error' && mayRetry);
  });

  const showProgress = () => {
    const { phase, loading, progress } = state.values;
    const active = phase === 'loading' || phase === 'working';
    bar.hidden = !active;
    note.textContent = active ? (loading ? loadNote(loading) : workNote(phase, progress)) : '';
    const [value, label] = loading
      ? [loading.total ? loading.loaded / loading.total : undefined, words.status.loading()]
      : [progress?.total ? progress.done / progress.total : undefined, words.runTitle];
    bar.setAttribute('aria-label', label);
    if (value === undefined) bar.removeAttribute('value');
    else bar.value = value;
  };
  state.watch(['phase', 'language'], showProgress);
  state.watch(['loading', 'progress'], coalesced(showProgress, REFRESH_EVERY_MS));
}

/** What Escape closes instead: dialogs, the card of a mark, and its tip. */
const CLOSABLE = 'dialog[open], #editor:not([hidden]), #tip:not([hidden])';

/**
 * Whether Escape is meant for something else: what is open, or the field that has the focus.
 *
 * @param {KeyboardEvent} event
 */
function isTaken({ defaultPrevented, isComposing, target }) {
  if (defaultPrevented || isComposing || document.querySelector(CLOSABLE)) return true;
  const fields = 'select, input[type="search"]:not(:placeholder-shown)';
  return target instanceof Element && target.matches(fields);
}

/** @param {import('../../client.d.ts').LoadProgress} loading */
function loadNote({ loaded, total, cached, attempt }) {
  if (attempt > 1) return words.loadRetry(attempt);
  return total ? words.loadProgress(loaded, total, cached) : '';
}

/**
 * @param {import('../state/state.js').Phase} phase
 * @param {import('../state/state.js').Results | undefined} progress
 */
function workNote(phase, progress) {
  if (phase !== 'working' || !progress?.done) return '';
  const { done, total, startedAt } = progress;
  const rate = done / ((performance.now() - startedAt) / 1000);
  return words.workProgress(rate, (total - done) / rate, done, total);
}
