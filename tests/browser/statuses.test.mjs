// Statuses, attributes and identifiers as data: no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { keepingSame } from '../../www/page/attributes/same.js';
import { withAttributes } from '../../www/page/entities/attributes.js';
import { marking, replacement } from '../../www/page/entities/changes.js';
import { isEdited, noEdits } from '../../www/page/entities/edits.js';
import { edit, redo, undo } from '../../www/page/entities/make-edit.js';
import { keyOf } from '../../www/page/entities/order.js';
import { counts, statusesOf } from '../../www/page/entities/status.js';
import { entitiesOf, passes } from '../../www/page/entities/visible.js';
import { siteOf } from '../../www/page/identifiers/links.js';
import { allItems } from '../../www/page/review/queue/items.js';
import { joined } from '../../www/page/review/queue/open.js';
import { readReviewFile, reviewFile } from '../../www/page/review/queue/saved.js';
import { sectionAt } from '../../www/page/sections/at.js';
import { headingsOf } from '../../www/page/sections/headings.js';

const WANTED = { assertion: true, sections: true, link: true };
const said = (assertion, temporality = 'current', experiencer = 'patient') => ({
  assertion,
  temporality,
  experiencer,
});
const entity = (start, more = {}) => ({
  start,
  end: start + 4,
  type: 'Disease',
  text: 'gout',
  score: 0.9,
  ...more,
});

test('a status is all that is not plain, or present; nothing where nothing is known', () => {
  assert.deepEqual(statusesOf({}), []);
  assert.deepEqual(statusesOf(said('present')), ['present']);
  assert.deepEqual(statusesOf(said('absent', 'historical', 'family')), [
    'absent',
    'historical',
    'family',
  ]);
  assert.deepEqual(statusesOf(said('present', 'hypothetical')), ['hypothetical']);
});

test('what counts as the patient’s: present, now or before', () => {
  for (const [entity, is] of [
    [{}, true],
    [said('present'), true],
    [said('present', 'historical'), true],
    [said('absent'), false],
    [said('possible'), false],
    [said('present', 'hypothetical'), false],
    [said('present', 'current', 'family'), false],
  ])
    assert.equal(counts(entity), is, JSON.stringify(entity));
});

test('a hidden status hides what has it, with others too', () => {
  const filters = { hidden: new Set(), threshold: 0, hiddenStatuses: new Set(['family']) };
  assert.equal(passes(entity(0, said('absent', 'historical', 'family')), filters), false);
  assert.equal(passes(entity(0, said('absent')), filters), true);
  assert.equal(passes(entity(0), filters), true, 'nothing is known of it');
});

test('attributes and changes come together, and what has not changed is the same object', () => {
  const entities = [entity(0), entity(10), entity(20)];
  const candidates = [
    { id: 'A:1', name: 'Gout', score: 1 },
    { id: 'A:2', name: 'Gouts', score: 0.8 },
  ];
  const attributes = new Map([
    [keyOf(entities[0]), { ...said('present'), id: 'A:1', candidates }],
    [keyOf(entities[1]), { ...said('absent'), candidates: [] }],
  ]);
  const annotation = { wanted: WANTED, attributes, sections: [] };
  const first = withAttributes(entities, annotation);
  assert.deepEqual(first[0], { ...entities[0], ...said('present'), id: 'A:1', candidates });
  assert.equal(first[2], entities[2]);
  const changed = {
    [keyOf(entities[0])]: { id: 'A:2' },
    [keyOf(entities[1])]: { assertion: 'possible', id: 'A:9' },
    [keyOf(entities[2])]: { assertion: 'absent' },
  };
  const second = withAttributes(entities, annotation, changed);
  assert.equal(second[0].id, 'A:2');
  assert.equal(second[1].assertion, 'possible');
  assert.equal(second[2], entities[2], 'what is not known cannot be changed');
  const none = withAttributes(entities, annotation, { [keyOf(entities[0])]: { id: null } });
  assert.equal('id' in none[0], false);
  assert.deepEqual(none[0].candidates, candidates);
  const later = keepingSame(structuredClone(annotation), annotation);
  const [before, after] = [withAttributes(entities, annotation), withAttributes(entities, later)];
  assert.ok(before.every((one, i) => one === after[i]));
  assert.equal(later.sections, annotation.sections);
});

test('changes of attributes are undone and made again like other corrections', () => {
  const [one, two] = [entity(0), entity(10)];
  const first = edit(noEdits(), { set: [[one, { assertion: 'absent' }]] });
  const second = edit(first, {
    set: [
      [one, { id: null }],
      [two, { id: 'A:1' }],
    ],
  });
  assert.deepEqual(second.now.attributes, {
    [keyOf(one)]: { assertion: 'absent', id: null },
    [keyOf(two)]: { id: 'A:1' },
  });
  assert.deepEqual(undo(second).now.attributes, first.now.attributes);
  assert.deepEqual(redo(undo(second)).now, second.now);
  const removed = edit(second, { remove: [two] });
  assert.equal(removed.now.attributes, second.now.attributes, 'nothing to write anew');
  assert.equal(isEdited(first.now), true);
  assert.equal(isEdited(noEdits().now), false);
});

test('a saved review has the changes; of two reviews, those made here stay', () => {
  const text = 'gout and gout';
  const attributes = { '0:4:Disease': { assertion: 'absent', id: null } };
  const results = {
    ...{ types: ['Disease'], format: 'compact', found: [entity(0)], raw: [], total: 1 },
    wanted: WANTED,
    annotation: { wanted: WANTED, attributes: new Map(), sections: [] },
    edits: noEdits({ attributes }),
  };
  const file = reviewFile([{ key: 1, name: 'a', text, state: 'done', results }]);
  const { documents, problems } = readReviewFile(file);
  assert.deepEqual(problems, []);
  assert.deepEqual(documents[0].results.edit.attributes, attributes);
  assert.deepEqual(documents[0].results.wanted, WANTED);
  for (const wrong of ['"assertion":"perhaps"', '"assertion":1', '"id":7', '"colour":"red"']) {
    const damaged = file.replace('"assertion":"absent","id":null', wrong);
    assert.equal(readReviewFile(damaged).problems.length, 1, wrong);
  }
  const both = joined({ attributes }, { attributes: { '0:4:Disease': {}, '9:13:Disease': {} } });
  assert.deepEqual(both.attributes, { '9:13:Disease': {}, ...attributes });
});

test('of two reviews attributes are joined one by one: a status here, an identifier there', () => {
  const both = joined(
    { attributes: { '0:4:Disease': { assertion: 'absent' }, '9:13:Disease': { id: null } } },
    { attributes: { '0:4:Disease': { assertion: 'possible', id: 'A:1' } } },
  );
  assert.deepEqual(both.attributes, {
    '0:4:Disease': { assertion: 'absent', id: 'A:1' },
    '9:13:Disease': { id: null },
  });
});

test('the status that the reader has given stays with what comes in the place of an entity', () => {
  const text = 'gout and gout';
  const [one, two] = [entity(0), entity(9)];
  const given = (attributes) => ({ text, entities: [one, two], edits: noEdits({ attributes }) });
  const results = given({
    [keyOf(one)]: { assertion: 'absent', id: 'A:1' },
    [keyOf(two)]: { assertion: 'possible', experiencer: 'family' },
  });
  // Another type: the words stay, but not what identified them as that type.
  const other = replacement(results, two, { type: 'Symptom' });
  assert.deepEqual(other.set, [[other.add[0], { assertion: 'possible', experiencer: 'family' }]]);
  // Other bounds, and words marked anew over two entities: the first counts where both say something.
  const wider = marking(results, [{ start: 0, end: 13 }], 'Disease');
  assert.deepEqual(wider.remove, [one, two]);
  assert.deepEqual(wider.set, [[wider.add[0], { assertion: 'absent', experiencer: 'family' }]]);
  const made = edit(results.edits, wider);
  assert.deepEqual(made.now.attributes[keyOf(wider.add[0])], wider.set[0][1]);
  assert.deepEqual(undo(made).now.attributes, results.edits.now.attributes);
  // Of two spans marked at once each has what stood in it.
  const twice = marking(
    results,
    [
      { start: 0, end: 8 },
      { start: 5, end: 13 },
    ],
    'Disease',
  );
  assert.deepEqual(
    twice.set.map(([, said]) => said),
    [{ assertion: 'absent' }, { assertion: 'possible', experiencer: 'family' }],
  );
  assert.deepEqual(marking(given(undefined), [{ start: 0, end: 13 }], 'Disease').set, []);
});

test('the review knows the attributes of what was rejected, and of what is the model’s too', () => {
  const text = 'gout and gout';
  const [one, two] = [entity(0), entity(9)];
  const results = {
    ...{ text, types: ['Disease'], found: [one, two], raw: [], upTo: 13, running: false },
    annotation: undefined,
    edits: edit(noEdits(), { remove: [one] }),
  };
  results.entities = entitiesOf(results, false);
  const document = { key: 1, name: 'a', text, state: 'done', results };
  const items = () => allItems([document], false).map(({ entity }) => statusesOf(entity));
  assert.deepEqual(items(), [[], []]);
  // They come after the entities, and are changed.
  const attributes = new Map([one, two].map((entity) => [keyOf(entity), said('absent')]));
  results.annotation = { wanted: WANTED, attributes, sections: [] };
  results.entities = entitiesOf(results, false);
  assert.deepEqual(items(), [['absent'], ['absent']]);
  results.edits = edit(results.edits, { set: [[two, { assertion: 'possible' }]] });
  results.entities = entitiesOf(results, false);
  assert.deepEqual(items(), [['absent'], ['possible']]);
});

test('identifiers of known sites have an address, others and odd ones none', () => {
  assert.equal(siteOf('MESH:D003924').address, 'https://meshb.nlm.nih.gov/record/ui?ui=D003924');
  assert.equal(siteOf('HP:0001945').address, 'https://hpo.jax.org/browse/term/HP:0001945');
  assert.equal(siteOf('DRUGBANK:DB00331').site, 'DrugBank');
  assert.match(siteOf('NCBITaxon:9606').address, /taxonomy\/9606\/$/);
  for (const id of ['', 'OMOP:1', 'MESH:', 'MESH:D1 2', 'MESH:D1/../x', 'MESH:D1?q', 'toString:1'])
    assert.equal(siteOf(id), undefined, id);
});

test('an offset is in the section that covers it; headings are as long as they are printed', () => {
  const sections = [
    { start: 5, end: 20, heading: 'Plan' },
    { start: 20, end: 30, heading: 'History' },
  ];
  assert.deepEqual(
    [0, 5, 19, 20, 29, 30].map((at) => sectionAt(sections, at)),
    [-1, 0, 0, 1, 1, -1],
  );
  assert.deepEqual(
    headingsOf(sections).map(({ start, end }) => [start, end]),
    [
      [5, 9],
      [20, 27],
    ],
  );
  assert.equal(headingsOf(sections), headingsOf(sections));
});
