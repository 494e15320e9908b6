// The browsers that the page says it needs: the same everywhere, and what the modules are built for is theirs.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/common.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

/** Each in Chrome 96, Firefox 114 and Safari 16.4; Chrome was the last of them to have reference types, in 96. */
const FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'multivalue',
  'mutable-globals',
  'nontrapping-fptoint',
  'reference-types',
  'sign-ext',
  'simd128',
];

/** What a module says that it was compiled for, from its section `target_features`. */
function featuresOf(path) {
  const module = new WebAssembly.Module(readFileSync(join(root, path)));
  const [section] = WebAssembly.Module.customSections(module, 'target_features');
  assert.ok(section, `${path} says nothing`);
  const bytes = new Uint8Array(section);
  const names = [];
  for (let at = 1; at < bytes.length; ) {
    const length = bytes[at + 1];
    names.push(String.fromCharCode(...bytes.subarray(at + 2, at + 2 + length)));
    at += 2 + length;
  }
  assert.equal(names.length, bytes[0]);
  return names;
}

test('the modules are compiled for what every supported browser has', () => {
  for (const name of ['bioner', 'bioner_documents', 'bioner_attributes']) {
    const features = featuresOf(`pkg/${name}_bg.wasm`);
    assert.deepEqual(
      features.filter((feature) => !FEATURES.includes(feature)),
      [],
      name,
    );
  }
  assert.ok(featuresOf('pkg/bioner_bg.wasm').includes('simd128'));
});

test('every place names the same versions', () => {
  const places = {
    'www/client/support.js': 1,
    'www/text/en.js': 3,
    'www/text/fr.js': 3,
    'README.md': 1,
    'docs/browsers.md': 1,
    'benches/engines/run.mjs': 1,
  };
  const version = /Chrome (?:or|and|ou) Edge (\d+), Firefox (\d+), Safari ([\d.]+\d)/g;
  for (const [path, count] of Object.entries(places)) {
    const named = Array.from(read(path).matchAll(version), ([, ...versions]) => versions.join());
    assert.deepEqual(named, Array(count).fill('96,114,16.4'), path);
  }
});
