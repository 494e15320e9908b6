// The looks of types: which types share what.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documents } from '../../www/shared/documents.js';
import { inPlaces, KNOWN_TYPES, LINES, looksOf } from '../../www/shared/looks.js';

const { types, presets } = documents().inventory();
const lookOf = ({ colour, line }) => `${colour} ${line.name}`;
const looks = (names) => [...looksOf(names).values()];
const distinct = (values) => new Set(values).size;

test('every type of the inventory and of a preset has a look of its own', () => {
  const names = new Set([
    ...types.map(({ name }) => name),
    ...presets.flatMap((preset) => preset.types),
  ]);
  for (const name of names) assert.ok(KNOWN_TYPES.includes(name), name);
  const all = looks([...names]);
  assert.equal(distinct(all.map(lookOf)), names.size);
  assert.equal(distinct(all.map(({ name }) => name)), names.size);
});

test('the types of a preset differ in hue, and in line as far as lines go', () => {
  for (const preset of presets) {
    const all = looks(preset.types);
    assert.equal(distinct(all.map(({ colour }) => colour)), all.length, preset.name);
    const lines = distinct(all.map(({ line }) => line.name));
    assert.equal(lines, Math.min(all.length, LINES.length), preset.name);
  }
});

test('the look of a known type depends on nothing else', () => {
  for (const name of KNOWN_TYPES.filter(Boolean)) {
    const [alone] = looks([name]);
    const beside = looksOf([...new Set(['Eponym', 'Chemical', name, 'A+'])]).get(name);
    assert.deepEqual(beside, alone);
  }
});

test('types of any other names: no two of a list look the same', () => {
  for (const preset of presets) {
    const own = Array.from({ length: 24 - preset.types.length }, (_, i) => `Own type ${i}`);
    const all = looks([...preset.types, ...own]);
    assert.equal(distinct(all.map(lookOf)), 24, preset.name);
  }
  // The first one has a hue of its own too.
  for (const { types } of presets)
    assert.equal(
      distinct(looks([...types, 'Eponym']).map(({ colour }) => colour)),
      types.length + 1,
    );
});

test('in the order of their places, each once', () => {
  assert.deepEqual(inPlaces(['Drug', 'Disease', 'Chemical', 'Disease']), [
    'Chemical',
    'Disease',
    'Drug',
  ]);
});
