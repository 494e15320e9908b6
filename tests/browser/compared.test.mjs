// What was found, compared with the annotations of a file: pure functions, no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { contentOf } from '../../www/page/documents/read.js';
import { annotationsToDraw, kindsByKey } from '../../www/page/review/annotations.js';
import { review, scoresByType, sumScores } from '../../www/page/review/compare.js';

const TEXT = 'Lithium caused tremor and polyuria. Thyroid cancer was not seen; TSH rose.';
const at = (mention, type, score = 0.8) => {
  const start = TEXT.indexOf(mention);
  assert.ok(start >= 0, mention);
  return { start, end: start + mention.length, type, text: mention, score };
};
const ALL = { hidden: new Set(), threshold: 0 };
const results = (more = {}) => ({
  types: ['Chemical', 'Disease', 'Anatomy'],
  entities: [
    at('Lithium', 'Chemical'),
    at('tremor', 'Disease', 0.4),
    at('cancer', 'Disease'),
    at('TSH', 'Chemical'),
    at('Thyroid', 'Anatomy'),
  ],
  given: [
    at('Lithium', 'CHEMICAL'),
    at('polyuria', 'disease'),
    at('tremor', 'disease'),
    at('Thyroid cancer', 'disease'),
    at('TSH', 'Gene'),
  ],
  givenTypes: ['CHEMICAL', 'Gene', 'disease', 'Species'],
  ...more,
});
const kinds = ({ pairs }) =>
  pairs.map(({ kind, given, found }) => [kind, given?.text, found?.text]);

const counts = (byType) =>
  Array.from(byType, ([type, { strict, partial }]) => [
    type,
    strict.gold,
    strict.found,
    strict.correct,
    partial.correct,
  ]);

test('agreements, overlaps, misses and extras, of the types that both have', () => {
  const compared = review(results(), ALL);
  assert.deepEqual(kinds(compared), [
    ['agree', 'Lithium', 'Lithium'],
    ['agree', 'tremor', 'tremor'],
    ['missed', 'polyuria', undefined],
    ['partial', 'Thyroid cancer', 'cancer'],
    ['extra', undefined, 'TSH'],
  ]);
  assert.deepEqual(compared.onlyGiven, ['Gene', 'Species']);
  assert.deepEqual(compared.onlyAsked, ['Anatomy']);
  assert.deepEqual(counts(compared.byType), [
    ['Chemical', 1, 2, 1, 1],
    ['Disease', 3, 2, 1, 2],
  ]);
  assert.equal(compared.pairs[0].given.fileType, 'CHEMICAL', 'as the file has it');
});

test('what the filters hide counts on neither side', () => {
  assert.deepEqual(
    kinds(review(results(), { hidden: new Set(['Chemical']), threshold: 0.5 })),
    [
      ['missed', 'tremor', undefined],
      ['missed', 'polyuria', undefined],
      ['partial', 'Thyroid cancer', 'cancer'],
    ].sort((a, b) => TEXT.indexOf(a[1]) - TEXT.indexOf(b[1])),
  );
});

test('another type at the same place, and a thing that the file says twice', () => {
  const other = review(
    results({
      given: [at('TSH', 'disease'), at('Lithium', 'chemical'), at('Lithium', 'Chemical')],
      givenTypes: ['chemical', 'disease'],
    }),
    ALL,
  );
  const kind = (text) =>
    other.pairs
      .filter(({ given, found }) => (given ?? found).text === text)
      .map((pair) => pair.kind);
  assert.deepEqual(kind('TSH'), ['type']);
  assert.deepEqual(kind('Lithium'), ['agree']);
});

test('no type in common: nothing is compared, and it can be said', () => {
  const { pairs, byType, onlyGiven } = review(
    results({ givenTypes: ['Protein'], given: [at('TSH', 'Protein')] }),
    ALL,
  );
  assert.deepEqual([pairs.length, byType.size, onlyGiven], [0, 0, ['Protein']]);
});

test('a document without annotations in a file that has some is one in which all that is found is extra', () => {
  const file =
    '5|t|Lithium tremor\n5|a|None.\n5\t0\t7\tLithium\tChemical\t-\n\n6|t|Aspirin\n6|a|Nothing.\n';
  const { documents } = contentOf('x.pubtator', file);
  assert.deepEqual(
    documents.map(({ given, givenTypes }) => [given.length, givenTypes]),
    [
      [1, ['Chemical']],
      [0, ['Chemical']],
    ],
  );
  const bare = contentOf('y.pubtator', '6|t|Aspirin\n6|a|Nothing.\n').documents[0];
  assert.ok(!('given' in bare), 'no file with annotations, nothing to compare with');
});

test('scores of several documents are those of their counts together', () => {
  const one = review(results(), ALL);
  const cells = review(
    { types: ['Cell'], entities: [at('TSH', 'Cell')], given: [], givenTypes: ['Cell'] },
    ALL,
  );
  const all = scoresByType([one, one, cells]);
  assert.deepEqual(counts(all), [
    ['Chemical', 2, 4, 2, 2],
    ['Disease', 6, 4, 2, 4],
    ['Cell', 0, 1, 0, 0],
  ]);
  const { strict, partial } = sumScores(all.values());
  assert.deepEqual([strict.gold, strict.found, strict.correct, partial.correct], [8, 9, 4, 6]);
  assert.deepEqual([strict.precision, strict.recall], [4 / 9, 0.5]);
  assert.ok(Math.abs(partial.f1 - 12 / 17) < 1e-9, `${partial.f1}`);
});

test('a type that is compared and occurs nowhere has scores of nothing', () => {
  const { byType } = review(
    { types: ['Cell'], entities: [], given: [], givenTypes: ['cell'] },
    ALL,
  );
  assert.deepEqual(counts(byType), [['Cell', 0, 0, 0, 0]]);
});

test('in the text, the file’s annotations that are not marks are drawn too', () => {
  const compared = review(results(), ALL);
  assert.deepEqual(
    annotationsToDraw(compared).map(({ text, kind, type }) => [text, kind, type]),
    [
      ['polyuria', 'missed', 'Disease'],
      ['Thyroid cancer', 'partial', 'Disease'],
    ],
  );
  assert.deepEqual([...kindsByKey(compared).values()], ['agree', 'agree', 'partial', 'extra']);
  assert.equal(kindsByKey(undefined).size, 0);
});
