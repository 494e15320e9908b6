// Page, element and extension make every element by itself and put what comes from outside into it as text. So
// their sources have none of the ways in which a text becomes markup or a program.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/common.mjs';

const WAYS =
  /\b(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|DOMParser|srcdoc|document\.write(ln)?|new Function)\b|\beval\(|javascript:/;

/** The JavaScript below a folder. */
const sources = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));

test('no text becomes markup', () => {
  assert.ok(WAYS.test('box.innerHTML = text') && WAYS.test('eval(text)'));
  const files = [...sources('www'), ...sources('extension')];
  assert.ok(files.length > 100);
  const found = files.flatMap((path) => {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => WAYS.test(line)).map((line) => `${path}: ${line.trim()}`);
  });
  assert.deepEqual(found, []);
});
