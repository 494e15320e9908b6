// The bills of materials: valid, and complete.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../scripts/common.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bioner-sbom-'));
/** Of the standard library, which the bill has as one part. */
const OF_STD = ['rustc-demangle', 'dlmalloc'];
const bill = (name) => JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), 'utf8'));
before(() => {
  const script = join(root, 'scripts/sbom.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  assert.equal(status, 0, stderr); // it fails by itself where one is not valid
});
after(() => rmSync(folder, { recursive: true }));

test('every crate that the modules are made of is in the bill, with its checksum', () => {
  const { components, dependencies } = bill('browser');
  const names = new Set(components.map(({ name }) => name));
  // Paths of sources stay in a module, in the words of panics.
  const linked = new Set();
  for (const name of ['bioner', 'bioner_documents', 'bioner_attributes']) {
    const module = readFileSync(join(root, `pkg/${name}_bg.wasm`), 'latin1');
    for (const [, crate] of module.matchAll(/\/crates\/([a-z][\w-]*?)-\d+\.\d+/g))
      linked.add(crate);
  }
  assert.ok(linked.size > 5, `${[...linked]}`);
  assert.ok(names.has('rust-std'));
  for (const crate of linked)
    assert.ok(names.has(crate) || OF_STD.includes(crate), `${crate} is not in the bill`);
  for (const { name, purl, hashes, licenses } of components.filter(({ purl }) => purl)) {
    assert.match(purl, /^pkg:cargo\//);
    assert.match(hashes[0].content, /^[0-9a-f]{64}$/, name);
    assert.ok(licenses.length, name);
  }
  const refs = new Set(dependencies.map(({ ref }) => ref));
  for (const { dependsOn = [] } of dependencies)
    for (const ref of dependsOn) assert.ok(refs.has(ref), ref);
});

test('weights and vocabulary are in it, with the checksum of their manifest', () => {
  for (const name of ['browser', 'command', 'python']) {
    for (const part of ['models/default', 'vocabulary']) {
      const { sha256 } = JSON.parse(readFileSync(join(root, part, 'manifest.json'), 'utf8'));
      const found = bill(name).components.find((one) => one['bom-ref'] === part);
      assert.equal(found?.hashes[0].content, sha256, `${name}: ${part}`);
    }
  }
});

test('nothing of npm ships', () => {
  const shipped = ['browser', 'command', 'python'].flatMap((name) => bill(name).components);
  assert.ok(!shipped.some(({ purl }) => purl?.startsWith('pkg:npm')));
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.equal(dependencies, undefined);
  assert.ok(bill('development').components.length > 100);
});
