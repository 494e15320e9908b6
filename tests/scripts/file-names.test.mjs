// The names of files that the page's dialog offers are those whose formats are told by their names.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/common.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

test('every ending that the reader of files knows can be chosen', () => {
  const known = [...read('documents/src/detect.rs').matchAll(/\bends\(&\[(.*?)\]\)/gs)].flatMap(
    ([, list]) => Array.from(list.matchAll(/"(\.\w+)"/g), ([, ending]) => ending),
  );
  assert.ok(known.length > 10, `${known}`);
  const [, accept] = /id="file"[^>]*accept="([^"]*)"/.exec(read('www/index.html')) ?? [];
  const offered = accept?.split(',') ?? [];
  assert.deepEqual(
    known.filter((ending) => !offered.includes(ending)),
    [],
  );
});
