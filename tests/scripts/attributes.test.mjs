// What is said of entities, and their identifiers, in the files that JavaScript has written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documents } from '../../www/shared/documents.js';

const SECTION = { heading: 'PMH', name: 'past medical history', loinc: '11348-0' };
const CANDIDATES = [{ id: 'MESH:D006073', name: 'Gout', score: 1, same: ['HP:0001997'] }];
const TEXT = '🧬 PMH: no gout, fever';
const entity = (mention, fields) => {
  const start = TEXT.indexOf(mention);
  return { start, end: start + mention.length, type: 'Disease', text: mention, ...fields };
};
const note = (section) => ({
  id: 'n',
  text: TEXT,
  entities: [
    entity('gout', {
      score: 0.9,
      assertion: 'absent',
      temporality: 'historical',
      experiencer: 'family',
      section,
      id: 'MESH:D006073',
      candidates: CANDIDATES,
    }),
    entity('fever', {}),
  ],
});

/** Formats without a place for what is said of an entity, or for its identifier. */
const UNSAID = ['pubtator', 'conll', 'doccano'];
const WITHOUT_IDENTIFIER = ['conll', 'doccano'];

for (const { name } of documents().exportFormats()) {
  test(`${name}: a section by its name or, where it has none, by its heading`, () => {
    for (const [section, written] of [
      [SECTION, 'past medical history'],
      [{ heading: 'Alt' }, 'Alt'],
      ['Plan', 'Plan'],
    ]) {
      const content = documents()
        .write(name, [note(section)])
        .map((file) => file.content)
        .join('\n');
      // A value of brat's is one word.
      const value = name === 'brat' ? written.replaceAll(' ', '_') : written;
      const said = ['absent', 'historical', 'family', value];
      for (const one of said)
        assert.equal(content.includes(one), !UNSAID.includes(name), `${one} in ${content}`);
      assert.equal(
        content.includes('MESH:D006073') || content.includes('D006073'),
        !WITHOUT_IDENTIFIER.includes(name),
        content,
      );
      assert.ok(!content.includes('[object'), content);
    }
  });
}

test('JSON has all of it, as it was given', () => {
  const given = note(SECTION);
  const [{ content }] = documents().write('json', [given]);
  assert.deepEqual(JSON.parse(content).entities, given.entities);
  const [lines] = documents().write('json-lines', [given]);
  const { documents: read } = documents().read('n.jsonl', lines.content, 'json-lines');
  assert.deepEqual(read[0].entities, given.entities);
});
