// Statuses, attributes and identifiers as data: no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { keepingSame } from '../../www/page/attributes/same.js';
import { withAttributes } from '../../www/page/entities/attributes.js';
import { noEdits } from '../../www/page/entities/edits.js';
import { edit, isEdited, redo, undo } from '../../www/page/entities/make-edit.js';
import { keyOf } from '../../www/page/entities/order.js';
import { counts, statusesOf } from '../../www/page/entities/status.js';
import { passes } from '../../www/page/entities/visible.js';
import { siteOf } from '../../www/page/identifiers/links.js';
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
