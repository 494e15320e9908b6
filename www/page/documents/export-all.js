// The entities of many documents in one file: pure functions.

import { CSV_COLUMNS, csv, csvRow, plain, toBrat, toPubTator } from '../exports.js';
import { zip } from './zip.js';

/** @typedef {import('../exports.js').Document} Document */

/**
 * JSON Lines, a line a document, as `bioner extract FILE.jsonl` writes them.
 *
 * @param {Document[]} documents
 */
export function toJsonLines(documents) {
  return documents
    .map(({ name, entities }) => `${JSON.stringify({ id: name, offsets: 'utf-16', entities: entities.map(plain) })}\n`)
    .join('');
}

/**
 * One table, with the document in front.
 *
 * @param {Document[]} documents
 */
export function toCsvOfAll(documents) {
  const rows = documents.flatMap(({ name, entities }) => entities.map((entity) => [name, ...csvRow(entity)]));
  return csv([['document', ...CSV_COLUMNS], ...rows]);
}

/**
 * PubTator documents with an empty line between them. Their ids are their names without white space.
 *
 * @param {Document[]} documents
 */
export function toPubTatorOfAll(documents) {
  const names = distinct(documents.map(({ name }) => name.replace(/[\s|]+/g, '_') || 'document'));
  return documents.map((document, i) => toPubTator(document, names[i])).join('\n');
}

/**
 * An archive with a text and its annotations for every document, as brat wants them.
 *
 * @param {Document[]} documents
 */
export function toBratOfAll(documents) {
  const stems = distinct(
    documents.map(({ name }) => name.replace(/\.(txt|text)$/i, '').replace(/[\\/:*?"<>|\u0000-\u001f]+/g, '_').replace(/^\.+/, '_') || 'document'),
  );
  return zip(
    documents.flatMap((document, i) => [
      { name: `${stems[i]}.txt`, content: document.text },
      { name: `${stems[i]}.ann`, content: toBrat(document) },
    ]),
  );
}

/**
 * Names told apart by a number where two are the same.
 *
 * @param {string[]} names
 */
function distinct(names) {
  const taken = new Set();
  return names.map((name) => {
    let free = name;
    for (let i = 2; taken.has(free.toLowerCase()); i++) free = `${name}-${i}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
