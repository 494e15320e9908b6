// The export forms, read back: no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { fileOf, filesOf } from '../../www/page/export/files.js';
import { contentOf, readBrat as readBratFiles } from '../../www/page/documents/read.js';
import { documents as module } from '../../www/shared/documents.js';
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
  return {
    text,
    name: 'case-7.txt',
    types: ['Disease', 'Chemical'],
    format: 'lines-grouped',
    model: 'm',
    entities,
  };
}

const DOCUMENTS = {
  plain: documentOf('Selegiline\nIt caused hypotension.', [
    ['Chemical', 'Selegiline'],
    ['Disease', 'hypotension'],
  ]),
  emoji: documentOf('😀 fever 🧬🧬 and 𝛼-synuclein', [
    ['Disease', 'fever'],
    ['Gene', '𝛼-synuclein'],
  ]),
  'crlf, tabs': documentOf("Title\r\nParkinson's\r\ndisease,\tgout", [
    ['Disease', "Parkinson's\r\ndisease"],
    ['Disease', 'gout'],
  ]),
  quotes: documentOf('the "so-called", rare |a| disease', [
    ['Disease', '"so-called", rare |a| disease'],
  ]),
  'other line ends': documentOf('a\u2028gout\u0085b\vfever', [
    ['Disease', 'gout'],
    ['Disease', 'fever'],
  ]),
  'type of two words': documentOf('tired', [['Sign or symptom', 'tired']]),
  overlapping: documentOf('🧬 breast cancer cells', [
    ['Cancer', 'breast cancer'],
    ['Cell', 'cancer cells'],
  ]),
  'lone surrogates': documentOf('\ud83d fever \udc00 gout', [
    ['Disease', 'fever'],
    ['Disease', 'gout'],
  ]),
  none: documentOf('Nothing here.', []),
};

for (const [name, document] of Object.entries(DOCUMENTS)) {
  const { text, entities } = document;
  const flat = (value) => value.replace(/[\t\n\v\f\r\u0085\u2028]/g, ' ');

  test(`JSON: ${name}`, () => {
    const read = JSON.parse(fileOf('json', document));
    assert.equal(read.offsets, 'utf-16');
    assert.deepEqual(
      read.entities.map(({ score, ...rest }) => rest),
      entities.map(({ score, ...rest }) => rest),
    );
    for (const { start, end, text: mention } of read.entities)
      assert.equal(text.slice(start, end), mention);
  });

  test(`CSV: ${name}`, () => {
    const [head, ...rows] = readCsv(fileOf('csv', document));
    assert.deepEqual(head, ['start', 'end', 'type', 'text', 'score']);
    assert.equal(rows.length, entities.length);
    for (const [start, end, , mention] of rows)
      assert.equal(text.slice(Number(start), Number(end)), mention);
  });

  test(`BRAT: ${name}`, () => {
    const [{ content }] = filesOf('brat', [document]);
    const written = Array.from(content);
    assert.ok(!content.includes('\r'), 'brat counts a CR, Python readers do not');
    const read = readBrat(fileOf('brat', document));
    assert.equal(read.length, entities.length);
    for (const [i, { pieces, type, text: mention }] of read.entries()) {
      assert.equal(
        pieces.map(([start, end]) => written.slice(start, end).join('')).join(' '),
        mention,
      );
      for (const [start, end] of pieces)
        assert.doesNotMatch(written.slice(start, end).join(''), /[\t\n\v\f\r\u0085\u2028]/);
      assert.equal(mention.replace(/\s+/g, ''), entities[i].text.replace(/[\s\u0085]+/g, ''));
      assert.match(type, /^\S+$/);
    }
  });

  test(`PubTator: ${name}`, () => {
    const read = readPubTator(fileOf('pubtator', document));
    assert.equal(read.entities.length, entities.length);
    for (const [i, { start, end, text: mention, identifier }] of read.entities.entries()) {
      assert.equal(read.passage.slice(start, end).join(''), mention);
      assert.equal(flat(mention).replace(/ +/g, ' '), flat(entities[i].text).replace(/ +/g, ' '));
      assert.equal(identifier, '-');
    }
  });

  for (const format of ['json', 'pubtator', 'bioc-xml', 'bioc-json', 'conll']) {
    if (format === 'conll' && name === 'overlapping') continue; // a word has one tag there
    test(`${format}, read again: ${name}`, () => {
      const [{ name: file, content }] = filesOf(format, [
        { ...document, text: document.text.toWellFormed() },
      ]);
      const given =
        format === 'json'
          ? JSON.stringify([{ ...JSON.parse(content), text: document.text.toWellFormed() }])
          : content;
      const read = contentOf(file, given);
      assert.equal(read.kind, 'documents');
      assert.deepEqual(read.problems, []);
      const [back] = read.documents;
      // White space may differ, and XML has no place for some control characters.
      const letters = (value) => value.toWellFormed().replace(/[\s\u0085\v\ufffd]+/g, '');
      assert.equal(letters(back.text), letters(document.text));
      assert.deepEqual(
        (back.given ?? []).map(({ type, text: mention }) => [
          type.replace(/\W/g, '_'),
          letters(mention),
        ]),
        entities.map(({ type, text: mention }) => [type.replace(/\W/g, '_'), letters(mention)]),
      );
      for (const { start, end, text: mention } of back.given ?? [])
        assert.equal(back.text.slice(start, end), mention);
    });
  }

  test(`BRAT, read again: ${name}`, () => {
    const [text2, annotations] = filesOf('brat', [document]);
    const {
      documents: [back],
      problems,
    } = readBratFiles('x.txt', text2.content, annotations.content);
    assert.deepEqual(problems, []);
    assert.equal((back.given ?? []).length, entities.length);
    for (const { start, end, text: mention } of back.given ?? [])
      assert.equal(back.text.slice(start, end), mention);
  });
}

test('every format that there is can be written, of one and of many', () => {
  const formats = module().exportFormats();
  assert.ok(formats.length >= 8, JSON.stringify(formats));
  for (const { name, extension, mime, filesPerDocument } of formats) {
    assert.ok(extension && mime.includes('/'), name);
    for (const all of [[DOCUMENTS.plain], [DOCUMENTS.plain, DOCUMENTS.emoji, DOCUMENTS.plain]]) {
      const files = filesOf(name, all);
      // brat has two files a document; XMI has one, and one for all.
      const wanted = { brat: 2 * all.length, xmi: 1 + all.length }[name] ?? 1;
      assert.equal(files.length, wanted, name);
      assert.equal(filesPerDocument, name === 'brat' || name === 'xmi');
      for (const { content } of files)
        assert.match(content, /Selegiline|fever|typeSystemDescription|^$/, name);
      assert.equal(
        new Set(files.map((file) => file.name)).size,
        files.length,
        'two documents of one name have files of their own',
      );
    }
  }
});

test('a number in front of the file name is the PMID', () => {
  assert.match(
    fileOf('pubtator', { ...DOCUMENTS.plain, name: '12345678.txt' }),
    /^12345678\|t\|Selegiline\n12345678\|a\|/,
  );
  assert.match(fileOf('pubtator', { ...DOCUMENTS.plain, name: 'notes.txt' }), /^1\|t\|/);
});

test('text files: UTF-8, UTF-16, old encodings, and what is no text', () => {
  const bytes = (...values) => Uint8Array.from(values);
  assert.equal(
    module().decode(new TextEncoder().encode('\ufeffα-synuclein\r\n')),
    'α-synuclein\r\n',
  );
  assert.equal(
    module().decode(bytes(...new TextEncoder().encode('Behçet’s, β-thalassæmia: '), 0x93)),
    'Behçet’s, β-thalassæmia: \ufffd',
  );
  assert.equal(module().decode(bytes(0xff, 0xfe, 0xb1, 0x03)), 'α');
  assert.equal(module().decode(bytes(0xfe, 0xff, 0x03, 0xb1)), 'α');
  assert.equal(module().decode(bytes(0x42, 0xe9, 0x6c)), 'Bél');
  assert.equal(module().decode(bytes()), '');
  assert.equal(module().decode(new TextEncoder().encode('%PDF-1.7\n...')), undefined);
  assert.equal(module().decode(bytes(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0)), undefined);
});
