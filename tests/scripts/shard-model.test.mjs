import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { root } from '../../scripts/common.mjs';
import { shard } from '../../scripts/shard-model.mjs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
let folder;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'bioner-shard-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Shards `bytes` by 1000 and returns what was said and what was written. */
async function cut(bytes, options = {}) {
  writeFileSync(join(folder, 'model.gguf'), bytes);
  const out = join(folder, 'out');
  const said = await shard(join(folder, 'model.gguf'), out, { shardSize: 1000, ...options });
  return { said, written: readdirSync(out).map((name) => [name, readFileSync(join(out, name))]) };
}

for (const size of [1, 999, 1000, 1001, 3000, 1_100_500]) {
  test(`the shards of ${size} bytes put together are the file`, async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, i) => (i * 31) ^ (i >> 8)));
    const { said, written } = await cut(bytes);
    assert.equal(said.size, size);
    assert.equal(said.sha256, sha256(bytes));
    assert.deepEqual(
      said.shards.map(({ path, size, sha256 }) => [path, size, sha256]),
      written
        .map(([name, part]) => [name, part.length, sha256(part)])
        .sort(([a], [b]) => Number(/\d+/.exec(a)) - Number(/\d+/.exec(b))),
    );
    const parts = said.shards.map(({ path }) => readFileSync(join(folder, 'out', path)));
    assert.ok(parts.every((part, i) => part.length === 1000 || i === parts.length - 1));
    assert.ok(Buffer.concat(parts).equals(bytes));
  });
}

test('shards of an earlier, longer file do not stay', async () => {
  await cut(Buffer.alloc(5000, 1));
  const { written } = await cut(Buffer.alloc(1500, 2));
  assert.deepEqual(
    written.map(([name]) => name),
    ['shard-000.bin', 'shard-001.bin'],
  );
});

test('a longer head makes the first shard longer, and the others stay', async () => {
  const body = Buffer.from(Uint8Array.from({ length: 3500 }, (_, i) => i * 7));
  const { said: before } = await cut(body);
  const { said: after } = await cut(Buffer.concat([Buffer.alloc(96, 1), body]), {
    firstSize: 1096,
  });
  assert.deepEqual(
    after.shards.map(({ size }) => size),
    [1096, 1000, 1000, 500],
  );
  assert.deepEqual(after.shards.slice(1), before.shards.slice(1));
});

test('adapters are the last part, whole, and those of an earlier model do not stay', async () => {
  const adapters = join(folder, 'some.gguf');
  const [body, more] = [Buffer.alloc(1600, 3), Buffer.alloc(640, 4)];
  writeFileSync(adapters, more);
  const { said } = await cut(body, { adapters });
  assert.deepEqual(said.shards.at(-1), {
    path: 'adapters.bin',
    size: 640,
    sha256: sha256(more),
  });
  assert.equal(said.size, 2240);
  assert.equal(said.sha256, sha256(Buffer.concat([body, more])));
  const { written } = await cut(body);
  assert.deepEqual(
    written.map(([name]) => name),
    ['shard-000.bin', 'shard-001.bin'],
  );
  await assert.rejects(cut(Buffer.alloc(1601), { adapters }), /not padded/);
  writeFileSync(adapters, Buffer.alloc(1001));
  await assert.rejects(cut(body, { adapters }), /larger than a shard/);
});

test('an empty file is refused', async () => {
  await assert.rejects(cut(Buffer.alloc(0)), /is empty/);
});

test('the manifest names the output format that the file names', () => {
  const number = (value) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
  const string = (text) => Buffer.concat([number(text.length), Buffer.from(text)]);
  const pair = (key, value) =>
    Buffer.concat([string(key), Buffer.from(Uint32Array.of(8).buffer), string(value)]);
  const manifest = (...pairs) => {
    const version = Buffer.from(Uint32Array.of(3).buffer);
    const counts = [number(0), number(pairs.length)];
    const file = join(folder, 'model.gguf');
    writeFileSync(file, Buffer.concat([Buffer.from('GGUF'), version, ...counts, ...pairs]));
    const script = join(root, 'scripts/shard-model.mjs');
    const { status, stderr } = spawnSync(
      process.execPath,
      [script, file, join(folder, 'out'), '--name', 'a model'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8'));
  };
  const name = pair('general.name', 'a model');
  assert.equal(manifest(name, pair('bioner.format', 'compact')).format, 'compact');
  assert.ok(!('format' in manifest(name)));
});
