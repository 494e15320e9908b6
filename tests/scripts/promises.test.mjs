// SECURITY.md: the tests that it names are there, and what needs no test of its own.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/common.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const security = read('SECURITY.md');
const committed = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');

test('every promise has a test, and every test that is named is there', () => {
  const from = security.indexOf('| promise | test |');
  const rows = security.slice(from, security.indexOf('\n\n', from)).split('\n').slice(2);
  assert.ok(rows.length > 20);
  for (const row of rows) {
    const [, promise, where] = row.split('|').map((cell) => cell.trim());
    assert.ok(promise, row);
    const stages = [...where.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    if (/^stages? /.test(where)) {
      assert.ok(stages.length > 0, row);
      for (const stage of stages)
        assert.match(read('scripts/test.mjs'), new RegExp(`^ {2}${stage}:`, 'm'), row);
      continue;
    }
    const [, path, name] = /^`([^`]+)`: (.+)$/.exec(where) ?? [];
    assert.ok(path, row);
    assert.ok(read(path).includes(name), `${path} has no test "${name}"`);
  }
});

test('the files that it names are there', () => {
  const named = [...security.matchAll(/`([\w./-]+\.(?:mjs|json|toml|rs|py|md))`/g)];
  const linked = [...security.matchAll(/\]\(([^)#]+)\)/g)];
  assert.ok(named.length > 20 && linked.length > 2);
  for (const [, path] of [...named, ...linked]) assert.ok(existsSync(join(root, path)), path);
});

test('everything that is installed is pinned', () => {
  // Crates: a workspace, or a package outside of it, has a lock file beside its manifest.
  const members = /^members = \[(.*)\]$/m.exec(read('Cargo.toml'))?.[1].match(/[\w/]+/g) ?? [];
  const manifests = committed.filter((path) => /(^|\/)Cargo\.toml$/.test(path));
  assert.ok(members.length > 5 && manifests.length > members.length);
  for (const path of manifests) {
    const folder = path.replace(/\/?Cargo\.toml$/, '');
    if (members.includes(folder)) continue;
    const lock = join(folder, 'Cargo.lock');
    assert.ok(committed.includes(lock), `${lock} is not committed`);
    const packages = read(lock)
      .split('[[package]]')
      .filter((one) => one.includes('source = '));
    for (const one of packages) assert.match(one, /checksum = "[0-9a-f]{64}"/, lock);
  }
  // Packages of npm.
  for (const path of committed.filter((one) => /(^|\/)package-lock\.json$/.test(one))) {
    for (const [name, one] of Object.entries(JSON.parse(read(path)).packages)) {
      if (!name || one.link || name.startsWith('absent/')) continue;
      assert.match(one.integrity ?? '', /^sha512-/, `${path}: ${name}`);
    }
  }
  // Packages of Python.
  const requirements = committed.filter((path) => /requirements\.txt$|supply\/.*\.txt$/.test(path));
  assert.ok(requirements.length > 3);
  for (const path of requirements) {
    const lines = read(path)
      .replace(/\s*\\\n\s*/g, ' ')
      .split('\n')
      .filter((line) => line.trim() && !line.startsWith('#'));
    for (const line of lines) assert.match(line, /^[\w.[\],-]+==[\w.+]+( |$)/, `${path}: ${line}`);
  }
});

test('what it says of the extension and of the page is stored there', () => {
  const sources = committed
    .filter((path) => /^www\/.*\.js$/.test(path))
    .map(read)
    .join('\n');
  const keys = new Set(
    Array.from(sources.matchAll(/KEY = '(bioner-[\w-]+)'|localStorage\.setItem\('([\w-]+)'/g)).map(
      ([, key, item]) => key ?? item,
    ),
  );
  const row = security.split('\n').find((line) => line.includes('localStorage:')) ?? '';
  const told = [...row.matchAll(/`(bioner-[\w-]+)`/g)].map(([, key]) => key);
  assert.deepEqual([...keys].sort(), told.sort());
});
