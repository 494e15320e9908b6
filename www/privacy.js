// The page on which the reader can check that nothing leaves the device: the model works without a network, and the
// browser counts every request of the page and of the model's worker.

import { Bioner, MAX_TEXT_LENGTH } from './client.js';
import { number, onLanguage } from './language.js';
import { confinedWorker } from './page/model/confined-worker.js';
import { byId, make } from './page/common/dom.js';
import { explained, tooLarge } from './page/common/explained.js';
import { nest } from './page/annotated/marks.js';
import { mountMasthead } from './page/settings/masthead.js';
import { storePage } from './page/storage/offline.js';
import { applyTypeStyle } from './page/common/type-style.js';
import { mountInterfaceText } from './page/common/interface-text.js';
import { observeNetwork, tryToSend } from './privacy/network-events.js';
import { NetworkLog } from './privacy/network-log.js';
import { text as words } from './text.js';
import { privacyTexts as proof } from './text/privacy.js';

const WORKER_MODULES = ['./privacy/worker-events.js', './worker.js'].map(
  (path) => new URL(path, import.meta.url),
);
const TYPES = ['Chemical', 'Disease'];
const SAMPLE =
  "Selegiline-induced postural hypotension in Parkinson's disease was treated with fludrocortisone.";

mountInterfaceText('proof.title', () => ({ proof: proof() }));
mountMasthead();

const log = new NetworkLog(showLog);
const channel = new BroadcastChannel(
  `bioner-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`,
);
observeNetwork((event) => log.add('page', event));
channel.addEventListener('message', ({ data }) => {
  if (data.kind !== 'try' && data.kind !== 'tried') log.add('worker', data);
});

const box = /** @type {HTMLTextAreaElement} */ (byId('input'));
const extract = /** @type {HTMLButtonElement} */ (byId('extract'));
box.value ||= SAMPLE;
/** @type {'loading' | 'ready' | 'working' | 'done' | 'error'} */
let phase = 'loading';
let loading = () => proof().loading;
let outcome = () => '';
let sending = () => '';

onLanguage(show);
addEventListener('online', show);
addEventListener('offline', show);
showPolicy();
show();

try {
  const [ner] = await Promise.all([
    // One worker, so that nothing at all is fetched once it is ready.
    Bioner.load({
      workers: 1,
      createWorker: () => confinedWorker(channel.name, WORKER_MODULES),
      onProgress: ({ loaded, total }) =>
        showLoading('loading', () => words.loadProgress(loaded, total, 0)),
    }),
    storePage(),
  ]);
  await settled();
  log.loaded();
  showLoading('ready', () => proof().ready);
  extract.disabled = false;
  extract.addEventListener('click', () => run(ner));
  byId('leak').addEventListener('click', trySending);
} catch (error) {
  showLoading('error', explained(error));
}

/** @param {Bioner} ner */
async function run(ner) {
  const text = box.value;
  if (!text.trim()) return showOutcome('error', () => words.errors.empty());
  if (text.length > MAX_TEXT_LENGTH) return showOutcome('error', tooLarge(text.length));
  const before = log.requests({ late: true });
  const hadFocus = document.activeElement === extract;
  extract.disabled = true; // a disabled button loses the focus
  showOutcome('working', () => words.status.working(0, 0));
  try {
    const entities = [];
    for await (const part of ner.extract(text, { types: TYPES })) {
      entities.push(...part.entities);
      byId('annotated').replaceChildren(...render(text, nest(entities, 0, text.length)));
    }
    await settled();
    const requests = log.requests({ late: true }) - before;
    const offline = !navigator.onLine;
    showOutcome('done', () => proof().done(entities.length, requests, offline));
  } catch (error) {
    showOutcome('error', explained(error));
  }
  extract.disabled = false;
  if (hadFocus && document.activeElement === document.body) extract.focus();
}

/** Tries to send the text away, from the page and from the worker. */
async function trySending() {
  const text = box.value;
  const worker = new Promise((resolve) => {
    channel.addEventListener('message', function listener({ data }) {
      if (data.kind !== 'tried') return;
      channel.removeEventListener('message', listener);
      resolve(data.sent);
    });
  });
  channel.postMessage({ kind: 'try', text });
  const sent = await Promise.all([tryToSend(text), worker]);
  await settled();
  sending = () => (sent.includes(true) ? proof().leaked : proof().refused);
  show();
}

/**
 * @param {typeof phase} now
 * @param {() => string} what
 */
function showLoading(now, what) {
  phase = now;
  loading = what;
  show();
}

/**
 * @param {typeof phase} now
 * @param {() => string} what
 */
function showOutcome(now, what) {
  phase = now;
  outcome = what;
  show();
}

function show() {
  const status = byId('status');
  status.dataset.state = phase;
  status.textContent = loading();
  byId('outcome').textContent = outcome();
  byId('leak-result').textContent = sending();
  byId('network').textContent = navigator.onLine ? proof().online : proof().offline;
  byId('network').dataset.online = String(navigator.onLine);
  showLog();
}

function showLog() {
  /** @param {string} id @param {number} count */
  const put = (id, count) => {
    byId(id).textContent = number(count);
    byId(id).dataset.count = String(count);
  };
  for (const where of /** @type {const} */ (['page', 'worker'])) {
    put(`${where}-loading`, log.requests({ where, late: false }));
    put(`${where}-after`, log.requests({ where, late: true }));
    put(`${where}-foreign`, log.requests({ where, foreign: true }));
    put(`${where}-refused`, log.refused(where));
  }
  byId('network-log').replaceChildren(
    ...log.entries.map((line) => {
      const who = proof().where[line.where];
      const what =
        line.kind === 'refused'
          ? proof().line.refused(line.url, line.rule)
          : proof().line.request(line.url);
      return make('li', { textContent: `${who}: ${what}` });
    }),
  );
}

/** The browser reports a request a moment after it was made. */
function settled() {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

/** Shows the policy of this page, rule by rule, with what each means. */
function showPolicy() {
  const meta = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  const rules = (meta?.getAttribute('content') ?? '')
    .split(';')
    .map((rule) => rule.trim().replace(/\s+/g, ' '));
  const put = () =>
    byId('policy').replaceChildren(
      ...rules.flatMap((rule) => {
        const name = rule.split(' ')[0];
        const meaning =
          proof().policy[/** @type {keyof ReturnType<typeof proof>["policy"]} */ (name)] ?? '';
        return [
          make('dt', {}, make('code', { textContent: rule })),
          make('dd', { textContent: meaning }),
        ];
      }),
    );
  onLanguage(put);
  put();
}

/**
 * @param {string} text
 * @param {import('./page/annotated/marks.js').Piece[]} pieces
 * @returns {Node[]}
 */
function render(text, pieces) {
  return pieces.map(({ start, end, entity, children }) => {
    if (!entity) return document.createTextNode(text.slice(start, end));
    const mark = make(
      'mark',
      { className: 'mark', 'data-of': entity.type },
      ...render(text, children ?? []),
    );
    applyTypeStyle(mark, entity.type);
    return mark;
  });
}
