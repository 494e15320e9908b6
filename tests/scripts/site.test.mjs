// The gathered site of a small checkout with the real page, and a model and module of a few bytes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { root as project } from '../../scripts/common.mjs';

/** What has to go along with the code. */
const NOTICES = ['LICENSE', 'NOTICE', 'THIRD-PARTY.txt'];

let root;

const put = (path, text) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

function gather(...args) {
  return spawnSync(process.execPath, [join(root, 'scripts/site.mjs'), ...args], {
    encoding: 'utf8',
  });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bioner-site-'));
  for (const path of ['scripts', 'www', ...NOTICES])
    cpSync(join(project, path), join(root, path), { recursive: true });
  put('pkg/bioner.js', 'export {}');
  put('models/default/README.md', 'A card.');
  const shards = ['one', 'two'].map((text, i) => {
    put(`models/default/shard-00${i}.bin`, text);
    return { path: `shard-00${i}.bin`, size: text.length, sha256: sha256(text) };
  });
  put('models/default/manifest.json', JSON.stringify({ sha256: sha256('onetwo'), shards }));
  put('vocabulary/builtin.vocab.gz', 'names');
  put(
    'vocabulary/manifest.json',
    JSON.stringify({
      sha256: sha256('names'),
      shards: [{ path: 'builtin.vocab.gz', size: 5, sha256: sha256('names') }],
    }),
  );
});
afterEach(() => rmSync(root, { recursive: true }));

test('page, module and model lie where the page looks for them', () => {
  const { status, stderr } = gather();
  assert.equal(status, 0, stderr);
  const same = (from, to) =>
    assert.ok(readFileSync(join(root, from)).equals(readFileSync(join(root, 'site', to))), to);
  same('www/index.html', 'index.html');
  same('www/worker.js', 'worker.js');
  same('pkg/bioner.js', 'pkg/bioner.js');
  same('models/default/shard-001.bin', 'models/default/shard-001.bin');
  same('models/default/README.md', 'models/default/README.md');
  for (const name of NOTICES) same(name, name);
  same('vocabulary/builtin.vocab.gz', 'vocabulary/builtin.vocab');
  const { shards } = JSON.parse(readFileSync(join(root, 'site/vocabulary/manifest.json'), 'utf8'));
  assert.deepEqual(
    shards.map(({ path }) => path),
    ['builtin.vocab'],
    'a server that calls .gz a compressed transfer has none to call so',
  );
  assert.ok(existsSync(join(root, 'site/.nojekyll')));
});

test('the headers are those of the development server', () => {
  gather();
  const text = readFileSync(join(root, 'site/_headers'), 'utf8');
  assert.match(text, /^\/\*\n( {2}\S+: .+\n)+$/);
  for (const line of [
    /content-security-policy: default-src 'none';.* frame-ancestors 'none'/i,
    /cross-origin-opener-policy: same-origin/i,
    /cross-origin-embedder-policy: require-corp/i,
  ]) {
    assert.match(text, line);
  }
});

test('nothing in the page names a path from the root, so any sub-path serves', () => {
  gather();
  const html = readFileSync(join(root, 'site/index.html'), 'utf8');
  const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  assert.ok(addresses.length > 3);
  for (const address of addresses) assert.match(address, /^(\.\/|#)/);
});

test('it can be carried: a server, how to start it, and the list for use without a network', () => {
  gather();
  const read = (name) => readFileSync(join(root, 'site', name), 'utf8');
  assert.equal(read('serve.mjs'), readFileSync(join(root, 'scripts/serve.mjs'), 'utf8'));
  assert.match(read('START.txt'), /node serve\.mjs \./);
  const self = {};
  new Function('self', read('shell.js'))(self);
  const { files } = self.SHELL;
  for (const [name, sum] of Object.entries(files))
    assert.equal(sha256(readFileSync(join(root, 'site', name))), sum, name);
  for (const name of [
    'index.html',
    'app.js',
    'pkg/bioner.js',
    'examples/abstract.txt',
    'models/default/manifest.json',
  ])
    assert.ok(name in files, name);
  for (const name of [
    'serve.mjs',
    'START.txt',
    'shell.js',
    'models/default/shard-000.bin',
    'vocabulary/builtin.vocab',
    'vocabulary/manifest.json',
  ])
    assert.ok(!(name in files), name);
});

test('a second run leaves no file of the first', () => {
  put('www/old.js', '');
  gather();
  rmSync(join(root, 'www/old.js'));
  assert.equal(gather().status, 0);
  assert.ok(!existsSync(join(root, 'site/old.js')));
});

test('a folder that is not a site is not overwritten', () => {
  put('precious/file', 'text');
  const { status, stderr } = gather(join(root, 'precious'));
  assert.equal(status, 1);
  assert.match(stderr, /not a site that this script wrote/);
  assert.ok(existsSync(join(root, 'precious/file')));
});

test('a damaged vocabulary stops it', () => {
  put('vocabulary/builtin.vocab.gz', 'namas');
  assert.match(gather().stderr, /builtin\.vocab\.gz is not the file its manifest names/);
});

test('a missing or damaged shard stops it', () => {
  put('models/default/shard-001.bin', 'twp');
  assert.match(gather().stderr, /shard-001\.bin is not the file its manifest names/);
  rmSync(join(root, 'models/default/shard-001.bin'));
  const { status, stderr } = gather();
  assert.equal(status, 1);
  assert.match(stderr, /shard-001\.bin is missing/);
  assert.ok(!existsSync(join(root, 'site')));
});
