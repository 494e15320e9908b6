// Documents as they are stored, and back.

import { wholeFrom } from '../entities/edits.js';
import { entitiesOf } from '../entities/visible.js';
import { newResults, sourceOf } from '../state/results.js';

/**
 * @typedef {import('../storage/document-store.js').StoredDocument} StoredDocument
 * @typedef {import('./collection.js').Document} Document
 */

/**
 * Stored documents, and how many there are that cannot be read: another version of the page may have stored them. They
 * stay stored as they are.
 *
 * @param {StoredDocument[]} stored
 * @param {boolean} abbreviations
 */
export function restored(stored, abbreviations) {
  /** @type {Document[]} */
  const documents = [];
  for (const document of stored) {
    try {
      documents.push(fromStored(document, abbreviations));
    } catch (error) {
      console.warn(error);
    }
  }
  return { documents, unreadable: stored.length - documents.length };
}

/**
 * @param {StoredDocument} stored
 * @param {boolean} abbreviations  Whether abbreviations of entities count as entities.
 * @returns {Document}
 */
export function fromStored({ results: storedResults, ...document }, abbreviations) {
  if (![document.name, document.text].every((field) => typeof field === 'string'))
    throw new Error(`the document ${document.key} has no text`);
  if (!storedResults) {
    const state = document.state === 'failed' ? 'failed' : 'waiting';
    return { ...document, edit: upToDate(document.edit, []), state };
  }
  const edit = upToDate(storedResults.edit, storedResults.types);
  const results = newResults({ ...sourceOf(document), ...storedResults, edit });
  Object.assign(results, {
    upTo: document.text.length,
    done: results.total,
    running: false,
  });
  results.entities = entitiesOf(results, abbreviations);
  return { ...document, results };
}

/**
 * The reader's decisions, also where an earlier version has stored them.
 *
 * @param {StoredDocument['edit']} edit
 * @param {string[]} types  Those asked for.
 */
const upToDate = (edit, types) => edit && { ...edit, whole: wholeFrom(edit.whole, types) };

/**
 * @param {Document} document
 * @returns {StoredDocument}
 */
export function toStored({ key, state, error, results, ...document }) {
  const stored = results && {
    types: results.types,
    format: results.format,
    found: results.found,
    raw: results.raw,
    total: results.total,
    wanted: results.wanted,
    annotation: results.annotation,
    edit: results.edits.now,
  };
  return {
    key,
    ...sourceOf(document),
    state: state === 'working' ? 'waiting' : state,
    error,
    results: stored,
    edit: stored ? undefined : document.edit,
  };
}
