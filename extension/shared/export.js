// Found entities as files: pure functions from documents to strings.

/**
 * @typedef {{ start: number, end: number, type: string, text: string, score: number }} Entity
 *
 * @typedef {object} Exported
 * @property {string} id        The PMID where there is one.
 * @property {string} url
 * @property {string} text      Title, a line break, abstract.
 * @property {number} titleEnd  Where the title ends in `text`.
 * @property {Entity[]} entities  Offsets in UTF-16 code units of `text`.
 */

/** @param {Exported[]} documents */
export function toJson(documents) {
  const plain = documents.map(({ id, url, text, entities }) => ({
    id, url, text, offsets: 'utf-16', entities: entities.map((entity) => ({ ...entity, score: round(entity.score) })),
  }));
  return `${JSON.stringify(plain, null, 2)}\n`;
}

/**
 * RFC 4180.
 *
 * @param {Exported[]} documents
 */
export function toCsv(documents) {
  const rows = documents.flatMap(({ id, entities }) =>
    entities.map(({ start, end, type, text, score }) => [id, start, end, type, text, round(score)]),
  );
  return [['id', 'start', 'end', 'type', 'text', 'score'], ...rows]
    .map((row) => `${row.map(field).join(',')}\r\n`)
    .join('');
}

/**
 * PubTator: title, abstract, a line an entity, an empty line between documents. Offsets count
 * characters (code points) through title, one space, abstract.
 *
 * @param {Exported[]} documents
 */
export function toPubTator(documents) {
  return documents
    .map(({ id, text, titleEnd, entities }) => {
      const at = (/** @type {number} */ offset) => Array.from(text.slice(0, offset)).length;
      const lines = entities.map(({ start, end, type, text: mention }) =>
        [id, at(start), at(end), oneLine(mention), oneLine(type)].join('\t'),
      );
      const title = `${id}|t|${oneLine(text.slice(0, titleEnd))}`;
      return [title, `${id}|a|${oneLine(text.slice(titleEnd + 1))}`, ...lines, ''].join('\n');
    })
    .join('\n');
}

/** @param {string} text  Every character that ends a line or a column becomes one space. */
const oneLine = (text) => text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ');

/** @param {number} score */
const round = (score) => Math.round(score * 1e4) / 1e4;

/** @param {string | number} value */
function field(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
