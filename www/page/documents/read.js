// What is in a file: a text, documents with or without annotations, or a table of which a column is the
// text. The formats are read in Rust (documents/).

import { documents } from '../../shared/documents.js';
import { outermostFirst } from '../annotated/marks.js';

/**
 * @typedef {import('../../shared/documents.js').Problem} Problem
 * @typedef {import('../../shared/documents.js').Doc} Doc
 * @typedef {import('../../shared/documents.js').Entity} Annotation
 *
 * A document to be.
 * @typedef {object} Fresh
 * @property {string} name
 * @property {string} text
 * @property {number} [titleEnd]     Where its title ends, if the format tells title and abstract apart.
 * @property {Annotation[]} [given]  The annotations it came with, if its file has annotations.
 * @property {string[]} [givenTypes]  The types of all annotations in its file.
 *
 * `skipped` counts what was left out: entries without a text, and what `problems` tells of.
 * @typedef {{ documents: Fresh[], skipped: number, problems: Problem[] }} Found
 *
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'documents' } & Found
 *   | { kind: 'table', rows: string[][], problems: Problem[] }} Content
 */

/**
 * The name says what a file is, or its beginning does.
 *
 * @param {string} name
 * @param {string} text
 * @returns {Content}
 */
export function contentOf(name, text) {
  const content = documents().read(name, text);
  if (content.kind === 'text') return { kind: 'text', text };
  if (content.kind === 'table') return content;
  return { kind: 'documents', ...found(content.documents, content.problems) };
}

/**
 * A line a document: `{"id", "text"}`. A document without an id is called by its line.
 *
 * @param {string} text
 */
export const readJsonLines = (text) => readAs('json-lines', text);

/**
 * PubTator: `ID|t|title`, `ID|a|abstract`, and annotations. Title and abstract are a line each, so that
 * offsets are those of the format.
 *
 * @param {string} text
 */
export const readPubTator = (text) => readAs('pubtator', text);

/**
 * A text and the annotations that brat keeps in a file beside it.
 *
 * @param {string} name  Of the text's file.
 * @param {string} text
 * @param {string} annotations
 * @returns {Found}
 */
export function readBrat(name, text, annotations) {
  const { document, problems } = documents().readBrat(text, annotations);
  return found([{ ...document, id: name }], problems);
}

/**
 * @param {string} format
 * @param {string} text
 * @returns {Found}
 */
function readAs(format, text) {
  const content = documents().read('', text, format);
  return content.kind === 'documents' ? found(content.documents, content.problems) : found([], []);
}

/**
 * @param {Doc[]} all
 * @param {Problem[]} problems
 * @returns {Found}
 */
function found(all, problems) {
  const legible = all.filter(({ text }) => text.trim());
  const givenTypes = [...new Set(all.flatMap(({ entities = [] }) => entities.map(({ type }) => type)))].sort();
  const fresh = legible.map(({ id, text, titleEnd, entities = [] }, i) => ({
    name: id || String(i + 1), text,
    ...(titleEnd !== undefined && { titleEnd }),
    // In a file with annotations a document without any is one in which there is nothing to be found.
    ...(givenTypes.length > 0 && { given: [...entities].sort(outermostFirst), givenTypes }),
  }));
  return { documents: fresh, skipped: all.length - legible.length + problems.length, problems };
}

/**
 * The documents of a table.
 *
 * @param {string[][]} rows
 * @param {{ text: number, id?: number, head: boolean }} columns  Which are the text and the name.
 * @returns {Found}
 */
export function documentsOf(rows, { text, id, head }) {
  const body = rows.slice(head ? 1 : 0);
  const taken = body
    .map((row, i) => ({ name: (id === undefined ? '' : row[id]?.trim()) || String(i + 1), text: row[text] ?? '' }))
    .filter((document) => document.text.trim());
  return { documents: taken, skipped: body.length - taken.length, problems: [] };
}

/**
 * Which columns a table's text and names are likely to be in.
 *
 * @param {string[][]} rows
 */
export const guessColumns = (rows) => documents().guessColumns(rows);
