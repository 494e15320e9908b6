// The npm package without a browser: in Node, the one that runs this and the newest, in Deno and in Bun. The same
// entities everywhere, errors that say what is wrong, and processes that end by themselves.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { root } from '../../scripts/common.mjs';
import { runtimes } from '../../scripts/runtimes.mjs';
import { assertEntities, DONE_MS, LOADED_MS, serve } from '../browser/helper.mjs';
import { freshProject, lendTools, readJson, run } from './helper.mjs';

const ABORT_MS = 100;
const RUN_MS = LOADED_MS + DONE_MS;
const RUNTIMES = runtimes();
const CASES = readJson(join(root, 'tests/golden/entities.json')).map((golden) => ({
  ...golden,
  text: readFileSync(join(root, golden.file), 'utf8'),
}));
const ANNOTATED = readFileSync(join(root, 'tests/golden/attributes.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line))
  .filter(({ text }) => text.length === [...text].length); // code points are JavaScript's units

const { folder } = freshProject('runtimes');
symlinkSync(join(root, 'models/default'), join(folder, 'weights'));
for (const name of ['bioner_bg.wasm', 'bioner_relaxed_bg.wasm'])
  symlinkSync(join(folder, 'node_modules/bioner/dist/lib/pkg', name), join(folder, name));
const site = await serve();

/**
 * How much is tried in each, because every worker and every text takes seconds: how many of the golden texts, and
 * how many workers download the weights.
 */
const TRIED = {
  node: { cases: CASES.length, downloads: 1 },
  newest: { cases: 1, downloads: 1 },
  deno: { cases: CASES.length, downloads: 2 },
  bun: { cases: CASES.length, downloads: 2 },
};

/** Runs a script of the project until it ends by itself. What it wrote. */
function runIn(runtime, script, { flags = [], args = [] } = {}) {
  const [program, ...before] = RUNTIMES[runtime];
  const child = spawn(program, [...before, ...flags, script, ...args], {
    cwd: folder,
    env: { ...process.env, DENO_DIR: join(folder, '.deno'), NO_COLOR: '1' },
    timeout: RUN_MS,
  });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'])
    child[stream].setEncoding('utf8').on('data', (text) => (said[stream] += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) =>
      status === 0
        ? resolve(said.stdout)
        : reject(new Error(`${runtime} ${script}: ${status ?? signal}\n${said.stderr}`)),
    );
  });
}

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const shards = (path, sha256 = ABC) => JSON.stringify({ shards: [{ path, size: 3, sha256 }] });

/** Folders and files that are no model: what is refused, with the code and words of the message. */
const REFUSED = {
  nowhere: [{ model: 'nowhere' }, 'io', /no file .*nowhere.manifest\.json\. Is this the folder/],
  shard: [{ model: './gone/' }, 'io', /no file .*a\.bin/],
  unreadable: [{ model: './folder/manifest.json' }, 'io', /folder.sub cannot be read/],
  spoilt: [{ model: './spoilt #1%20/' }, 'model-checksum', /a\.bin is not what the manifest says/],
  odd: [{ model: './odd/' }, 'model-manifest', /it is not JSON/],
  file: [{ model: './not.gguf' }, 'model-file', /./],
  noFile: [{ model: './none.gguf' }, 'io', /no file .*none\.gguf/],
  refused: [{ model: `${site.url}none/` }, 'network', /404/],
  module: [{ model: 'weights', module: './none.mjs' }, 'module', /none\.mjs/],
};

before(() => {
  for (const name of ['gone', 'folder/sub', 'spoilt #1%20', 'odd'])
    mkdirSync(join(folder, name), { recursive: true });
  const write = (name, content) => writeFileSync(join(folder, name), content);
  write('gone/manifest.json', shards('a.bin'));
  write('folder/manifest.json', shards('sub'));
  write('spoilt #1%20/manifest.json', shards('a.bin'));
  write('spoilt #1%20/a.bin', 'abd');
  write('odd/manifest.json', 'shards');
  write('not.gguf', 'this is no model');
  write(
    'asked.json',
    JSON.stringify({
      cases: CASES,
      annotated: ANNOTATED.map(({ text, entities }) => ({
        text,
        entities: entities.map(({ start, end, type }) => ({ start, end, type })),
      })),
      refused: Object.fromEntries(Object.entries(REFUSED).map(([name, [load]]) => [name, load])),
      address: `${site.url}models/default/`,
    }),
  );
});

/** The entities of the golden texts, by runtime. */
const golden = {};

for (const runtime of Object.keys(RUNTIMES)) {
  test(`in ${runtime}`, { timeout: 2 * RUN_MS }, async (t) => {
    site.weights();
    const tried = TRIED[runtime];
    const flags = runtime === 'deno' ? ['--allow-net=localhost'] : [];
    const args = [JSON.stringify(tried)];
    const found = JSON.parse(await runIn(runtime, 'main.mjs', { flags, args }));

    await t.test('the golden entities, by two workers', () => {
      assert.equal(found.workers, 2);
      golden[runtime] = found.golden;
      assert.equal(found.golden.length, tried.cases);
      for (const [at, given] of found.golden.entries()) {
        const { file, text, types, entities } = CASES[at];
        assertEntities(given, text, types);
        const point = (offset) => Array.from(text.slice(0, offset)).length;
        const places = given.map(({ start, end, type, text }) => ({
          start: point(start),
          end: point(end),
          type,
          text,
        }));
        assert.deepEqual(places, entities, file);
      }
    });

    await t.test('relaxed SIMD', () => assert.match(found.binary, /bioner_relaxed_bg\.wasm/));

    await t.test('what cannot be loaded is refused with a code', () => {
      for (const [name, [, code, message]] of Object.entries(REFUSED)) {
        const { typed, ...error } = found.refused[name];
        assert.ok(typed, name);
        assert.deepEqual([error.name, error.code], ['BionerError', code], error.message);
        assert.match(error.message, message);
      }
      // Bun hands such a Blob to a worker.
      assert.equal(found.refused.blob.code, runtime === 'bun' ? 'model-file' : 'input');
    });

    await t.test('an abort ends the call at once', () => {
      assert.equal(found.aborted.name, 'AbortError');
      assert.ok(found.aborted.ms < ABORT_MS, `${found.aborted.ms} ms`);
    });

    await t.test('a failure that nobody catches is the error of the call', () => {
      assert.equal(found.failed.code, 'crashed');
      assert.match(found.failed.message, /nobody catches this/);
      assert.deepEqual(
        found.again.map(({ text }) => text),
        ['asthma'],
      );
      assert.equal(found.closed.code, 'closed');
    });

    await t.test('weights over http', () => {
      // Deno keeps what is downloaded. Elsewhere each worker downloads it, and says that it cannot be kept.
      const keeps = runtime === 'deno';
      const { downloads } = tried;
      assert.deepEqual(found.served, { workers: downloads, warnings: keeps ? [] : ['storage'] });
      const { length } = readJson(join(root, 'models/default/manifest.json')).shards;
      assert.equal(site.weights().length, keeps ? length : downloads * length);
    });

    await t.test('assertion, sections and identifiers are those of the command line', () => {
      assert.deepEqual(
        found.annotated,
        ANNOTATED.map(({ entities, sections }) => ({ entities, sections })),
      );
      assert.equal(found.added, 1);
    });
  });
}

test('to the bit', () => {
  const [first, ...others] = Object.keys(golden);
  assert.ok(others.length >= 3);
  for (const name of others) {
    const { length } = golden[name];
    assert.deepEqual(golden[name], golden[first].slice(0, length), `${name} and ${first}`);
  }
});

/** The programs of docs/runtimes.md, by their names, with what they write. */
const EXAMPLES = [
  ...readFileSync(join(root, 'docs/runtimes.md'), 'utf8').matchAll(
    /```js\n\/\/ ([\w-]+\.mjs)\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/g,
  ),
].map(([, name, code, output]) => ({ name, code, output }));

test('there are examples', () => assert.ok(EXAMPLES.length >= 2));
for (const { name, code, output } of EXAMPLES) {
  test(`the example ${name}`, { timeout: 3 * RUN_MS }, async () => {
    const models = join(folder, 'models');
    if (!existsSync(models)) symlinkSync(join(root, 'models'), models);
    writeFileSync(join(folder, name), code);
    for (const runtime of ['node', 'deno', 'bun'])
      assert.equal(await runIn(runtime, name), output, runtime);
  });
}

test('its types hold in a project without those of browsers', () => {
  lendTools(folder, 'typescript', '@types', 'undici-types');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'es2023',
        lib: ['es2023'],
        types: ['node'],
        module: 'nodenext',
      },
      files: ['types.ts'],
    }),
  );
  run(folder, process.execPath, 'node_modules/typescript/bin/tsc', '-p', '.');
});
