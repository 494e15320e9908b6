// What was found beside what a file says: pure functions, no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { contentOf } from '../../www/page/documents/read.js';
import { besides, kindsOf } from '../../www/page/review/annotations.js';
import { review, shares, summed, total } from '../../www/page/review/compare.js';

const TEXT = 'Lithium caused tremor and polyuria. Thyroid cancer was not seen; TSH rose.';
const at = (mention, type, score = 0.8) => {
  const start = TEXT.indexOf(mention);
  assert.ok(start >= 0, mention);
  return { start, end: start + mention.length, type, text: mention, score };
};
const ALL = { hidden: new Set(), threshold: 0 };
const results = (more = {}) => ({
  types: ['Chemical', 'Disease', 'Anatomy'],
  entities: [at('Lithium', 'Chemical'), at('tremor', 'Disease', 0.4), at('cancer', 'Disease'), at('TSH', 'Chemical'), at('Thyroid', 'Anatomy')],
  given: [at('Lithium', 'CHEMICAL'), at('polyuria', 'disease'), at('tremor', 'disease'), at('Thyroid cancer', 'disease'), at('TSH', 'Gene')],
  givenTypes: ['CHEMICAL', 'Gene', 'disease', 'Species'],
  ...more,
});
const kinds = ({ pairs }) => pairs.map(({ kind, given, found }) => [kind, given?.text, found?.text]);

test('agreements, overlaps, misses and extras, of the types that both have', () => {
  const compared = review(results(), ALL);
  assert.deepEqual(kinds(compared), [
    ['agree', 'Lithium', 'Lithium'], ['agree', 'tremor', 'tremor'], ['missed', 'polyuria', undefined],
    ['partial', 'Thyroid cancer', 'cancer'], ['extra', undefined, 'TSH'],
  ]);
  assert.deepEqual(compared.onlyGiven, ['Gene', 'Species']);
  assert.deepEqual(compared.onlyAsked, ['Anatomy']);
  assert.deepEqual([...compared.byType], [
    ['Chemical', { gold: 1, found: 2, strict: 1, partial: 1 }],
    ['Disease', { gold: 3, found: 2, strict: 1, partial: 2 }],
  ]);
  assert.equal(compared.pairs[0].given.fileType, 'CHEMICAL', 'as the file has it');
});

test('what the filters hide counts on neither side', () => {
  assert.deepEqual(kinds(review(results(), { hidden: new Set(['Chemical']), threshold: 0.5 })), [
    ['missed', 'tremor', undefined], ['missed', 'polyuria', undefined], ['partial', 'Thyroid cancer', 'cancer'],
  ].sort((a, b) => TEXT.indexOf(a[1]) - TEXT.indexOf(b[1])));
});

test('another type at the same place, and a thing that the file says twice', () => {
  const other = review(results({ given: [at('TSH', 'disease'), at('Lithium', 'chemical'), at('Lithium', 'Chemical')], givenTypes: ['chemical', 'disease'] }), ALL);
  const kind = (text) => other.pairs.filter(({ given, found }) => (given ?? found).text === text).map((pair) => pair.kind);
  assert.deepEqual(kind('TSH'), ['type']);
  assert.deepEqual(kind('Lithium'), ['agree']);
});

test('no type in common: nothing is compared, and it can be said', () => {
  const { pairs, byType, onlyGiven } = review(results({ givenTypes: ['Protein'], given: [at('TSH', 'Protein')] }), ALL);
  assert.deepEqual([pairs.length, byType.size, onlyGiven], [0, 0, ['Protein']]);
});

test('a document without annotations in a file that has some is one in which all that is found is extra', () => {
  const file = '5|t|Lithium tremor\n5|a|None.\n5\t0\t7\tLithium\tChemical\t-\n\n6|t|Aspirin\n6|a|Nothing.\n';
  const { documents } = contentOf('x.pubtator', file);
  assert.deepEqual(documents.map(({ given, givenTypes }) => [given.length, givenTypes]), [[1, ['Chemical']], [0, ['Chemical']]]);
  const bare = contentOf('y.pubtator', '6|t|Aspirin\n6|a|Nothing.\n').documents[0];
  assert.ok(!('given' in bare), 'no file with annotations, nothing to compare with');
});

test('sums over documents, and shares', () => {
  const one = review(results(), ALL).byType;
  const both = summed([one, one, new Map([['Cell', { gold: 0, found: 3, strict: 0, partial: 0 }]])]);
  assert.deepEqual(both.get('Disease'), { gold: 6, found: 4, strict: 2, partial: 4 });
  assert.deepEqual(total(both.values()), { gold: 8, found: 11, strict: 4, partial: 6 });
  assert.deepEqual(shares({ gold: 8, found: 10 }, 4), { precision: 0.4, recall: 0.5, f1: 8 / 18 });
  assert.deepEqual(shares({ gold: 0, found: 0 }, 0), { precision: undefined, recall: undefined, f1: undefined });
});

test('in the text, the file’s annotations that are not marks lie beside them', () => {
  const compared = review(results(), ALL);
  assert.deepEqual(besides(compared).map(({ text, beside, type }) => [text, beside, type]), [
    ['polyuria', 'missed', 'Disease'], ['Thyroid cancer', 'partial', 'Disease'],
  ]);
  assert.deepEqual([...kindsOf(compared).values()], ['agree', 'agree', 'partial', 'extra']);
  assert.equal(kindsOf(undefined).size, 0);
});
