// What every call is given: a text, and addresses.

import { BionerError } from './errors.js';
import { builtin } from './runtime.js';

/** The longest text that is taken, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 1_000_000;

/** @param {unknown} text */
export function checkText(text) {
  if (typeof text !== 'string') throw new BionerError('input', 'The text must be a string.');
  if (text.length > MAX_TEXT_LENGTH) {
    throw new BionerError(
      'text-too-large',
      `The text has ${text.length} characters; ${MAX_TEXT_LENGTH} can be worked on at once. Split it, or use the command line: bioner extract FILE.`,
    );
  }
}

/**
 * @param {string | URL} url  Relative ones refer to the page, as everywhere else. Without a page, in Node, Deno and
 *   Bun, what has no scheme is a path, and relative to the working directory.
 */
export function absolute(url) {
  const page = globalThis.document?.baseURI;
  const isPath = typeof url === 'string' && !/^[a-z][a-z\d+.-]+:/i.test(url); // `C:` is a drive
  const path = page === undefined && isPath && builtin('node:url')?.pathToFileURL(url);
  return path ? path.href : new URL(url, page ?? import.meta.url).href;
}
