// The review of documents: decisions, order, tally, training lines, saved reviews. Pure functions, no browser needed.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import { fileOf } from '../../www/page/export/files.js';
import { fromStored, toStored } from '../../www/page/documents/stored.js';
import { noEdits } from '../../www/page/entities/edits.js';
import { edit, undo } from '../../www/page/entities/make-edit.js';
import { marking, replacement } from '../../www/page/entities/changes.js';
import { keyOf } from '../../www/page/entities/order.js';
import { entitiesOf } from '../../www/page/entities/visible.js';
import { allItems, isWhole, nextUndecided, progressOf } from '../../www/page/review/queue/items.js';
import { joined } from '../../www/page/review/queue/open.js';
import { isReviewFile, readReviewFile, reviewFile } from '../../www/page/review/queue/saved.js';
import { tally, tallyCsv, tallyJson, wilson } from '../../www/page/review/queue/tally.js';
import { trainingLines } from '../../www/page/review/queue/training.js';
import { newResults } from '../../www/page/state/results.js';
import { readCsv } from './readers.mjs';

const GOLDEN = new URL('../golden/training-lines.jsonl', import.meta.url);
let key = 0;

/** A document that has been read, with these mentions: `[words, type, score]`. */
function documentOf(name, text, mentions, types = ['Chemical', 'Disease']) {
  let from = 0;
  const found = mentions.map(([words, type, score]) => {
    const start = text.indexOf(words, from);
    assert.ok(start >= 0, words);
    from = start + 1;
    return { start, end: start + words.length, type, text: words, score };
  });
  const raw = [{ start: 0, end: text.length, text: '' }];
  const results = newResults({ text, name, types, format: 'compact', found, raw, total: 1 });
  Object.assign(results, { running: false, upTo: text.length, done: 1 });
  results.entities = entitiesOf(results, true);
  return { key: ++key, name, text, state: 'done', results };
}

/** Makes a correction, as the page does. */
function change({ results }, what) {
  results.edits = edit(results.edits, what);
  results.entities = entitiesOf(results, true);
}
const named = ({ results }, words) => results.entities.find(({ text }) => text === words);
const says = (items) => Object.fromEntries(items.map((item) => [item.entity.text, item.decision]));

const two = () => [
  documentOf('a', 'Aspirin, gout and aloe: ulcer.', [
    ['Aspirin', 'Chemical', 0.95],
    ['gout', 'Disease', 0.6],
    ['aloe', 'Disease', 0.55],
    ['ulcer', 'Disease', 0.85],
  ]),
  documentOf('b', 'Lithium for mania.', [['Lithium', 'Chemical', 0.58]]),
];

test('what is decided on an entity is one of five things, and each step can be undone', () => {
  const [a, b] = two();
  const items = () => allItems([a, b], true);
  assert.deepEqual(Object.values(says(items())), Array(5).fill(undefined));
  change(a, { accept: [named(a, 'Aspirin')] });
  change(a, { remove: [named(a, 'gout')] });
  change(a, replacement(a.results, named(a, 'aloe'), { type: 'Chemical' }));
  change(a, { acceptTogether: [named(a, 'ulcer')] });
  change(b, marking(b.results, [{ start: 12, end: 17 }], 'Disease'));
  assert.deepEqual(
    items().map(({ entity, decision }) => [entity.text, entity.type, decision]),
    [
      ['Aspirin', 'Chemical', 'accepted'],
      ['gout', 'Disease', 'rejected'],
      ['aloe', 'Chemical', 'own'],
      ['aloe', 'Disease', 'changed'],
      ['ulcer', 'Disease', 'together'],
      ['Lithium', 'Chemical', undefined],
      ['mania', 'Disease', 'own'],
    ].sort(([x, t], [y, u]) => ORDER.indexOf(x + t) - ORDER.indexOf(y + u)),
  );
  assert.deepEqual(progressOf(items(), [a, b]), { decided: 4, all: 5, whole: 0, documents: 2 });
  while (a.results.edits.past.length) {
    a.results.edits = undo(a.results.edits);
    a.results.entities = entitiesOf(a.results, true);
  }
  assert.deepEqual(
    items()
      .filter(({ document }) => document === a)
      .map(({ decision }) => decision),
    Array(4).fill(undefined),
  );
});
const ORDER = [
  'AspirinChemical',
  'goutDisease',
  'aloeChemical',
  'aloeDisease',
  'ulcerDisease',
  'LithiumChemical',
  'maniaDisease',
];

test('a decision is the last one; accepting does not make new lists of marks', () => {
  const [a] = two();
  const gout = named(a, 'gout');
  change(a, { remove: [gout] });
  change(a, { accept: [gout] });
  assert.deepEqual(a.results.edits.now.removed, []);
  assert.ok(named(a, 'gout'));
  change(a, { acceptTogether: [gout] });
  assert.deepEqual(a.results.edits.now.accepted, []);
  const before = a.results.edits.now;
  change(a, { accept: [named(a, 'ulcer')] });
  assert.equal(a.results.edits.now.removed, before.removed);
  assert.equal(a.results.edits.now.added, before.added);
  // Corrections of an earlier visit have no such lists.
  assert.deepEqual(noEdits({ removed: ['1:2:X'], added: [] }).now.accepted, []);
});

test('a new extraction keeps the decisions on the same places and types', () => {
  const [a] = two();
  change(a, { accept: [named(a, 'Aspirin')], remove: [named(a, 'gout')] });
  change(a, marking(a.results, [{ start: 9, end: 17 }], 'Disease')); // gout and
  const { text, types, format, found, edits } = a.results;
  const again = newResults({ text, name: 'a', types, format, found: [...found], edit: edits.now });
  Object.assign(again, { running: false, upTo: text.length });
  again.found.push({ start: 9, end: 17, type: 'Disease', text: 'gout and', score: 0.7 });
  again.entities = entitiesOf(again, true);
  const items = allItems([{ ...a, results: again }], true);
  assert.deepEqual(says(items), {
    Aspirin: 'accepted',
    gout: 'changed',
    'gout and': 'accepted', // what was marked before is found now
    aloe: undefined,
    ulcer: undefined,
  });
  assert.equal(items.find(({ entity }) => entity.text === 'gout and').entity.score, 0.7);
});

test('the order: the most doubtful first over all documents, or that of the text; round to what was skipped', () => {
  const [a, b] = two();
  const walk = (order) => {
    const items = allItems([a, b], true);
    const seen = [];
    for (let at; seen.length < items.length; seen.push(at.entity.text))
      at = nextUndecided(items, order, at);
    return seen;
  };
  assert.deepEqual(walk('doubt'), ['aloe', 'Lithium', 'gout', 'ulcer', 'Aspirin']);
  assert.deepEqual(walk('text'), ['Aspirin', 'gout', 'aloe', 'ulcer', 'Lithium']);
  const items = allItems([a, b], true);
  const last = items.find(({ entity }) => entity.text === 'Aspirin');
  assert.equal(nextUndecided(items, 'doubt', last).entity.text, 'aloe');
  for (const document of [a, b]) change(document, { accept: document.results.entities });
  assert.equal(nextUndecided(allItems([a, b], true), 'doubt'), undefined);
});

test('the interval is Wilson’s', () => {
  // From Newcombe (1998), Statistics in Medicine 17, table I, method 3.
  for (const [right, all, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]) {
    const found = wilson(right, all);
    assert.ok(Math.abs(found[0] - low) < 5e-5 && Math.abs(found[1] - high) < 5e-5, `${found}`);
  }
});

test('the tally: by type and score; what nobody looked at says nothing', () => {
  const [a, b] = two();
  change(a, { accept: [named(a, 'Aspirin')] });
  change(a, { remove: [named(a, 'gout')] });
  change(a, replacement(a.results, named(a, 'aloe'), { type: 'Chemical' }));
  change(a, { acceptTogether: [named(a, 'ulcer')] });
  change(b, replacement(b.results, named(b, 'Lithium'), { end: 11 }));
  change(b, marking(b.results, [{ start: 12, end: 17 }], 'Disease'));
  const items = allItems([a, b], true);
  const rows = tally(items);
  const of = (group, value = '') =>
    rows.find((row) => row.group === group && row.value === value) ?? assert.fail(value);
  const counts = ({ accepted, retyped, moved, rejected, together, undecided, missed }) => [
    accepted,
    retyped,
    moved,
    rejected,
    together,
    undecided,
    missed,
  ];
  assert.deepEqual(counts(of('all')), [1, 1, 1, 1, 1, 0, 1]);
  assert.deepEqual(counts(of('type', 'Chemical')), [1, 0, 1, 0, 0, 0, 0]);
  assert.deepEqual(counts(of('type', 'Disease')), [0, 1, 0, 1, 1, 0, 1]);
  assert.equal(of('type', 'Chemical').precision, 0.5);
  assert.equal(of('all').precision, 0.25);
  assert.equal(of('all').meanScore, (0.95 + 0.6 + 0.55 + 0.58) / 4);
  assert.deepEqual(counts(of('score', '0.5-0.6')), [0, 1, 1, 0, 0, 0, 0]);
  assert.deepEqual(counts(of('score', '0.8-0.9')), [0, 0, 0, 0, 1, 0, 0]);
  assert.equal(of('score', '0.8-0.9').precision, undefined);

  const [head, ...lines] = readCsv(tallyCsv(rows));
  const all = Object.fromEntries(head.map((name, i) => [name, lines[0][i]]));
  assert.deepEqual([all.group, all.precision, all.missed], ['all', '0.25', '1']);
  assert.ok(lines.every((line) => line.length === head.length));
  const json = JSON.parse(tallyJson(rows, items));
  assert.deepEqual(json.interval, { method: 'Wilson', level: 0.95 });
  assert.equal(json.by_type.find(({ value }) => value === 'Chemical').bounds_changed, 1);
  for (const { document, model, reviewer = [] } of json.changes) {
    const { text } = document === 'a' ? a : b;
    for (const one of [model, ...reviewer])
      if (one) assert.equal(text.slice(one.start, one.end), one.text);
  }
  assert.deepEqual(json.changes.map(({ decision }) => decision).sort(), [
    'changed',
    'changed',
    'marked',
    'rejected',
  ]);
});

test('training lines: whole documents only, offsets in code points, as the golden file has them', () => {
  const a = documentOf('note 🩺', '🩺 Aspirin 𝛼 for gout\nand “mania”.', [
    ['Aspirin', 'Chemical', 0.9],
    ['gout', 'Disease', 0.4],
  ]);
  const none = documentOf('nothing', 'Nothing of the kind.', []);
  const [left] = two();
  change(a, { accept: a.results.entities });
  change(left, { whole: left.results.types });
  assert.equal(trainingLines([a, none, left]).lines, 0, 'decided is not enough, nor is “whole”');
  const start = a.text.indexOf('mania');
  change(a, marking(a.results, [{ start, end: start + 5 }], 'Disease'));
  change(a, marking(a.results, [{ start: 0, end: 2 }], 'Device'));
  change(a, { whole: a.results.types });
  change(none, { whole: none.results.types });
  assert.ok(isWhole(a));
  const { content, lines, leftOut } = trainingLines([a, none, left]);
  assert.deepEqual(
    [lines, leftOut],
    [2, 1],
    'of “Device” nothing is known, as it was not asked for',
  );
  const [first, second] = content
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const points = Array.from(first.text);
  assert.deepEqual(
    first.entities.map(({ start, end, type }) => [points.slice(start, end).join(''), type]),
    [
      ['Aspirin', 'Chemical'],
      ['gout', 'Disease'],
      ['mania', 'Disease'],
    ],
  );
  assert.deepEqual(second, {
    id: 'nothing',
    text: 'Nothing of the kind.',
    types: ['Chemical', 'Disease'],
    entities: [],
  });
  if (process.env.BIONER_BLESS) writeFileSync(GOLDEN, content);
  assert.equal(content, readFileSync(GOLDEN, 'utf8'));
});

test('“nothing is missing” holds for the types that were asked for, and for no others', () => {
  const [text, mentions] = ['Aspirin for gout.', [['Aspirin', 'Chemical', 0.9]]];
  const a = documentOf('a', text, mentions, ['Chemical']);
  change(a, { accept: a.results.entities, whole: a.results.types });
  assert.ok(isWhole(a));
  /** What comes of a new extraction with these types. */
  const readAgain = (types) => {
    const again = documentOf('a', text, types.includes('Chemical') ? mentions : [], types);
    again.results.edits = noEdits(a.results.edits.now);
    return again;
  };
  const both = readAgain(['Chemical', 'Disease']);
  assert.deepEqual([isWhole(both), trainingLines([both]).lines], [false, 0]);
  assert.ok(isWhole(readAgain(['Chemical'])));
  change(both, { whole: both.results.types });
  a.results.edits = both.results.edits;
  for (const types of [['Chemical', 'Disease'], ['Disease'], ['Chemical']])
    assert.ok(isWhole(readAgain(types)), types.join());
  assert.ok(!isWhole(readAgain(['Chemical', 'Gene'])));
});

test('what earlier versions have stored of it, without types, is of those asked for', () => {
  const [a] = two();
  change(a, { accept: a.results.entities, whole: a.results.types });
  const old = JSON.parse(JSON.stringify(toStored(a)));
  old.results.edit.whole = true;
  assert.ok(isWhole(fromStored(old, true)));
  const { documents } = readReviewFile(
    reviewFile([a]).replace(/"whole":\[[^\]]*\]/, '"whole":true'),
  );
  assert.deepEqual(documents[0].results.edit.whole, a.results.types);
  old.results.edit.whole = false;
  assert.ok(!isWhole(fromStored(old, true)));
  const waiting = { key: 7, name: 'c', text: 'Gout.', state: 'waiting', edit: { whole: true } };
  assert.equal(fromStored(waiting, true).edit.whole, false, 'these are not known here');
});

test('a saved review is read back as it was', () => {
  const [a, b] = two();
  change(a, { accept: [named(a, 'Aspirin')], remove: [named(a, 'gout')] });
  change(b, { acceptTogether: b.results.entities, whole: b.results.types });
  const waiting = {
    key: 99,
    name: 'c',
    text: 'Later.',
    state: 'waiting',
    edit: { removed: ['0:5:X'] },
  };
  const file = reviewFile([a, b, waiting]);
  assert.ok(isReviewFile(file));
  assert.ok(!isReviewFile('{"id": "bioner-review"}'));
  const { documents, problems } = readReviewFile(file);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    documents.map(({ name, text }) => [name, text]),
    [a, b, waiting].map(({ name, text }) => [name, text]),
  );
  assert.deepEqual(documents[0].results.edit, a.results.edits.now);
  assert.deepEqual(documents[0].results.found, a.results.found);
  assert.deepEqual(documents[2].edit.removed, ['0:5:X']);
});

test('a damaged review: what can be read is read, and the rest is told by its line', () => {
  const file = reviewFile(two());
  const lines = file.split('\n');
  const codes = (text) => {
    const { documents, problems } = readReviewFile(text);
    return [documents.map(({ name }) => name), problems.map(({ line, code }) => [line, code])];
  };
  assert.deepEqual(codes(file.slice(0, lines[0].length + lines[1].length + 40)), [
    ['a'],
    [[3, 'truncated']],
  ]);
  assert.deepEqual(codes(lines.slice(0, 3).join('\n')), [['a', 'b'], [[3, 'truncated']]]);
  assert.deepEqual(codes(file.replace('"version": 1', '"version": 2')), [
    [],
    [[undefined, 'review-version']],
  ]);
  assert.deepEqual(codes('{"format": "bioner-review", "version": 1, "documents": 7}'), [
    [],
    [[undefined, 'review']],
  ]);
  for (const [from, to] of [
    ['"start":0', '"start":-1'],
    ['"end":7', '"end":7000'],
    ['"end":7', '"end":0'],
    ['"start":0', '"start":"0"'],
    ['"text":"Aspirin"', '"text":"Ibuprof"'],
    ['"score":0.95', '"score":95'],
    [',"score":0.95', ''],
    ['"found":[', '"found":7,"other":['],
    ['"types":["Chemical"', '"types":[7'],
    ['"accepted":[]', '"accepted":"all"'],
    ['"name":"a"', '"name":null'],
    ['"edit":{', '"edit":[],"other":{'],
  ]) {
    const damaged = file.replace(from, to);
    assert.notEqual(damaged, file, from);
    assert.deepEqual(codes(damaged), [['b'], [[2, 'review']]], `${from} to ${to}`);
  }
  assert.deepEqual(codes(file.replace('{"name":"a"', '{"name":"a')), [['b'], [[2, 'syntax']]]);
  for (const text of [
    '{"format":"bioner-review"',
    '{"format":"bioner-review"}',
    '{"format":"bioner-review","version":1,"documents":[null]}',
  ])
    assert.equal(readReviewFile(text).problems.length, 1, text);
});

test('two reviews of one document are joined; where they differ, the one here stays', () => {
  const [a] = two();
  const [aspirin, gout, aloe, ulcer] = a.results.entities;
  const start = noEdits();
  const ours = edit(edit(start, { accept: [aspirin] }), { remove: [gout] }).now;
  const theirs = edit(edit(start, { remove: [aspirin, ulcer] }), {
    accept: [gout, aloe],
    add: [gout],
    whole: ['Chemical'],
  }).now;
  const both = joined(ours, theirs);
  assert.deepEqual(
    [both.accepted, both.removed, both.added, both.whole],
    [[keyOf(aspirin), keyOf(aloe)], [keyOf(gout), keyOf(ulcer)], [], ['Chemical']],
  );
  const disease = joined(edit(start, { whole: ['Disease'] }).now, theirs);
  assert.deepEqual(disease.whole, ['Disease', 'Chemical'], 'of each somebody has said it');
});

test('no name of a type is a formula in the tally, by the rule of the other tables', () => {
  const names = ['=1+1', '+cmd', '-x', '@SUM(A1)', '\t=1', '＝1+1', 'Disease', 'a=b'];
  for (const name of names) {
    const document = documentOf('a', 'gout', [['gout', name, 0.9]], [name]);
    const rows = readCsv(tallyCsv(tally(allItems([document], true))));
    const [, told] = rows.find(([group]) => group === 'type');
    const [, [, , type]] = readCsv(
      fileOf('csv', { text: 'gout', entities: [{ start: 0, end: 4, type: name, text: 'gout' }] }),
    );
    assert.equal(told, type);
    assert.equal(told, /^[a-z]/i.test(name) ? name : `'${name}`);
  }
});
