// The module's inventory beside the file that it comes from.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/common.mjs';
import { documents } from '../../www/shared/documents.js';

test('the module has the types and presets of types.json', () => {
  const file = JSON.parse(readFileSync(join(root, 'documents/types.json'), 'utf8'));
  assert.deepEqual(documents().inventory(), file);
});

test('a type is found by its name and by its synonyms, however they are written', () => {
  for (const name of ['CellLine', 'cell line', 'CELL_LINE']) {
    assert.equal(documents().findType(name), 'CellLine', name);
  }
  assert.equal(documents().findType('medication'), 'Chemical');
  assert.equal(documents().findType('Eponym'), undefined);
});
