// Tables: RFC 4180 with the delimiters that are about, and quotes escaped by a backslash. Read in Rust
// (documents/).

import { documents } from '../../shared/documents.js';

/**
 * The rows of a table. Empty lines are no rows.
 *
 * @param {string} text
 * @param {string} [delimiter]  Found out by itself where none is given.
 * @returns {string[][]}
 */
export const readCsv = (text, delimiter) => documents().readCsv(text, delimiter);
