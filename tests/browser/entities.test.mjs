// Corrections, abbreviations, merging: pure functions, no browser needed.

import assert from 'node:assert/strict';
import test from 'node:test';
import { derive, findDefinitions } from '../../www/page/entities/abbreviations.js';
import { carried, isAnother } from '../../www/page/entities/carry.js';
import { applied, noEdits } from '../../www/page/entities/edits.js';
import { edit, redo, undo } from '../../www/page/entities/make-edit.js';
import { keyOf } from '../../www/page/entities/order.js';
import { entitiesOf, passes } from '../../www/page/entities/visible.js';
import { nextEdge, occurrences, wholeWords } from '../../www/page/entities/words.js';
import { groupMentions, longForms, normalForm } from '../../www/page/entities/groups.js';

const entityAt = (text, mention, type = 'Disease', score = 0.9, from = 0) => {
  const start = text.indexOf(mention, from);
  assert.ok(start >= 0, mention);
  return { start, end: start + mention.length, type, text: mention, score };
};

test('abbreviations and their long forms, after Schwartz and Hearst', () => {
  const cases = {
    "Parkinson's disease (PD) is common.": [['PD', "Parkinson's disease"]],
    'adverse drug reactions (ADRs) were seen': [['ADRs', 'adverse drug reactions']],
    'non-small cell\nlung cancer (NSCLC)': [['NSCLC', 'non-small cell\nlung cancer']],
    'PD (Parkinson disease) and more': [['PD', 'Parkinson disease']],
    'angiotensin-converting enzyme (ACE; EC 3.4.15.1)': [['ACE', 'angiotensin-converting enzyme']],
    'type 2 diabetes mellitus [T2DM] patients': [['T2DM', 'type 2 diabetes mellitus']],
    'interleukin-6 (IL-6) and tumour necrosis factor alpha (TNF-α)': [['IL-6', 'interleukin-6']],
    'He was ill. Pulmonary disease (COPD)': [],
    'in both groups (see Table 1), (n = 12), (2004) and (A)': [],
    'nothing (at all) here': [],
  };
  for (const [text, expected] of Object.entries(cases)) {
    const found = findDefinitions(text).map(({ short, at, long }) => {
      assert.equal(text.slice(at.start, at.end), short);
      return [short, text.slice(long.start, long.end)];
    });
    assert.deepEqual(found.slice(0, expected.length || undefined), expected, text);
  }
});

test('a later abbreviation is an entity, as its long form is', () => {
  const text =
    "PD was rare. Parkinson's disease (PD) is known; PDs, PD-related, PDX, and PD again.";
  const long = entityAt(text, "Parkinson's disease", 'Disease', 0.7);
  const derived = derive(text, findDefinitions(text), [long]);
  assert.deepEqual(
    derived.map(({ text: mention }) => mention),
    ['PD', 'PDs', 'PD', 'PD'],
  );
  for (const { start, end, type, text: mention, score, origin } of derived) {
    assert.equal(text.slice(start, end), mention);
    assert.ok(start > long.end, 'not before it is explained');
    assert.deepEqual([type, score, origin], ['Disease', 0.7, 'abbreviation']);
  }
  const own = entityAt(text, 'PDs', 'Gene');
  assert.ok(
    !derive(text, findDefinitions(text), [long, own]).some(({ start }) => start === own.start),
    'what is marked stays',
  );
  assert.deepEqual(derive(text, findDefinitions(text), [own]), [], 'no long form, no abbreviation');
});

test('a long form must be an entity as a whole', () => {
  const text = 'acute kidney injury (AKI); AKI was seen.';
  assert.deepEqual(derive(text, findDefinitions(text), [entityAt(text, 'kidney', 'Organ')]), []);
  assert.deepEqual(derive(text, findDefinitions(text), [entityAt(text, 'injury')]), []);
  assert.equal(
    derive(text, findDefinitions(text), [entityAt(text, 'acute kidney injury')]).length,
    2,
  );
});

test('corrections are applied, taken back, and made again', () => {
  const text = 'Aspirin for headache and fever.';
  const found = [entityAt(text, 'Aspirin', 'Chemical'), entityAt(text, 'headache')];
  const fever = { ...entityAt(text, 'fever'), score: 1, origin: 'added' };
  let edits = noEdits();
  edits = edit(edits, { add: [fever] });
  edits = edit(edits, { remove: [found[1]] });
  const names = () => applied(found, edits.now).map(({ text: mention }) => mention);
  assert.deepEqual(names(), ['Aspirin', 'fever']);
  edits = undo(edits);
  assert.deepEqual(names(), ['Aspirin', 'headache', 'fever']);
  edits = undo(undo(edits));
  assert.deepEqual(names(), ['Aspirin', 'headache']);
  edits = redo(redo(redo(edits)));
  assert.deepEqual(names(), ['Aspirin', 'fever']);
  edits = edit(edits, { remove: [fever] });
  assert.deepEqual(edits.future, [], 'a new change ends what could be made again');
  assert.deepEqual(names(), ['Aspirin']);
  const back = { ...found[1], score: 1, origin: 'added' };
  edits = edit(edits, { add: [back] });
  assert.deepEqual(
    applied(found, edits.now).map(({ origin }) => origin),
    [undefined, 'added'],
    'once, and as the reader’s',
  );
});

test('what is taken away stays away, also where an abbreviation would bring it', () => {
  const text = 'atrial fibrillation (AF). AF was seen.';
  const results = {
    text,
    found: [entityAt(text, 'atrial fibrillation')],
    edits: noEdits(),
    upTo: text.length,
  };
  const all = entitiesOf(results, true);
  assert.deepEqual(
    all.map(({ text: mention }) => mention),
    ['atrial fibrillation', 'AF', 'AF'],
  );
  assert.equal(entitiesOf(results, false).length, 1);
  assert.deepEqual(
    entitiesOf({ ...results, edits: edit(results.edits, { remove: [all[2]] }) }, true),
    all.slice(0, 2),
  );
  assert.deepEqual(
    entitiesOf({ ...results, edits: edit(results.edits, { remove: [all[0]] }) }, true),
    [],
  );
  assert.equal(entitiesOf({ ...results, upTo: 24 }, true).length, 2, 'only what has been read');
});

test('decisions on words that are still there go with them to a later version of the text', () => {
  const before = 'Aspirin helped. The fever fell, and the rash too.';
  const keys = (text, ...mentions) => mentions.map((one) => keyOf(entityAt(text, one)));
  const { now } = edit(edit(noEdits(), { whole: true }), {
    remove: [entityAt(before, 'Aspirin')],
    add: [entityAt(before, 'rash')],
    accept: [entityAt(before, 'fever')],
    set: [[entityAt(before, 'rash'), { assertion: 'absent' }]],
  });
  const after = before.replace('fever fell', 'high fever did fall');
  const { edit: kept, lost } = carried(now, before, after);
  assert.equal(lost, 1, 'what was changed is taken for one piece');
  assert.deepEqual(kept.removed, keys(after, 'Aspirin'));
  assert.deepEqual(kept.accepted, []);
  assert.deepEqual(kept.added, [entityAt(after, 'rash')]);
  assert.deepEqual(kept.attributes, { [keyOf(entityAt(after, 'rash'))]: { assertion: 'absent' } });
  assert.equal(kept.whole, false, 'nobody has read the new text as a whole');
  assert.deepEqual(carried(now, before, before), { edit: now, lost: 0 });

  const lostIn = (text) => carried(now, before, text).lost;
  assert.equal(lostIn(before.replace('Aspirin', 'Aspirins')), 1, 'another word');
  assert.equal(lostIn(before.replace('Aspirin', 'Aspirin,')), 0);
  assert.equal(lostIn(before.replace('rash', 'no rash')), 0);
  assert.equal(lostIn(before.replace('rash', 'x-rash')), 0);
  assert.equal(lostIn(before.replace('rash', 'xrash')), 1, 'an entity with its status is one');
  assert.equal(lostIn('Something else.'), 3);

  assert.ok(isAnother(before, 'Something else.'));
  assert.ok(isAnother(before, before.slice(before.length / 2 + 2)));
  assert.ok(!isAnother(before, after));
  assert.ok(
    !isAnother(before, `${before} And more that was pasted behind it, longer than all before.`),
  );
});

test('filters', () => {
  const filters = { hidden: new Set(['Gene']), threshold: 0.5 };
  assert.equal(passes({ type: 'Disease', score: 0.5 }, filters), true);
  assert.equal(passes({ type: 'Disease', score: 0.49 }, filters), false);
  assert.equal(passes({ type: 'Gene', score: 1 }, filters), false);
});

test('bounds move from word to word, and a selection grows to whole words', () => {
  const text = 'the α-synuclein gene, 😀 mutated';
  const ends = [];
  for (let at = 4; at < text.length; ) ends.push((at = nextEdge(text, at, 'end', 1)));
  assert.deepEqual(
    ends.map((end) => text.slice(4, end)),
    [
      'α',
      'α-',
      'α-synuclein',
      'α-synuclein gene',
      'α-synuclein gene,',
      'α-synuclein gene, 😀',
      'α-synuclein gene, 😀 mutated',
    ],
  );
  assert.equal(nextEdge(text, 4, 'start', -1), 0);
  assert.equal(nextEdge(text, 0, 'start', -1), 0, 'no further than the text');
  const words = wholeWords(text, text.indexOf('ynuc'), text.indexOf('ene,') + 1);
  assert.equal(text.slice(words.start, words.end), 'synuclein gene');
  assert.equal(wholeWords(text, 3, 4), undefined);
});

test('words are found whole, in any case, with any white space, and as they are', () => {
  const text = 'IL-6 (il-6), IL-60.\nRaised  il-6 and C++ (p53).';
  const found = (words) => occurrences(text, words).map(({ start, end }) => text.slice(start, end));
  assert.deepEqual(found('IL-6'), ['IL-6', 'il-6', 'il-6']);
  assert.deepEqual(found('raised il-6'), ['Raised  il-6']);
  assert.deepEqual(found('C++ (P53)'), ['C++ (p53)']);
  assert.deepEqual(found('aised'), []);
});

test('the normal form does not tell case, number, possessives and hyphens apart', () => {
  const same = [
    ['Disease', 'diseases', 'DISEASE', "disease's"],
    ['virus', 'viruses'],
    ['diagnosis', 'diagnoses'],
    ['metastasis', 'Metastases'],
    ['body', 'bodies'],
    ['non-small cell', 'non small cells', 'Non–Small  Cell'],
    ['PD', 'PDs'],
    ['abscess', 'abscesses'],
  ];
  for (const [first, ...others] of same)
    for (const other of others) assert.equal(normalForm(other), normalForm(first), other);
  for (const [a, b] of [
    ['AIDS', 'aid'],
    ['IL-2', 'IL-6'],
    ['p53', 'p63'],
    ['ulcer', 'cancer'],
    ['CaS', 'Ca'],
  ]) {
    assert.notEqual(normalForm(a), normalForm(b), `${a}, ${b}`);
  }
});

test('mentions of one entity are grouped, abbreviations with their long form', () => {
  const text = "Parkinson's disease (PD). PD. Diabetes, diabetes. PDs";
  const mentions = [
    ["Parkinson's disease", 0],
    ['PD', 0],
    ['PD', 25],
    ['Diabetes', 0],
    ['diabetes', 0],
    ['PDs', 0],
  ];
  const entities = mentions.map(([mention, from]) => entityAt(text, mention, 'Disease', 0.5, from));
  entities.push(entityAt(text, 'Diabetes', 'Gene'), entityAt(text, 'PDs', 'Chemical'));
  const groups = groupMentions(entities, longForms(text, findDefinitions(text), entities));
  assert.deepEqual(
    groups.map(({ text: name, type, forms, mentions: all }) => [name, type, forms, all.length]),
    [
      ["Parkinson's disease", 'Disease', ['PD', 'PDs'], 4],
      ['Diabetes', 'Disease', [], 2],
      ['Diabetes', 'Gene', [], 1],
      ['PDs', 'Chemical', [], 1],
    ],
  );
});
