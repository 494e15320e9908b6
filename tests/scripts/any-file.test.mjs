// What the page's readers and writers do with anything: files of any content, calls with any values, saved reviews and
// manifests of any shape. Each is read, or refused with a code; nothing breaks the module, and offsets fit the texts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { python } from '../../scripts/python.mjs';
import { contentOf, readBrat, readTable } from '../../www/page/documents/read.js';
import { outermostFirst } from '../../www/page/entities/order.js';
import { readReviewFile } from '../../www/page/review/queue/saved.js';
import { documents } from '../../www/shared/documents.js';
import { zip } from '../../www/shared/zip.js';
import { parseManifest } from '../../www/worker/manifest.js';

const FORMATS = documents().exportFormats();

/** Names that say a format, and some that say none. */
const NAMES = [
  ...['a.txt', 'a.json', 'a.jsonl', 'a.csv', 'a.tsv', 'a.ann', 'a.conll', 'a.pubtator', 'a.xmi'],
  ...['a.xml', 'a', '', '.json', 'é.JSON'],
];

/** What means something in some file, and what is rare in any. */
const BITS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\\',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '|',
    '<',
    '>',
    '/',
    '&',
    ';',
    '=',
  ],
  ...[
    '"text"',
    '"entities"',
    '"passages"',
    '"infons"',
    '"id"',
    '"start"',
    '"end"',
    '"type"',
    '"label"',
  ],
  ...[
    '"format": "bioner-review"',
    '"version": 1',
    '"documents"',
    '"title"',
    '"abstract"',
    '"data"',
    '"result"',
  ],
  ...[
    '1|t|',
    '1|a|',
    '1\t0\t4\t',
    'Disease',
    'gout',
    'text,id\n',
    'sep=;\n',
    'T1\tDisease 0 4\t',
    'A1\t',
    'O\n',
  ],
  ...[
    'B-Disease\n',
    '-DOCSTART- ',
    '<collection>',
    '<document>',
    '<passage>',
    '<offset>',
    '<text>',
    '<?xml?>',
  ],
  ...[
    '<PubmedArticleSet>',
    '<xmi:XMI',
    '<cas:Sofa sofaString="',
    '<!DOCTYPE ',
    '<![CDATA[',
    '&#0;',
    '&#x110000;',
  ],
  ...[
    '0',
    '1',
    '-1',
    '1e999',
    '9007199254740993',
    'null',
    'true',
    '\u0000',
    '\ufeff',
    '\ud83e\uddec',
    '\ud83e',
    '\udeec',
  ],
  ...['\u202e', '\u0085', '\u2028', 'e\u0301'],
];

const content = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...BITS), { maxLength: 40 }).map((all) => all.join('')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.json() },
);

/** A document with entities at places of its own. */
const document = fc
  .record({
    id: fc.string({ unit: 'grapheme', maxLength: 8 }),
    text: fc.array(fc.constantFrom('gout', ' ', '\n', '🧬', 'é', '<b>', '"', '=1', '\t', '|'), {
      maxLength: 12,
    }),
    places: fc.array(
      fc.tuple(fc.nat(99), fc.nat(99), fc.constantFrom('Disease', 'a b', 'T cell (CD4+)')),
      {
        maxLength: 5,
      },
    ),
  })
  .map(({ id, text: parts, places }) => {
    const text = parts.join('');
    // Between characters, not within pairs of surrogates.
    const edges = [0];
    for (const character of text)
      edges.push(/** @type {number} */ (edges.at(-1)) + character.length);
    const entities = places
      .map(([one, other, type]) => {
        const [start, end] = [edges[one % edges.length], edges[other % edges.length]].sort(
          (a, b) => a - b,
        );
        return { start, end, type, text: text.slice(start, end), score: 0.5 };
      })
      .filter(({ start, end }) => start < end)
      .sort(outermostFirst);
    return { id, text, entities };
  });

/** The file of a document in any format, with some of its characters replaced. */
const damaged = fc
  .tuple(
    fc.constantFrom(...FORMATS),
    fc.array(document, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.nat(9999), fc.nat(3), fc.constantFrom('', ...BITS)), { maxLength: 3 }),
  )
  .map(([{ name, extension }, all, edits]) => {
    let file = documents().write(name, all).at(-1)?.content ?? '';
    for (const [place, less, more] of edits) {
      const at = place % (file.length + 1);
      file = file.slice(0, at) + more + file.slice(at + less);
    }
    return [`a.${extension}`, file];
  });

/**
 * What a call gives; undefined if it is refused with a code.
 *
 * @template T
 * @param {() => T} call
 */
function taken(call) {
  try {
    return call();
  } catch (error) {
    assert.equal(
      typeof (/** @type {any} */ (error).code),
      'string',
      `not refused but failed: ${error}`,
    );
    return undefined;
  }
}

/** @param {{ documents: any[], skipped: number, problems: any[] }} read */
function checkRead({ documents: all, skipped, problems }) {
  assert.ok(skipped >= problems.length);
  for (const { code, message } of problems) assert.ok(typeof code === 'string' && message);
  for (const { name, text, titleEnd, given = [], givenTypes = [] } of all) {
    assert.ok(typeof name === 'string' && name && text.trim());
    assert.ok(titleEnd === undefined || (titleEnd >= 0 && titleEnd <= text.length));
    assert.deepEqual(given, [...given].sort(outermostFirst));
    for (const { start, end, type, text: mention } of given) {
      assert.ok(0 <= start && start < end && end <= text.length);
      assert.equal(mention, text.slice(start, end));
      assert.ok(givenTypes.includes(type));
    }
  }
}

/** @param {string} name @param {string} text */
function checkFile(name, text) {
  const read = taken(() => contentOf(name, text));
  if (read?.kind === 'documents') checkRead(read);
  if (read?.kind !== 'table') return;
  checkRead(readTable(name, text, documents().guessColumns(read.rows)));
  taken(() => readTable(name, text, { width: 3, text: 2, id: 9, title: 0, head: true }));
}

test('a file of any content is read under any name', () => {
  fc.assert(fc.property(fc.constantFrom(...NAMES), content, checkFile), { numRuns: 1000 });
});

test('a file that was written is read, however it is damaged', () => {
  fc.assert(
    fc.property(damaged, ([name, file]) => checkFile(name, file)),
    { numRuns: 500 },
  );
});

test('annotations of any content beside a text of any content are read', () => {
  const pair = fc.property(content, content, (text, annotations) => {
    checkRead(readBrat('a.txt', text, annotations));
  });
  fc.assert(pair, { numRuns: 500 });
});

test('what is nested without end is refused or read', () => {
  for (const [begin, open] of [
    ['', '['],
    ['', '{"a":'],
    ['[', '{"entities":['],
    ['<collection><document>', '<passage>'],
    ['<collection>', '<document>'],
    ['<PubmedArticleSet>', '<PubmedArticle>'],
    ['<xmi:XMI>', '<a>'],
  ]) {
    const file = begin + open.repeat(20_000);
    for (const name of ['a.json', 'a.jsonl', 'a.xml']) checkFile(name, file);
  }
});

test('documents are given back as they were', () => {
  const given = fc.property(fc.array(document, { minLength: 2, maxLength: 4 }), (all) => {
    const [{ content: file }] = documents().write('json', all);
    const read = documents().read('a.json', file);
    const back = read.kind === 'documents' ? read.documents : [];
    assert.deepEqual(
      back.map(({ text, entities = [] }) => ({ text, entities })),
      all.map(({ text, entities }) => ({ text, entities })),
    );
  });
  fc.assert(given, { numRuns: 300 });
});

test('no call with other values than it takes breaks the module', () => {
  const module = documents();
  const place = fc.oneof(fc.nat(9), fc.double(), fc.constantFrom(-1, 0.5, Number.NaN));
  const span = fc.record({ start: place, end: place }, { noNullPrototype: true });
  const entities = fc.array(
    fc.tuple(span, fc.string()).map(([at, type]) => ({ ...at, type })),
    { maxLength: 4 },
  );
  const definition = fc.record(
    { short: fc.string(), at: span, long: span },
    { noNullPrototype: true },
  );
  const definitions = fc.array(definition, { maxLength: 2 });
  const rows = fc.array(fc.array(content, { maxLength: 4 }), { maxLength: 4 });
  /** Lists and objects of any shape, where the module takes them. */
  const any = fc.anything();
  const or = (/** @type {fc.Arbitrary<any>} */ right) =>
    fc.oneof({ weight: 3, arbitrary: right }, any);
  /** @type {[(...args: any[]) => unknown, fc.Arbitrary<any>[]][]} */
  const calls = [
    [module.decode, [fc.uint8Array()]],
    [module.readCsv, [content, fc.constantFrom(undefined, '', 'é', ',', '"', '\n')]],
    [module.guessColumns, [rows]],
    [module.readTable, [fc.constantFrom(...NAMES), content, any]],
    [
      module.write,
      [fc.constantFrom('', 'pdf', ...FORMATS.map(({ name }) => name)), or(fc.array(document))],
    ],
    [
      module.write,
      [fc.constant('json'), fc.array(fc.record({ text: content, entities, titleEnd: place }))],
    ],
    [module.checkTypes, [or(fc.array(fc.string({ unit: 'binary' })))]],
    [module.typeKey, [content]],
    [module.plainTypeName, [content]],
    [module.findType, [content]],
    [module.findDefinitions, [content]],
    [module.derive, [content, or(definitions), or(entities)]],
    [module.named, [content, or(definitions), or(entities)]],
    [module.compare, [or(entities), or(entities)]],
    [module.sumScores, [any]],
  ];
  for (const [call, args] of calls) {
    const property = fc.property(fc.tuple(...args), (values) => {
      try {
        call(...values);
      } catch (error) {
        assert.ok(
          !(error instanceof WebAssembly.RuntimeError),
          `${call.name} broke the module: ${error}`,
        );
      }
    });
    fc.assert(property, { numRuns: 200 });
  }
  assert.equal(module.findDefinitions('gouty arthritis (GA)').length, 1, 'it still works');
});

/** A value of the wrong kind, or of the right kind at the wrong place. */
const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(0, 1, 2, 3, -1, 1.5, '', 'gout', '🧬', null));

/**
 * A copy with a value somewhere in it replaced.
 *
 * @param {any} value
 * @param {number[]} way  Which of the fields to go into, counted around.
 * @param {unknown} other
 */
function replaced(value, way, other) {
  const names = value && typeof value === 'object' ? Object.keys(value) : [];
  if (!way.length || !names.length) return other;
  const copy = structuredClone(value);
  const name = names[way[0] % names.length];
  copy[name] = replaced(copy[name], way.slice(1), other);
  return copy;
}

/** A saved review, most often with values replaced, and sometimes cut off. */
const review = fc
  .tuple(
    fc.array(document, { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.array(fc.nat(9), { maxLength: 6 }), odd), { maxLength: 3 }),
    fc.nat(400),
  )
  .map(([all, changes, left]) => {
    const stored = all.map(({ id, text, entities }) => ({
      name: id,
      text,
      given: entities,
      givenTypes: ['Disease'],
      titleEnd: 0,
      results: {
        types: ['Disease'],
        format: 'lines-grouped',
        found: entities.map((entity) => ({
          ...entity,
          id: 'X:1',
          assertion: 'absent',
          section: 'Plan',
        })),
        raw: text ? [{ start: 0, end: text.length, text: '' }] : [],
        total: 1,
        wanted: { assertion: true },
        edit: {
          removed: ['0:4:Disease'],
          added: entities,
          attributes: { '0:4:Disease': { id: 'X:2' } },
        },
      },
    }));
    let file = { format: 'bioner-review', version: 1, documents: stored };
    for (const [way, other] of changes) file = replaced(file, way, other);
    const text = JSON.stringify(file, undefined, left % 2) ?? '';
    return left < 350 ? text : text.slice(0, text.length - (left - 350));
  });

test('a saved review of any content gives documents that can be exported', () => {
  let [whole, marked] = [0, 0];
  const property = fc.property(review, (file) => {
    const { documents: all, problems } = readReviewFile(file);
    for (const { code, message } of problems) assert.ok(code && message);
    for (const { name, text, given = [], results } of all) {
      whole++;
      const entities = [...given, ...(results?.found ?? []), ...(results?.edit?.added ?? [])];
      marked += entities.length;
      for (const { start, end, text: mention } of entities)
        assert.equal(mention, text.slice(start, end));
      for (const { name: format } of FORMATS)
        documents().write(format, [{ id: name, text, entities }]);
    }
  });
  // A mark within a character, and one without a type.
  const entity = { start: 0, end: 2, type: 'Disease', text: '🧬' };
  for (const given of [
    { ...entity, end: 1, text: '\ud83e' },
    { ...entity, type: ' ' },
  ]) {
    const file = {
      format: 'bioner-review',
      version: 1,
      documents: [{ name: 'a', text: '🧬', given: [given] }],
    };
    const read = readReviewFile(JSON.stringify(file));
    assert.deepEqual([read.documents.length, read.problems.length], [0, 1]);
  }
  fc.assert(property, { numRuns: 500 });
  assert.ok(
    whole > 100 && marked > 100,
    `only ${whole} documents and ${marked} entities were read`,
  );
});

test('a manifest of any content is taken or refused', () => {
  const part = fc.oneof(odd, fc.constantFrom(2 ** 40, 'a'.repeat(64), 'https://[', '../x'));
  const shard = fc.record({ path: part, size: part, sha256: part }, { requiredKeys: [] });
  const right = fc.record({
    path: fc.webPath(),
    size: fc.integer({ min: 1, max: 9 }),
    sha256: fc.constant('a'.repeat(64)),
  });
  const manifest = fc.record(
    { shards: fc.oneof(fc.array(fc.oneof(shard, right)), part), size: part, name: part },
    { requiredKeys: [] },
  );
  const any = fc.oneof(
    manifest.map((value) => JSON.stringify(value)),
    fc.json(),
    fc.string(),
  );
  const property = fc.property(any, (json) => {
    const read = taken(() => parseManifest(json, 'https://example.org/model/manifest.json'));
    if (!read) return;
    assert.ok(read.shards.length > 0 && typeof read.name === 'string');
    for (const { url, size } of read.shards) assert.ok(URL.canParse(url) && size > 0);
  });
  fc.assert(property, { numRuns: 2000 });
});

test('archives are what another reader of ZIP reads', async (t) => {
  const program = python();
  assert.ok(program, 'Python, which the set-up brings');
  const folder = mkdtempSync(join(tmpdir(), 'bioner-zip-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = fc
    .tuple(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    )
    .map(([name, content]) => ({ name: name.replaceAll(/[\0/\\]/g, '_'), content }));
  const archives = fc.sample(
    fc.uniqueArray(file, { selector: ({ name }) => name, maxLength: 20 }),
    50,
  );
  for (const [i, files] of archives.entries())
    writeFileSync(join(folder, `${i}.zip`), Buffer.from(await zip(files).arrayBuffer()));
  const script = `
import json, sys, zipfile
for number in range(${archives.length}):
    with zipfile.ZipFile(f"{sys.argv[1]}/{number}.zip") as archive:
        assert archive.testzip() is None
        print(json.dumps([{"name": one.filename, "content": archive.read(one).decode()} for one in archive.infolist()]))
`;
  const opened = spawnSync(program, ['-c', script, folder], { encoding: 'utf8' });
  assert.equal(opened.status, 0, opened.stderr);
  const read = opened.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(read, archives);
});
