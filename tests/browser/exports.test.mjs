// The export forms, read back: no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { codePoints, toBrat, toCsv, toJson, toPubTator } from '../../www/page/exports.js';
import { decodeText } from '../../www/page/text-file.js';
import { readBrat, readCsv, readPubTator } from './readers.mjs';

/** A document with an entity at every mention of `mentions` ([type, text] pairs), in order. */
function documentOf(text, mentions) {
  let from = 0;
  const entities = mentions.map(([type, mention]) => {
    const start = text.indexOf(mention, from);
    assert.ok(start >= 0, mention);
    from = start;
    return { start, end: start + mention.length, type, text: mention, score: 0.98765432 };
  });
  return { text, name: 'case-7.txt', types: ['Disease', 'Chemical'], format: 'lines-grouped', model: 'm', entities };
}

const DOCUMENTS = {
  plain: documentOf('Selegiline\nIt caused hypotension.', [['Chemical', 'Selegiline'], ['Disease', 'hypotension']]),
  emoji: documentOf('😀 fever 🧬🧬 and 𝛼-synuclein', [['Disease', 'fever'], ['Gene', '𝛼-synuclein']]),
  'crlf, tabs': documentOf("Title\r\nParkinson's\r\ndisease,\tgout", [['Disease', "Parkinson's\r\ndisease"], ['Disease', 'gout']]),
  quotes: documentOf('the "so-called", rare |a| disease', [['Disease', '"so-called", rare |a| disease']]),
  'other line ends': documentOf('a\u2028gout\u0085b\vfever', [['Disease', 'gout'], ['Disease', 'fever']]),
  'type of two words': documentOf('tired', [['Sign or symptom', 'tired']]),
  overlapping: documentOf('🧬 breast cancer cells', [['Cancer', 'breast cancer'], ['Cell', 'cancer cells']]),
  'lone surrogates': documentOf('\ud83d fever \udc00 gout', [['Disease', 'fever'], ['Disease', 'gout']]),
  none: documentOf('Nothing here.', []),
};

for (const [name, document] of Object.entries(DOCUMENTS)) {
  const { text, entities } = document;
  const points = Array.from(text);
  const flat = (value) => value.replace(/[\t\n\v\f\r\u0085\u2028]/g, ' ');

  test(`JSON: ${name}`, () => {
    const read = JSON.parse(toJson(document));
    assert.equal(read.offsets, 'utf-16');
    assert.deepEqual(read.entities.map(({ score, ...rest }) => rest), entities.map(({ score, ...rest }) => rest));
    for (const { start, end, text: mention } of read.entities) assert.equal(text.slice(start, end), mention);
  });

  test(`CSV: ${name}`, () => {
    const [head, ...rows] = readCsv(toCsv(document));
    assert.deepEqual(head, ['start', 'end', 'type', 'text', 'score']);
    assert.equal(rows.length, entities.length);
    for (const [start, end, , mention] of rows) assert.equal(text.slice(Number(start), Number(end)), mention);
  });

  test(`BRAT: ${name}`, () => {
    const read = readBrat(toBrat(document));
    assert.equal(read.length, entities.length);
    for (const { start, end, type, text: mention } of read) {
      assert.equal(flat(points.slice(start, end).join('')), mention);
      assert.match(type, /^\S+$/);
    }
  });

  test(`PubTator: ${name}`, () => {
    const read = readPubTator(toPubTator(document));
    assert.equal(read.passage.length, points.length + (text.includes('\n') ? 0 : 1));
    assert.equal(read.entities.length, entities.length);
    for (const { start, end, text: mention } of read.entities) {
      assert.equal(read.passage.slice(start, end).join(''), mention);
      assert.equal(flat(points.slice(start, end).join('')), mention);
    }
  });
}

test('a number in front of the file name is the PMID', () => {
  assert.match(toPubTator({ ...DOCUMENTS.plain, name: '12345678.txt' }), /^12345678\|t\|Selegiline\n12345678\|a\|/);
  assert.match(toPubTator({ ...DOCUMENTS.plain, name: 'notes.txt' }), /^1\|t\|/);
});

test('code points, forwards and back', () => {
  const text = 'a😀b\ud83dc🧬';
  const at = codePoints(text);
  for (const offset of [0, 8, 3, 1, 4, 5, 6, 3, 8, 0]) {
    assert.equal(at(offset), Array.from(text.slice(0, offset)).length, `at ${offset}`);
  }
});

test('text files: UTF-8, UTF-16, old encodings, and what is no text', () => {
  const bytes = (...values) => Uint8Array.from(values);
  assert.equal(decodeText(new TextEncoder().encode('\ufeffα-synuclein\r\n')), 'α-synuclein\r\n');
  assert.equal(decodeText(bytes(0xff, 0xfe, 0xb1, 0x03)), 'α');
  assert.equal(decodeText(bytes(0xfe, 0xff, 0x03, 0xb1)), 'α');
  assert.equal(decodeText(bytes(0x42, 0xe9, 0x6c)), 'Bél');
  assert.equal(decodeText(bytes()), '');
  assert.equal(decodeText(new TextEncoder().encode('%PDF-1.7\n...')), undefined);
  assert.equal(decodeText(bytes(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0)), undefined);
});
