// The entities as files: pure functions from a text and its entities to a string.

/**
 * @typedef {import('./state.js').Entity} Entity
 *
 * @typedef {object} Document
 * @property {string} text
 * @property {string} name
 * @property {string[]} types
 * @property {string} format
 * @property {string} model
 * @property {Entity[]} entities  Sorted by start, offsets in UTF-16 code units of `text`.
 */

/**
 * The entities as the JavaScript contract has them, with what they were made by. Where an entity is
 * not as the model found it, `origin` says what it is instead.
 *
 * @param {Document} document
 */
export function toJson({ entities, types, format, model, name }) {
  const head = { id: name, offsets: 'utf-16', types, format, model };
  const lines = entities.map((entity) => JSON.stringify(plain(entity)));
  const list = lines.length ? `[\n    ${lines.join(',\n    ')}\n  ]` : '[]';
  const fields = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${[...fields, `  "entities": ${list}`].join(',\n')}\n}\n`;
}

/**
 * RFC 4180.
 *
 * @param {Document} document
 */
export function toCsv({ entities }) {
  return csv([CSV_COLUMNS, ...entities.map(csvRow)]);
}

/**
 * brat standoff: `T1<TAB>Type start end<TAB>text`. Type names are single words there, and the text
 * is on one line.
 *
 * @param {Document} document
 */
export function toBrat({ text, entities }) {
  const at = codePoints(text);
  return entities
    .map(({ start, end, type, text: mention }, i) => {
      const name = type.replace(/[^\p{L}\p{N}_-]+/gu, '_');
      return `T${i + 1}\t${name} ${at(start)} ${at(end)}\t${oneLine(mention)}\n`;
    })
    .join('');
}

/**
 * PubTator: title, abstract, then a line an entity. Offsets run through both, with one character
 * between them, which is what the first line break is. Line breaks become spaces, one for one.
 *
 * @param {Document} document
 * @param {string} [id]  The PMID; from the name, where that begins with a number.
 */
export function toPubTator({ text, name, entities }, id = /^(\d+)(\.|$)/.exec(name)?.[1] ?? '1') {
  const at = codePoints(text);
  const titleEnd = text.indexOf('\n');
  const title = titleEnd < 0 ? text : text.slice(0, titleEnd);
  const rest = titleEnd < 0 ? '' : text.slice(titleEnd + 1);
  const lines = entities.map(({ start, end, type, text: mention }) =>
    [id, at(start), at(end), oneLine(mention), oneLine(type)].join('\t'),
  );
  return [`${id}|t|${oneLine(title)}`, `${id}|a|${oneLine(rest)}`, ...lines, ''].join('\n');
}

/**
 * From UTF-16 offsets to code points; the offsets asked for may only grow by little steps back, as
 * those of entities sorted by start do.
 *
 * @param {string} text
 * @returns {(offset: number) => number}
 */
export function codePoints(text) {
  let unit = 0;
  let point = 0;
  const isPair = (/** @type {number} */ i) =>
    isBetween(text.charCodeAt(i), 0xd800, 0xdbff) && isBetween(text.charCodeAt(i + 1), 0xdc00, 0xdfff);
  return (offset) => {
    while (unit < offset) {
      unit += isPair(unit) ? 2 : 1;
      point++;
    }
    while (unit > offset) {
      unit -= unit >= 2 && isPair(unit - 2) ? 2 : 1;
      point--;
    }
    return point;
  };
}

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
const isBetween = (value, low, high) => value >= low && value <= high;

/** @param {number} score */
const round = (score) => Math.round(score * 1e4) / 1e4;

/** @param {string} text  Every character that ends a line or a column becomes one space. */
const oneLine = (text) => text.replace(/[\t\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]/g, ' ');

/**
 * As the contract has it: offsets in UTF-16 code units.
 *
 * @param {Entity} entity
 */
export function plain({ start, end, type, text, score, origin }) {
  return { start, end, type, text, score: round(score), ...(origin && { origin }) };
}

export const CSV_COLUMNS = ['start', 'end', 'type', 'text', 'score'];

/** @param {Entity} entity */
export const csvRow = ({ start, end, type, text, score }) => [start, end, type, text, round(score)];

/**
 * RFC 4180.
 *
 * @param {(string | number)[][]} rows
 */
export const csv = (rows) => rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');

/** @param {string | number} value */
function field(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
