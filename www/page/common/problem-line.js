// A line of a list of problems: file, line and reason.

import { text as words } from '../../text.js';
import { make } from './dom.js';

/** @param {{ file: string, line?: number, code: string, message: string }} problem */
export function problemLine({ file, line: number, code, message }) {
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
