// Reads a file: a text, documents with or without annotations, or a table with a column of texts. The formats
// are read in Rust (documents/).

import { documents } from '../../shared/documents.js';
import { outermostFirst } from '../entities/order.js';

/**
 * @typedef {import('../../shared/documents.js').Problem} Problem
 * @typedef {import('../../shared/documents.js').Doc} Doc
 * @typedef {import('../../shared/documents.js').Entity} Annotation
 *
 * A document that has been read and is not in the collection yet.
 * @typedef {object} NewDocument
 * @property {string} name
 * @property {string} text
 * @property {number} [titleEnd]     Where its title ends, if the format separates title and abstract.
 * @property {Annotation[]} [given]  Its annotations, if its file has annotations.
 * @property {string[]} [givenTypes]  The types of all annotations in its file.
 * @property {import('../storage/document-store.js').StoredResults} [results]  The last two fields come from a
 *   saved review only.
 * @property {Partial<import('../entities/edits.js').Edit>} [edit]
 *
 * `skipped` counts what was left out: entries without a text, and the `problems`.
 * @typedef {{ documents: NewDocument[], skipped: number, problems: Problem[] }} ReadResult
 *
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'documents' } & ReadResult
 *   | { kind: 'table', rows: string[][], problems: Problem[] }} Content
 */

/**
 * The content of a file. Its format is told by its name, or else by its beginning.
 *
 * @param {string} name
 * @param {string} text
 * @returns {Content}
 */
export function contentOf(name, text) {
  const content = documents().read(name, text);
  if (content.kind === 'text') return { kind: 'text', text };
  if (content.kind === 'table') return content;
  return { kind: 'documents', ...legible(content.documents, content.problems) };
}

/**
 * A text with the annotations that brat stores in a file of their own.
 *
 * @param {string} name  The file name of the text.
 * @param {string} text
 * @param {string} annotations
 * @returns {ReadResult}
 */
export function readBrat(name, text, annotations) {
  const { document, problems } = documents().readBrat(text, annotations);
  return legible([{ ...document, id: name }], problems);
}

/**
 * The documents of a table, a row each.
 *
 * @param {string} name  The file name of the table.
 * @param {string} text
 * @param {import('../../shared/documents.js').Columns} columns
 * @returns {ReadResult}
 */
export function readTable(name, text, columns) {
  const { documents: rows, problems } = documents().readTable(name, text, columns);
  return legible(rows, problems);
}

/**
 * The documents that have a text.
 *
 * @param {Doc[]} all
 * @param {Problem[]} problems
 * @returns {ReadResult}
 */
function legible(all, problems) {
  const withText = all.filter(({ text }) => text.trim());
  const givenTypes = [
    ...new Set(all.flatMap(({ entities = [] }) => entities.map(({ type }) => type))),
  ].sort();
  const read = withText.map(({ id, text, titleEnd, entities = [] }, i) => ({
    name: id || String(i + 1),
    text,
    ...(titleEnd !== undefined && { titleEnd }),
    // In a file with annotations, a document that has none is one in which nothing should be found.
    ...(givenTypes.length > 0 && { given: [...entities].sort(outermostFirst), givenTypes }),
  }));
  return { documents: read, skipped: all.length - withText.length + problems.length, problems };
}
