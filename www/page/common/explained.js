// Errors in the words of the interface.

import { MAX_TEXT_LENGTH } from '../../client.js';
import { text as words } from '../../text.js';

/**
 * What an error says to the reader, in the language at the time.
 *
 * @param {unknown} error
 * @returns {() => string}
 */
export function explained(error) {
  console.warn(error); // for a bug report
  const { code, message, problem } = reasonOf(error);
  return () => {
    if (problem) return words.errors.types(problem);
    const sentence = words.errors.byCode[code]?.(message) ?? message;
    return code ? words.errors.withCode(sentence, code) : sentence;
  };
}

/** @param {unknown} error */
export function reasonOf(error) {
  const {
    code = '',
    message = String(error),
    problem,
  } = /** @type {Partial<import('../../client.d.ts').BionerError>} */ (error ?? {});
  return { code, message, problem };
}

/** The message for a text of this many characters. @param {number} length */
export const tooLarge = (length) => () => words.errors['text-too-large'](length, MAX_TEXT_LENGTH);
