// The entities of documents as files. The formats are written in Rust (documents/).

import { documents } from '../../shared/documents.js';

/**
 * @typedef {import('../state/state.js').Entity} Entity
 *
 * @typedef {object} Document
 * @property {string} text
 * @property {string} name
 * @property {string[]} types
 * @property {string} format
 * @property {string} model
 * @property {Entity[]} entities  Sorted by start; offsets in UTF-16 code units of `text`.
 * @property {number} [titleEnd]  Where the title ends, in a document that came with one.
 */

/**
 * The file of one document. Of the two files that brat has, the annotations.
 *
 * @param {string} format  One of `exportFormats()`.
 * @param {Document} document
 * @returns {string}
 */
export function fileOf(format, document) {
  const id = format === 'pubtator' ? pmidOf(document.name) : document.name;
  const files = documents().write(format, [{ ...document, id }]);
  return files[files.length - 1].content;
}

/** The number at the beginning of a file name is taken for the PMID. @param {string} name */
const pmidOf = (name) => /^(\d+)(\.|$)/.exec(name)?.[1] ?? '1';

/**
 * The files of many documents: one file, or for brat two files a document.
 *
 * @param {string} format
 * @param {Document[]} all
 */
export const filesOf = (format, all) =>
  documents().write(
    format,
    all.map((document) => ({ ...document, id: document.name })),
  );
