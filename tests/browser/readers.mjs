// Readers of the export forms, written from their descriptions and not from the code that writes.

/** RFC 4180. */
export function readCsv(csv) {
  csv = csv.replace(/^\ufeff/, ''); // for spreadsheets
  const rows = [];
  let row = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** brat standoff: text-bound annotations, in one piece or in fragments. */
export function readBrat(ann) {
  return lines(ann).map((line, i) => {
    const [id, where, text, ...more] = line.split('\t');
    if (id !== `T${i + 1}` || more.length) throw new Error(`not a text-bound annotation: ${line}`);
    const [, type, places] = /^(\S+) (\d+ \d+(?:;\d+ \d+)*)$/.exec(where);
    const pieces = places.split(';').map((place) => place.split(' ').map(Number));
    return { type, pieces, start: pieces[0][0], end: pieces.at(-1)[1], text };
  });
}

/** The one document of a PubTator file: `passage` is title and abstract with one character between, as code points. */
export function readPubTator(file) {
  const [titleLine, abstractLine, ...rest] = lines(file);
  if (rest.pop() !== '') throw new Error('no empty line after the document');
  const [, id, title] = /^([^\s|]+)\|t\|(.*)$/su.exec(titleLine);
  const [, sameId, abstract] = /^([^\s|]+)\|a\|(.*)$/su.exec(abstractLine);
  if (id !== sameId) throw new Error('two ids');
  if (title !== title.trim() || abstract !== abstract.trim())
    throw new Error('white space at an end');
  const entities = rest.map((line) => {
    const columns = line.split('\t');
    if (columns[0] !== id || columns.length !== 6 || !columns.every(Boolean))
      throw new Error(`not an annotation: ${line}`);
    const [, start, end, text, type, identifier] = columns;
    return { start: Number(start), end: Number(end), text, type, identifier };
  });
  return { id, passage: Array.from(`${title} ${abstract}`), entities };
}

function lines(file) {
  if (file && !file.endsWith('\n')) throw new Error('the last line is cut');
  return file.split('\n').slice(0, -1);
}
