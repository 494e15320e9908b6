// The list of what could not be read in the files opened last: file, line and reason.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';

const MAX_SHOWN = 200;

/** @param {import('../state/state.js').State} state */
export function mountProblems(state) {
  const details = /** @type {HTMLDetailsElement} */ (byId('problems'));
  state.watch(['problems', 'language'], ({ problems }) => {
    details.hidden = !problems.length;
    if (!problems.length) details.open = false;
    byId('problems-summary').textContent = words.problems(problems.length);
    const left = problems.length - MAX_SHOWN;
    byId('problems-list').replaceChildren(
      ...problems.slice(0, MAX_SHOWN).map(line),
      ...(left > 0 ? [make('li', { textContent: words.problemsMore(left) })] : []),
    );
  });
}

/** @param {import('../state/state.js').FileProblem} problem */
function line({ file, line: number, code, message }) {
  const where = make('bdi', {
    className: 'problem-place',
    textContent: words.problemPlace(file, number),
  });
  const kind = /** @type {Record<string, string>} */ (words.problemKinds)[code];
  // The documents module writes its messages in English. In other languages the code says what is wrong.
  const detail = make('span', { className: 'problem-detail', lang: 'en', textContent: message });
  return make(
    'li',
    {},
    where,
    ...(kind ? [` ${kind}`] : []),
    ...(!kind || words.lang === 'en' ? [' ', detail] : []),
  );
}
