// The entities of a document as files. The formats are written in Rust (documents/).

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
 * @property {Entity[]} entities  Sorted by start, offsets in UTF-16 code units of `text`.
 * @property {number} [titleEnd]  Where the title ends, in a document that came with one.
 */

/** What to call a document in a file. @param {Document} document @param {string} [id] */
const exported = (document, id = document.name) => ({ ...document, id });

/**
 * The one file of a document, or of brat's two the annotations.
 *
 * @param {string} format  One of `exportFormats()`.
 * @param {Document} document
 * @param {string} [id]
 */
export function written(format, document, id) {
  const files = documents().write(format, [exported(document, id)]);
  return files[files.length - 1].content;
}

/**
 * The entities as the JavaScript contract has them, with what they were made by. Where an entity is
 * not as the model found it, `origin` says what it is instead.
 *
 * @param {Document} document
 */
export const toJson = (document) => written('json', document);

/** @param {Document} document */
export const toCsv = (document) => written('csv', document);

/** brat standoff. @param {Document} document */
export const toBrat = (document) => written('brat', document);

/**
 * @param {Document} document
 * @param {string} [id]  The PMID; from the name, where that begins with a number.
 */
export const toPubTator = (document, id = pmidOf(document.name)) => written('pubtator', document, id);

/** @param {string} name */
const pmidOf = (name) => /^(\d+)(\.|$)/.exec(name)?.[1] ?? '1';

/**
 * The files of many documents: one, or for brat two a document.
 *
 * @param {string} format
 * @param {Document[]} all
 */
export const filesOf = (format, all) => documents().write(format, all.map((document) => exported(document)));
