// The list of what could not be read in the files opened last: file, line and reason.

import { text as words } from '../../text.js';
import { byId, make } from '../common/dom.js';
import { problemLine } from '../common/problem-line.js';

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
      ...problems.slice(0, MAX_SHOWN).map(problemLine),
      ...(left > 0 ? [make('li', { textContent: words.problemsMore(left) })] : []),
    );
  });
}
