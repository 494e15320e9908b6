// The drift check on a small checkout of its own, with the real scripts.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root as project } from '../../scripts/common.mjs';

let root;

const put = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

/** Writes pkg-like `files` and their record, as the build does, into `folder`. */
async function record(folder, toolchain, files) {
  const { hashes, sources } = await import(pathToFileURL(join(root, 'scripts/sources.mjs')));
  for (const [name, text] of Object.entries(files)) put(join(folder, name), text);
  const said = {
    toolchain,
    sources: hashes(root, sources()),
    files: hashes(join(root, folder), Object.keys(files)),
  };
  put(join(folder, 'sources.json'), JSON.stringify(said));
}

function check(...args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/check-pkg.mjs'), ...args],
    {
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'bioner-drift-'));
  for (const path of ['scripts', 'tools/bindgen'])
    cpSync(join(project, path), join(root, path), { recursive: true });
  for (const path of ['Cargo.toml', 'Cargo.lock']) cpSync(join(project, path), join(root, path));
  put('src/lib.rs', '//! A crate.\n');
  put('src/model/mod.rs', '//! A module.\n');
  put('command/src/main.rs', 'fn main() {}\n');
  for (const crate of ['attributes', 'context', 'documents', 'kernels', 'linking', 'segment']) {
    put(`${crate}/Cargo.toml`, '[package]\n');
    put(`${crate}/src/lib.rs`, '//! Another crate.\n');
  }
  put('context/rules.json', '{}\n');
  put('context/sections.json', '{}\n');
  put('documents/types.json', '{}\n');
  await record('pkg', 'rustc 1', { 'bioner.js': 'js', 'bioner_bg.wasm': 'wasm' });
});
afterEach(() => rmSync(root, { recursive: true }));

test('what was built from these sources passes', () => {
  const { status, stdout, stderr } = check();
  assert.equal(status, 0, stderr);
  assert.match(stdout, /pkg\/ is from these 24 sources/);
});

test('a changed source is drift, and named', () => {
  appendFileSync(join(root, 'src/model/mod.rs'), '// changed\n');
  const { status, stderr } = check();
  assert.equal(status, 1);
  assert.match(stderr, /other sources \(src\/model\/mod\.rs\): npm run build/);
});

test('a new source and a removed one are drift', () => {
  put('src/span.rs', '');
  assert.match(check().stderr, /src\/span\.rs/);
  rmSync(join(root, 'src/span.rs'));
  assert.equal(check().status, 0);
  rmSync(join(root, 'src/lib.rs'));
  assert.match(check().stderr, /src\/lib\.rs/);
});

test('the command line is no part of the module', () => {
  appendFileSync(join(root, 'command/src/main.rs'), '// changed\n');
  assert.equal(check().status, 0);
});

test('a file of pkg/ changed by hand, added or missing is told', () => {
  put('pkg/bioner.js', 'other js');
  assert.match(check().stderr, /not what was built \(bioner\.js\)/);
  put('pkg/bioner.js', 'js');
  put('pkg/more.js', '');
  assert.match(check().stderr, /more\.js/);
  rmSync(join(root, 'pkg/more.js'));
  rmSync(join(root, 'pkg/bioner_bg.wasm'));
  assert.match(check().stderr, /bioner_bg\.wasm/);
});

test('bytes are compared where the toolchain is the same, and only there', async () => {
  const built = join(root, 'built');
  await record('built', 'rustc 1', { 'bioner.js': 'js', 'bioner_bg.wasm': 'wasm' });
  assert.match(check('--built', built).stdout, /has the bytes/);
  await record('built', 'rustc 1', { 'bioner.js': 'js', 'bioner_bg.wasm': 'other' });
  assert.match(check('--built', built).stderr, /other bytes \(bioner_bg\.wasm\)/);
  await record('built', 'rustc 2', { 'bioner.js': 'js', 'bioner_bg.wasm': 'other' });
  const { status, stdout } = check('--built', built);
  assert.equal(status, 0);
  assert.match(stdout, /bytes not compared/);
});

test('no record at all is told', () => {
  rmSync(join(root, 'pkg'), { recursive: true });
  const { status, stderr } = check();
  assert.equal(status, 1);
  assert.match(stderr, /sources\.json is missing: npm run build/);
});
