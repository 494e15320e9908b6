// Readers of the export forms, written from their descriptions and not from the code that writes.

/** RFC 4180. */
export function readCsv(csv) {
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

/** brat standoff, text-bound annotations without gaps. */
export function readBrat(ann) {
  return lines(ann).map((line, i) => {
    const [id, where, text, ...more] = line.split('\t');
    if (id !== `T${i + 1}` || more.length) throw new Error(`not a text-bound annotation: ${line}`);
    const [, type, start, end] = /^(\S+) (\d+) (\d+)$/.exec(where);
    return { type, start: Number(start), end: Number(end), text };
  });
}

/** PubTator: `passage` is title and abstract with one character between, as code points. */
export function readPubTator(file) {
  const [titleLine, abstractLine, ...rest] = lines(file);
  const [, id, title] = /^([^\s|]+)\|t\|(.*)$/su.exec(titleLine);
  const [, sameId, abstract] = /^([^\s|]+)\|a\|(.*)$/su.exec(abstractLine);
  if (id !== sameId) throw new Error('two ids');
  const entities = rest.map((line) => {
    const [of, start, end, text, type, ...more] = line.split('\t');
    if (of !== id || more.length) throw new Error(`not an annotation: ${line}`);
    return { start: Number(start), end: Number(end), text, type };
  });
  return { passage: Array.from(`${title} ${abstract}`), entities };
}

function lines(file) {
  if (file && !file.endsWith('\n')) throw new Error('the last line is cut');
  return file.split('\n').slice(0, -1);
}
