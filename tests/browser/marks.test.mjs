// How marks lie in a text, and how it is cut into blocks: no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { blocksOf, nest } from '../../www/page/annotated/marks.js';

const entity = (start, end, type = 'Disease') => ({ start, end, type, text: '', score: 1 });

/** Pieces as a string: [Type text] for marks, {Type text} for what continues one. */
function show(pieces, text) {
  return pieces
    .map(({ start, end, entity: of, first, children }) => {
      if (!of) return text.slice(start, end);
      const inner = show(children, text);
      return first ? `[${of.type} ${inner}]` : `{${of.type} ${inner}}`;
    })
    .join('');
}

const text = 'breast cancer cells';

test('apart, nested, the same span twice, crossing', () => {
  const cases = [
    [[], 'breast cancer cells'],
    [[entity(0, 6, 'Organ'), entity(14, 19, 'Cell')], '[Organ breast] cancer [Cell cells]'],
    [[entity(0, 6, 'Organ'), entity(0, 13)], '[Disease [Organ breast] cancer] cells'],
    [[entity(7, 13), entity(0, 13, 'Cancer')], '[Cancer breast [Disease cancer]] cells'],
    [[entity(0, 13), entity(0, 13, 'Cancer')], '[Disease [Cancer breast cancer]] cells'],
    [[entity(0, 13), entity(7, 19, 'Cell')], '[Disease breast [Cell cancer]]{Cell  cells}'],
    [[entity(0, 6, 'A'), entity(6, 13, 'B')], '[A breast][B  cancer] cells'],
    [
      [entity(0, 9, 'A'), entity(3, 12, 'B'), entity(6, 19, 'C')],
      '[A bre[B ast[C  ca]]]{C {B nce}r cells}',
    ],
  ];
  for (const [entities, expected] of cases)
    assert.equal(show(nest(entities, 0, text.length), text), expected);
});

test('a range shows what touches it, clipped, and each mark begins once', () => {
  const entities = [entity(0, 13), entity(14, 19, 'Cell')];
  assert.equal(show(nest(entities, 0, 9), text), '[Disease breast ca]');
  assert.equal(show(nest(entities, 9, 19), text), '{Disease ncer} [Cell cells]');
});

test('any marks: the text stays whole and every entity is marked once', () => {
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 500; round++) {
    const entities = Array.from({ length: random(7) }, (_, i) => {
      const start = random(18);
      return entity(start, start + 1 + random(19 - start), `T${i}`);
    });
    const cut = random(20);
    const pieces = [...nest(entities, 0, cut), ...nest(entities, cut, text.length)];
    const begun = [];
    const walk = (list, from, to) => {
      for (const piece of list) {
        assert.equal(piece.start, from, 'no gap, no overlap');
        from = piece.end;
        if (piece.first) begun.push(piece.entity);
        if (piece.entity) walk(piece.children, piece.start, piece.end);
      }
      assert.equal(from, to);
    };
    walk(pieces, 0, text.length);
    assert.deepEqual(new Set(begun), new Set(entities));
    assert.equal(begun.length, entities.length);
  }
});

test('blocks are the text again, neither tiny nor huge, and cut no character', () => {
  const sentence = 'Metformin lowers glucose in 3.5 of 10 patients. ';
  const texts = {
    paragraphs: `${sentence.repeat(8)}\n\n`.repeat(60),
    crlf: `${sentence.repeat(8)}\r\n\r\n`.repeat(60),
    lines: `${sentence}\n`.repeat(600),
    'one line': sentence.repeat(900),
    'one word': 'x'.repeat(70_000),
    emoji: '🧬'.repeat(35_001),
    'white space': ' '.repeat(50_000),
    short: 'a',
    empty: '',
  };
  for (const [name, whole] of Object.entries(texts)) {
    const blocks = blocksOf(whole);
    assert.equal(blocks.map(({ start, end }) => whole.slice(start, end)).join(''), whole, name);
    for (const { start, end } of blocks) {
      assert.ok(end - start <= 20_000, `${name}: ${end - start}`);
      if (end < whole.length) assert.ok(end - start >= 800, `${name}: ${end - start}`);
      assert.ok(whole.slice(start, end).isWellFormed?.() ?? true, name);
    }
  }
});
