// Files and what is in them, and the archive that goes out: no browser needed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { delimiterOf, readCsv } from '../../www/page/documents/csv.js';
import { toBratOfAll, toCsvOfAll, toJsonLines, toPubTatorOfAll } from '../../www/page/documents/export-all.js';
import { contentOf, documentsOf, guessColumns } from '../../www/page/documents/read.js';
import { readBrat, readCsv as readBack, readPubTator } from './readers.mjs';

test('tables: quotes, line breaks, delimiters, odd ends', () => {
  const cases = {
    'a,b\r\nc,d\r\n': [['a', 'b'], ['c', 'd']],
    'a,b\nc,d': [['a', 'b'], ['c', 'd']],
    '"a, ""b""","c\r\nd"\r\n': [['a, "b"', 'c\r\nd']],
    'a,,\n,,\n': [['a', '', ''], ['', '', '']],
    'a;b\n"1;2";3\n': [['a', 'b'], ['1;2', '3']],
    'a\tb\n1,2\t3\n': [['a', 'b'], ['1,2', '3']],
    '\ufeffid,text\n1,x': [['id', 'text'], ['1', 'x']],
    'text\nfive 5" nails\n': [['text'], ['five 5" nails']],
    'a,"never closed\nto the end': [['a', 'never closed\nto the end']],
    '"a"b,c\n': [['ab', 'c']],
    'a\rb\r': [['a'], ['b']],
    'one\n\n\ntwo\n': [['one'], ['two']],
    '': [],
  };
  for (const [text, rows] of Object.entries(cases)) assert.deepEqual(readCsv(text), rows, JSON.stringify(text));
  assert.equal(delimiterOf('"a,b,c,d";e\n'), ';');
});

test('any table that is written is read again', () => {
  let seed = 11;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 300; round++) {
    const width = 2 + random(3);
    const cell = () => Array.from({ length: random(5) }, () => ['a', '"', ',', '\n', '\r\n', 'é', ' '][random(7)]).join('');
    const rows = Array.from({ length: 1 + random(4) }, () => Array.from({ length: width }, cell));
    const csv = rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
    assert.deepEqual(readCsv(csv, ','), rows, JSON.stringify(csv));
  }
});

test('which columns are the text and the name is guessed, and can be said', () => {
  const rows = readCsv('pmid,title,abstract\n11,Short,"A long abstract, with words."\n12,Other,\n13,T,Third text here.\n');
  assert.deepEqual(guessColumns(rows), { width: 3, text: 2, id: 0, head: true });
  assert.deepEqual(documentsOf(rows, { text: 2, id: 0, head: true }), {
    documents: [{ name: '11', text: 'A long abstract, with words.' }, { name: '13', text: 'Third text here.' }],
    skipped: 1,
  });
  assert.equal(documentsOf(rows, { text: 1, head: false }).documents[1].name, '2', 'the number of the line');
  const bare = readCsv('Aspirin caused ulcers. It did.;x\nFever was seen.;y\n');
  assert.equal(guessColumns(bare).head, false);
});

test('the kind of a file, by its name and its beginning', () => {
  assert.deepEqual(contentOf('note.txt', 'Aspirin.'), { kind: 'text', text: 'Aspirin.' });
  assert.equal(contentOf('t.csv', 'a,b\n').kind, 'table');
  assert.deepEqual(contentOf('t.tsv', 'a,b\tc\n'), { kind: 'table', rows: [['a,b', 'c']] });
  const jsonl = '{"id": 7, "text": "One."}\r\n\n{"text": "Two."}\nnot json\n{"id": "x"}\n{"id":"y","text":" "}\n';
  assert.deepEqual(contentOf('d.jsonl', jsonl), {
    kind: 'documents', documents: [{ name: '7', text: 'One.' }, { name: '3', text: 'Two.' }], skipped: 3,
  });
  const pubtator = '1|t|A title\n1|a|An abstract|with a bar.\n1\t2\t7\ttitle\tDisease\tD1\n\n2|t|Only a title\n';
  const expected = [{ name: '1', text: 'A title\nAn abstract|with a bar.' }, { name: '2', text: 'Only a title\n' }];
  assert.deepEqual(contentOf('x.pubtator', pubtator), { kind: 'documents', documents: expected, skipped: 0 });
  assert.deepEqual(contentOf('x.txt', pubtator), { kind: 'documents', documents: expected, skipped: 0 });
});

const entity = (text, mention, type) => {
  const start = text.indexOf(mention);
  return { start, end: start + mention.length, type, text: mention, score: 0.5 };
};
const document = (name, text, ...mentions) => ({
  name, text, types: ['Disease'], format: 'lines-grouped', model: 'm', entities: mentions.map((mention) => entity(text, mention, 'Disease')),
});
const ALL = [
  document('11', '😀 Title\nfever, "so" called', 'fever', '"so" called'),
  document('a|b c', 'Only gout', 'gout'),
  document('11', 'none'),
];

test('all documents in one file, in every form, read back', () => {
  const lines = toJsonLines(ALL).trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map(({ id, entities }) => [id, entities.length]), [['11', 2], ['a|b c', 1], ['11', 0]]);
  assert.deepEqual(lines[0].entities[0], ALL[0].entities[0]);

  const [head, ...rows] = readBack(toCsvOfAll(ALL));
  assert.deepEqual(head, ['document', 'start', 'end', 'type', 'text', 'score']);
  assert.deepEqual(rows.map(([name, , , , text]) => [name, text]), [['11', 'fever'], ['11', '"so" called'], ['a|b c', 'gout']]);

  const blocks = toPubTatorOfAll(ALL).split(/(?<=\n)\n/).map(readPubTator);
  assert.equal(blocks.length, 3);
  for (const { passage, entities } of blocks) {
    for (const { start, end, text } of entities) assert.equal(passage.slice(start, end).join(''), text);
  }
  assert.match(toPubTatorOfAll(ALL), /^11\|t\|.*^a_b_c\|t\|.*^11-2\|t\|/ms);
});

test('the archive for brat opens, and holds texts and annotations', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bioner-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'all.zip');
  writeFileSync(file, Buffer.from(await toBratOfAll(ALL).arrayBuffer()));
  // Python's reader checks every checksum.
  const opened = spawnSync('python3', ['-c', 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])', file, folder], { encoding: 'utf8' });
  if (opened.error) return t.skip('no Python here');
  assert.equal(opened.status, 0, opened.stderr);
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  for (const [stem, { text, entities }] of [['11', ALL[0]], ['a_b c', ALL[1]], ['11-2', ALL[2]]]) {
    assert.equal(read(`${stem}.txt`), text);
    const points = Array.from(text);
    const marks = readBrat(read(`${stem}.ann`));
    assert.equal(marks.length, entities.length);
    for (const { start, end, text: mention } of marks) assert.equal(points.slice(start, end).join(''), mention);
  }
});
