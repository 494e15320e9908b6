// Tables: RFC 4180, with the delimiters that are about.

const DELIMITERS = [',', ';', '\t', '|'];

/**
 * The rows of a table. Quoted fields may hold delimiters, line breaks and doubled quotes; a quote
 * inside an unquoted field is a character like any other.
 *
 * @param {string} text
 * @param {string} [delimiter]  Found out by itself where none is given.
 * @returns {string[][]}
 */
export function readCsv(text, delimiter = delimiterOf(text)) {
  /** @type {string[][]} */
  const rows = [];
  /** @type {string[]} */
  let row = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    /** @type {{ value: string, end: number }} */
    const { value, end } = text[at] === '"' ? quoted(text, at, delimiter) : plain(text, at, delimiter);
    row.push(value);
    at = end + 1;
    if (text[end] === delimiter) {
      if (at === text.length) row.push(''); // the last field of the last line is empty
      else continue;
    }
    if (text[end] === '\r' && text[at] === '\n') at++;
    if (row.length > 1 || row[0] !== '') rows.push(row); // an empty line is no row
    row = [];
  }
  return rows;
}

/**
 * The delimiter that the first line has most of, outside quotes.
 *
 * @param {string} text
 */
export function delimiterOf(text) {
  const head = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, 100_000))?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  const count = (/** @type {string} */ delimiter) => head.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}

/**
 * @param {string} text
 * @param {number} start
 * @param {string} delimiter
 */
function plain(text, start, delimiter) {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
  return { value: text.slice(start, end), end };
}

/**
 * @param {string} text
 * @param {number} start  Of the opening quote.
 * @param {string} delimiter
 */
function quoted(text, start, delimiter) {
  let value = '';
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length }; // never closed: to the end
    value += text.slice(at, quote);
    if (text[quote + 1] === '"') {
      value += '"';
      at = quote + 2;
      continue;
    }
    const rest = plain(text, quote + 1, delimiter); // what stands after the closing quote, though nothing should
    return { value: value + rest.value, end: rest.end };
  }
}
