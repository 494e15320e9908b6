// What is in a file: a text, documents, or a table of which a column is the text. Pure functions
// from a name and a text.

import { delimiterOf, readCsv } from './csv.js';

/**
 * @typedef {{ name: string, text: string }} Fresh  A document to be.
 *
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'documents', documents: Fresh[], skipped: number }
 *   | { kind: 'table', rows: string[][] }} Content
 */

/**
 * The name says what a file is; of a .txt, its beginning does, as PubTator files are often called so.
 *
 * @param {string} name
 * @param {string} text
 * @returns {Content}
 */
export function contentOf(name, text) {
  if (/\.(jsonl|ndjson)$/i.test(name)) return { kind: 'documents', ...readJsonLines(text) };
  if (/\.tsv$/i.test(name)) return { kind: 'table', rows: readCsv(text, '\t') };
  if (/\.csv$/i.test(name)) return { kind: 'table', rows: readCsv(text, delimiterOf(text)) };
  if (/\.pubtator$/i.test(name) || /^\s*[^\s|]+\|[ta]\|/.test(text)) {
    return { kind: 'documents', ...readPubTator(text) };
  }
  return { kind: 'text', text };
}

/**
 * A line a document: `{"id", "text"}`. A document without an id is called by its line.
 *
 * @param {string} text
 * @returns {{ documents: Fresh[], skipped: number }}
 */
export function readJsonLines(text) {
  const documents = [];
  let skipped = 0;
  for (const [i, line] of text.replace(/^\ufeff/, '').split('\n').entries()) {
    if (!line.trim()) continue;
    const value = parsed(line);
    if (typeof value?.text === 'string' && value.text.trim()) {
      documents.push({ name: String(value.id ?? i + 1), text: value.text });
    } else skipped++;
  }
  return { documents, skipped };
}

/** @param {string} line */
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/**
 * PubTator: `ID|t|title`, `ID|a|abstract`, and annotations, which are not read. Title and abstract
 * are a line each, so that offsets are those of the format.
 *
 * @param {string} text
 * @returns {{ documents: Fresh[], skipped: number }}
 */
export function readPubTator(text) {
  /** @type {Map<string, { title?: string, abstract?: string }>} */
  const found = new Map();
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const match = /^([^\s|]+)\|([ta])\|(.*)$/.exec(line);
    if (!match) continue;
    const [, id, part, content] = match;
    const document = found.get(id) ?? {};
    document[part === 't' ? 'title' : 'abstract'] = content;
    found.set(id, document);
  }
  const all = Array.from(found, ([name, { title = '', abstract = '' }]) => ({ name, text: `${title}\n${abstract}` }));
  const documents = all.filter(({ text: content }) => content.trim());
  return { documents, skipped: all.length - documents.length };
}

/**
 * The documents of a table.
 *
 * @param {string[][]} rows
 * @param {{ text: number, id?: number, head: boolean }} columns  Which are the text and the name.
 * @returns {{ documents: Fresh[], skipped: number }}
 */
export function documentsOf(rows, { text, id, head }) {
  const body = rows.slice(head ? 1 : 0);
  const documents = body
    .map((row, i) => ({ name: (id === undefined ? '' : row[id]?.trim()) || String(i + 1), text: row[text] ?? '' }))
    .filter((document) => document.text.trim());
  return { documents, skipped: body.length - documents.length };
}

/**
 * Which columns a table's text and names are likely to be in.
 *
 * @param {string[][]} rows
 */
export function guessColumns(rows) {
  const [first = []] = rows;
  const body = rows.slice(1, 200);
  const width = Math.max(0, ...rows.slice(0, 200).map((row) => row.length));
  const length = (/** @type {number} */ column) => body.reduce((sum, row) => sum + (row[column]?.length ?? 0), 0);
  const columns = Array.from({ length: width }, (_, i) => i);
  const named = (/** @type {RegExp} */ name) => columns.find((i) => name.test(first[i]?.trim() ?? ''));
  const longest = columns.reduce((best, i) => (length(i) > length(best) ? i : best), 0);
  const id = named(/^(id|pmid|doc(ument)?[ _-]?id|name|nct[ _-]?id)$/i);
  const text = named(/^(text|abstract|note|report|texte|résumé)$/i) ?? longest;
  // Names are short, and no name is said twice.
  const head = rows.length > 1 && first.every((name) => name.length < 40 && !/[.!?]\s/.test(name)) && new Set(first).size === first.length;
  return { width, text, id: head ? id : undefined, head };
}
