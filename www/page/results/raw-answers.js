// What the model wrote for each sentence, before it was parsed.

import { text as words } from '../../text.js';
import { byId, coalesced, make } from '../common/dom.js';

const ANSWERS_PER_STEP = 300;
const REFRESH_EVERY_MS = 200;

/** @param {import('../state/state.js').State} state */
export function mountRawAnswers(state) {
  const list = byId('raw');
  const more = make('button', { type: 'button', className: 'quiet-button raw-more' });
  /** @type {import('../state/state.js').Results | undefined} */
  let shown;
  let count = 0;
  let limit = ANSWERS_PER_STEP;
  state.watch(
    ['language'],
    () => (more.textContent = words.rawMore((shown?.raw.length ?? 0) - count)),
  );

  const show = () => {
    const { results } = state.values;
    if (!results) return;
    if (results !== shown) {
      shown = results;
      count = 0;
      limit = ANSWERS_PER_STEP;
      list.replaceChildren();
      byId('raw-note').textContent = words.rawNote(results.format);
    }
    const { raw, text } = results;
    const fresh = raw.slice(count, limit).map(({ start, end, text: answer }, index) => {
      // A sentence with several answers is shown once.
      const again = raw[count + index - 1]?.start === start;
      const source = () =>
        make('p', { className: 'answer-source', dir: 'auto', textContent: text.slice(start, end) });
      const written = make('pre', { className: 'answer-text', dir: 'auto', textContent: answer });
      const children = again ? [written] : [source(), written];
      const className = again ? 'answer answer-again' : 'answer';
      return make('div', { className, 'data-start': start, 'data-end': end }, ...children);
    });
    more.remove();
    list.append(...fresh);
    count += fresh.length;
    if (count < raw.length) {
      more.textContent = words.rawMore(raw.length - count);
      list.append(more);
    }
  };
  more.addEventListener('click', () => {
    limit += ANSWERS_PER_STEP;
    show();
    list.focus();
  });
  state.watch(['results'], coalesced(show, REFRESH_EVERY_MS));
}
