// Files and what is in them, and the archive that goes out: no browser needed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { exportAll } from '../../www/page/export/archive.js';
import { contentOf, readBrat as readBratPair, readTable } from '../../www/page/documents/read.js';
import { documents as module } from '../../www/shared/documents.js';
import { zip } from '../../www/shared/zip.js';
import { readBrat, readCsv as readBack, readPubTator } from './readers.mjs';

const { guessColumns, readCsv } = module();

test('tables: quotes, line breaks, delimiters, odd ends', () => {
  const cases = {
    'a,b\r\nc,d\r\n': [
      ['a', 'b'],
      ['c', 'd'],
    ],
    'a,b\nc,d': [
      ['a', 'b'],
      ['c', 'd'],
    ],
    '"a, ""b""","c\r\nd"\r\n': [['a, "b"', 'c\r\nd']],
    'a,,\n,,\n': [
      ['a', '', ''],
      ['', '', ''],
    ],
    'a;b\n"1;2";3\n': [
      ['a', 'b'],
      ['1;2', '3'],
    ],
    'a\tb\n1,2\t3\n': [
      ['a', 'b'],
      ['1,2', '3'],
    ],
    '\ufeffid,text\n1,x': [
      ['id', 'text'],
      ['1', 'x'],
    ],
    'text\nfive 5" nails\n': [['text'], ['five 5" nails']],
    'a,"never closed\nto the end': [['a', 'never closed\nto the end']],
    '"a"b,c\n': [['ab', 'c']],
    'a\rb\r': [['a'], ['b']],
    'one\n\n\ntwo\n': [['one'], ['two']],
    '': [],
  };
  for (const [text, rows] of Object.entries(cases))
    assert.deepEqual(readCsv(text), rows, JSON.stringify(text));
  assert.deepEqual(readCsv('"a,b,c,d";e\n'), [['a,b,c,d', 'e']]);
  assert.deepEqual(readCsv('id;text\n7;"a \\"dose\\"; then more"\n'), [
    ['id', 'text'],
    ['7', 'a "dose"; then more'],
  ]);
});

test('any table that is written is read again', () => {
  let seed = 11;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 300; round++) {
    const width = 2 + random(3);
    const cell = () =>
      Array.from(
        { length: random(5) },
        () => ['a', '"', ',', '\n', '\r\n', 'é', ' '][random(7)],
      ).join('');
    const rows = Array.from({ length: 1 + random(4) }, () => Array.from({ length: width }, cell));
    const csv = rows
      .map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`)
      .join('');
    assert.deepEqual(readCsv(csv, ','), rows, JSON.stringify(csv));
  }
});

test('which columns are the text and the name is guessed, and can be said', () => {
  const table =
    'pmid,title,abstract\n11,Short,"A long abstract, with words."\n12,Other,\n13,T,Third text here.\n';
  const rows = readCsv(table);
  assert.deepEqual(guessColumns(rows), { width: 3, text: 2, id: 0, title: 1, head: true });
  assert.deepEqual(readTable('t.csv', table, { width: 3, text: 2, id: 0, head: true }), {
    documents: [
      { name: '11', text: 'A long abstract, with words.' },
      { name: '13', text: 'Third text here.' },
    ],
    skipped: 1,
    problems: [],
  });
  assert.equal(
    readTable('t.csv', table, { width: 3, text: 1, head: false }).documents[1].name,
    '2',
    'the number of the row',
  );
  const bare = readCsv('Aspirin caused ulcers. It did.;x\nFever was seen.;y\n');
  assert.equal(guessColumns(bare).head, false);
  assert.deepEqual(
    readTable('t.csv', 'id,text\n', guessColumns(readCsv('id,text\n'))).documents,
    [],
    'names alone are no document',
  );
});

test('a title is put before the text, as the command line does', () => {
  const table = 'pmid\ttitle\tabstract\n11\tGout\tIt hurts.\n12\tOnly a title\t\n13\n';
  const { documents, skipped, problems } = readTable('t.tsv', table, guessColumns(readCsv(table)));
  assert.deepEqual(documents, [
    { name: '11', text: 'Gout\nIt hurts.', titleEnd: 4 },
    { name: '12', text: 'Only a title', titleEnd: 12 },
  ]);
  assert.deepEqual(
    [skipped, problems.map(({ line, code }) => [line, code])],
    [1, [[4, 'columns']]],
  );
});

test('a quote that is not closed is told, with the text that it took in', () => {
  const table = contentOf('x.csv', 'id,text\n1,Gout\n2,"Pain\n3,Fever\n');
  assert.equal(table.kind, 'table');
  assert.deepEqual(
    table.problems.map(({ line, code }) => [line, code]),
    [[3, 'truncated']],
  );
  assert.deepEqual(table.rows.at(-1), ['2', 'Pain\n3,Fever\n']);
  assert.deepEqual(contentOf('x.csv', 'id,text\n1,"Gout"\n').problems, []);
});

test('a bad line is told by its number in the file alone', () => {
  const { problems } = contentOf('x.jsonl', '{"text":"Gout."}\n\n{"text":"Pa');
  assert.equal(problems[0].line, 3);
  assert.doesNotMatch(problems[0].message, /line 1/);
});

test('the kind of a file, by its name and its beginning', () => {
  assert.deepEqual(contentOf('note.txt', 'Aspirin.'), { kind: 'text', text: 'Aspirin.' });
  assert.equal(contentOf('t.csv', 'a,b\n').kind, 'table');
  assert.deepEqual(contentOf('t.tsv', 'a,b\tc\n'), {
    kind: 'table',
    rows: [['a,b', 'c']],
    problems: [],
  });
  const jsonl =
    '{"id": 7, "text": "One."}\r\n\n{"text": "Two."}\nnot json\n{"id": "x"}\n{"id":"y","text":" "}\n';
  const { problems, ...read } = contentOf('d.jsonl', jsonl);
  assert.deepEqual(read, {
    kind: 'documents',
    documents: [
      { name: '7', text: 'One.' },
      { name: '3', text: 'Two.' },
    ],
    skipped: 3,
  });
  assert.deepEqual(
    problems.map(({ line, code }) => [line, code]),
    [
      [4, 'syntax'],
      [5, 'missing'],
    ],
  );
  const pubtator =
    '1|t|A title\n1|a|An abstract|with a bar.\n1\t2\t7\ttitle\tDisease\tD1\n\n2|t|Only a title\n';
  const expected = [
    {
      name: '1',
      text: 'A title\nAn abstract|with a bar.',
      titleEnd: 7,
      given: [{ start: 2, end: 7, type: 'Disease', text: 'title', id: 'D1' }],
      givenTypes: ['Disease'],
    },
    { name: '2', text: 'Only a title', titleEnd: 12, given: [], givenTypes: ['Disease'] },
  ];
  assert.deepEqual(contentOf('x.pubtator', pubtator), {
    kind: 'documents',
    documents: expected,
    skipped: 0,
    problems: [],
  });
  assert.deepEqual(contentOf('x.txt', pubtator), {
    kind: 'documents',
    documents: expected,
    skipped: 0,
    problems: [],
  });
});

/** What the forms of a file with the same two documents say, without what only some of them have. */
const said = ({ documents }) =>
  documents.map(({ name, text, given }) => [
    name,
    text,
    given.map(({ start, end, type }) => [start, end, type]),
  ]);

test('the same documents, in every form with annotations', () => {
  const [text, other] = ['Gout 𝛼\nColchicine for gout.', 'Sepsis'];
  const expected = [
    [
      'a1',
      text,
      [
        [0, 4, 'Disease'],
        [8, 18, 'Chemical'],
      ],
    ],
    ['a2', other, []],
  ];
  const bioc = (id, passages) => ({ id, infons: {}, relations: [], passages });
  const passage = (offset, words, ...annotations) => ({
    offset,
    text: words,
    infons: { type: offset ? 'abstract' : 'title' },
    sentences: [],
    relations: [],
    annotations: annotations.map(([start, length, type, mention], i) => ({
      id: `T${i}`,
      infons: { type },
      locations: [{ offset: start, length }],
      text: mention,
    })),
  });
  const collection = {
    source: '',
    date: '',
    key: '',
    infons: {},
    documents: [
      bioc('a1', [
        passage(0, 'Gout 𝛼', [0, 4, 'Disease', 'Gout']),
        passage(7, 'Colchicine for gout.', [7, 10, 'Chemical', 'Colchicine']),
      ]),
      bioc('a2', [passage(0, 'Sepsis')]),
    ],
  };
  const xml = `<?xml version="1.0"?><collection><source/><date/><key/>${collection.documents
    .map(
      ({ id, passages }) =>
        `<document><id>${id}</id>${passages
          .map(
            ({ offset, text: words, infons, annotations }) =>
              `<passage><infon key="type">${infons.type}</infon><offset>${offset}</offset><text>${words}</text>${annotations
                .map(
                  ({ id: name, infons: { type }, locations: [at], text: mention }) =>
                    `<annotation id="${name}"><infon key="type">${type}</infon><location offset="${at.offset}" length="${at.length}"/><text>${mention}</text></annotation>`,
                )
                .join('')}</passage>`,
          )
          .join('')}</document>`,
    )
    .join('')}</collection>`;
  const array = [
    {
      id: 'a1',
      text,
      offsets: 'utf-16',
      entities: [
        { start: 0, end: 4, type: 'Disease' },
        { start: 8, end: 18, type: 'Chemical' },
      ],
    },
    { id: 'a2', text: other, entities: [] },
  ];
  const forms = {
    'c.json': JSON.stringify(collection),
    'c.xml': xml,
    'a.json': `\ufeff${JSON.stringify(array)}`,
    'b.json': JSON.stringify({ documents: array }),
    'a.jsonl': array.map((one) => `${JSON.stringify(one)}\r\n`).join(''),
    'a.pubtator':
      '\ufeffa1|t|Gout 𝛼\r\na1|a|Colchicine for gout.\r\na1\t0\t4\tGout\tDisease\t-\r\na1\t7\t17\tColchicine\tChemical\tMESH:D003078\r\n\r\na2|t|Sepsis\r\na2|a|\r\n',
  };
  for (const [name, content] of Object.entries(forms)) {
    const read = contentOf(name, content);
    assert.deepEqual(read.problems, [], name);
    assert.deepEqual(said(read), expected, name);
  }
  const pair = readBratPair(
    'a1.txt',
    text,
    'T1\tDisease 0 4\tGout\nT2\tChemical 7 17\tColchicine\nN1\tReference T2 MESH:D003078\tColchicine\n',
  );
  assert.deepEqual(said(pair), [['a1.txt', ...expected[0].slice(1)]]);
});

test('bad input: the line is told, and what could be read is kept', () => {
  const cases = [
    [
      'x.pubtator',
      '1|t|Gout\n1|a|Pain.\n1\t0\t4\tGout\tDisease\t-\n1\t0\t99\tGout\tDisease\t-\n',
      1,
      [[4, 'offsets']],
    ],
    ['x.pubtator', '1|t|Gout\n1|a|Pain.\n1\t0\t4\tPain\tDisease\t-\n', 1, [[3, 'mismatch']]],
    [
      'x.pubtator',
      '1|t|Gout\n1|a|Pain.\n1\t0\t4\n1\t5\t9\tPain\tDisease\t-\n',
      1,
      [[3, 'columns']],
    ],
    ['x.pubtator', '1|t|Gout\n1|a|Pain.\nwhat is this\n', 1, [[3, 'syntax']]],
    ['x.jsonl', '{"id":1,"text":"Gout."}\n{"id":2,"text":"Pa', 1, [[2, undefined]]],
    ['x.json', '[{"id":1,"text":"Gout."},\n{"id":2,"te', 1, [[2, 'truncated']]],
    [
      'x.xml',
      '<collection><document><id>1</id><passage><offset>0</offset><text>Gout.</text></passage></document>\n<document><id>2</id><pass',
      1,
      [[undefined, undefined]],
    ],
    ['x.pubtator', '1|t|Gout\n1|a|Pain.\n1\tO\t4\tGout\tDisease\t-\n', 1, [[3, 'offsets']]],
    [
      'x.json',
      '[{"text":"Gout.","entities":{}},{"id":"b"}]',
      1,
      [
        [1, 'syntax'],
        [1, 'missing'],
      ],
    ],
    [
      'x.xml',
      '<collection><document><id>1</id><passage><offset>0</offset><text>R & D</text></passage></document></collection>',
      1,
      [],
    ],
    ['x.conll', 'Renal\tB-D\nfailure\tE-D\nhere\tQ-D\n', 1, [[3, 'syntax']]],
  ];
  for (const [name, content, documents, expected] of cases) {
    const read = contentOf(name, content);
    assert.equal(read.documents?.length, documents, `${name} ${content}`);
    assert.equal(
      read.problems.length,
      expected.length,
      `${content} ${JSON.stringify(read.problems)}`,
    );
    for (const [i, [line, code]] of expected.entries()) {
      if (line) assert.equal(read.problems[i].line, line, content);
      if (code) assert.equal(read.problems[i].code, code, content);
      assert.ok(read.problems[i].message, content);
    }
  }
});

const entity = (text, mention, type) => {
  const start = text.indexOf(mention);
  return { start, end: start + mention.length, type, text: mention, score: 0.5 };
};
const document = (name, text, ...mentions) => ({
  name,
  text,
  types: ['Disease'],
  format: 'lines-grouped',
  model: 'm',
  entities: mentions.map((mention) => entity(text, mention, 'Disease')),
});
const ALL = [
  document('11', '😀 Title\nfever, "so" called', 'fever', '"so" called'),
  document('a|b c', 'Only gout', 'gout'),
  document('11', 'none'),
];

const formOf = (name) =>
  module()
    .exportFormats()
    .find((format) => format.name === name);
const all = (name) => exportAll(formOf(name), ALL).content;

test('all documents in one file, in every form, read back', () => {
  const lines = all('json-lines')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    lines.map(({ id, entities }) => [id, entities.length]),
    [
      ['11', 2],
      ['a|b c', 1],
      ['11', 0],
    ],
  );
  assert.deepEqual(lines[0].entities[0], ALL[0].entities[0]);
  assert.deepEqual(
    JSON.parse(all('json')).map(({ id, text }) => [id, text]),
    ALL.map(({ name, text }) => [name, text]),
  );

  const [head, ...rows] = readBack(all('csv'));
  assert.deepEqual(head, ['id', 'start', 'end', 'type', 'text', 'score']);
  assert.deepEqual(
    rows.map(([name, , , , text]) => [name, text]),
    [
      ['11', 'fever'],
      ['11', '"so" called'],
      ['a|b c', 'gout'],
    ],
  );

  const blocks = all('pubtator')
    .split(/(?<=\n\n)/)
    .map(readPubTator);
  assert.equal(blocks.length, 3);
  for (const { passage, entities } of blocks) {
    for (const { start, end, text } of entities)
      assert.equal(passage.slice(start, end).join(''), text);
  }
  assert.match(all('pubtator'), /^11\|t\|.*^a_b_c\|t\|.*^(?!11\|)[^|\s]+\|t\|none/ms);
  for (const name of ['bioc-xml', 'bioc-json', 'conll']) {
    const read = contentOf(`x.${formOf(name).extension}`, all(name));
    assert.deepEqual([read.documents.length, read.problems], [3, []], name);
  }
});

test('the archive for brat opens, and holds texts and annotations', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bioner-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'all.zip');
  writeFileSync(file, Buffer.from(await all('brat').arrayBuffer()));
  // Python's reader checks every checksum.
  const opened = spawnSync(
    'python3',
    [
      '-c',
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])',
      file,
      folder,
    ],
    { encoding: 'utf8' },
  );
  assert.ifError(opened.error);
  assert.equal(opened.status, 0, opened.stderr);
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  for (const [stem, { text, entities }] of [
    ['11', ALL[0]],
    ['a_b c', ALL[1]],
    ['11-2', ALL[2]],
  ]) {
    assert.equal(read(`${stem}.txt`), text);
    const points = Array.from(text);
    const marks = readBrat(read(`${stem}.ann`));
    assert.equal(marks.length, entities.length);
    for (const { start, end, text: mention } of marks)
      assert.equal(points.slice(start, end).join(''), mention);
  }
});

test('an archive may have more files than its 16-bit count can hold', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'bioner-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'many.zip');
  const count = 70_000;
  const archive = zip(
    Array.from({ length: count }, (_, i) => ({
      name: `${i}.ann`,
      content: i % 1000 ? '' : `T${i}`,
    })),
  );
  writeFileSync(file, Buffer.from(await archive.arrayBuffer()));
  const script =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(len(z.namelist()), z.read("69000.ann").decode())';
  const opened = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
  if (opened.error) return t.skip('no Python here');
  assert.equal(opened.stdout, `${count} T69000\n`, opened.stderr);
});
