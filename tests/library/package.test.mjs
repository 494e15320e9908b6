// The npm package, installed into fresh projects: what is in it, its types, Vite, a plain script tag.
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../../scripts/common.mjs';
import { DONE_MS, open, serve } from '../browser/helper.mjs';
import { bringAssets, freshProject, lendTools, readJson, run } from './helper.mjs';

const { folder, packed } = freshProject('vite');

test('the archive holds what is needed, and no more', () => {
  const names = packed.files.map(({ path }) => path);
  for (const path of [
    'client.js',
    'client.d.ts',
    'worker.js',
    'attributes.js',
    'attributes.d.ts',
    'attributes/worker.js',
    'element.js',
    'element.d.ts',
    'pkg/bioner_bg.wasm',
    'pkg/bioner_attributes_bg.wasm',
    'vocabulary/manifest.json',
    'vocabulary/builtin.vocab',
    'assets.mjs',
  ]) {
    assert.ok(names.includes(`dist/lib/${path}`), path);
  }
  for (const path of [
    'README.md',
    'LICENSE',
    'docs/API.md',
    'dist/lib/NOTICE',
    'dist/lib/THIRD-PARTY.txt',
  ])
    assert.ok(names.includes(path), path);
  assert.ok(
    !names.some((name) => /\.bin$|^(src|training|tests|models|extension)\//.test(name)),
    'no weights, no sources',
  );
  assert.ok(packed.size < 7e6);
  const { dependencies, exports, bin } = readJson(join(folder, 'node_modules/bioner/package.json'));
  assert.equal(dependencies, undefined);
  const targets = [
    ...Object.values(exports).flatMap((one) =>
      Object.values(typeof one === 'string' ? { one } : one),
    ),
    ...Object.values(bin),
  ];
  for (const target of targets.filter((one) => !one.includes('*'))) {
    assert.ok(existsSync(join(folder, 'node_modules/bioner', target)), target);
  }
});

test('its types hold in a strict project', () => {
  lendTools(folder, 'typescript', '@types');
  cpSync(join(root, 'tests/library/types.ts'), join(folder, 'types.ts'));
  for (const moduleResolution of ['bundler', 'nodenext']) {
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      target: 'es2023',
      types: [],
      module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution,
      lib: ['es2023', 'dom', 'dom.iterable'],
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: ['types.ts'] }),
    );
    run(folder, process.execPath, 'node_modules/typescript/bin/tsc', '-p', '.');
  }
});

test('the command brings runtime and weights, checks them, and leaves alone what is right', async () => {
  const { size } = readJson(join(root, 'models/default/manifest.json'));
  const megabytes = Math.round(size / 1e6);
  assert.match(
    bringAssets(folder, 'public/bioner'),
    new RegExp(`runtime and .* \\(${megabytes} MB\\)`),
  );
  for (const path of [
    'client.js',
    'pkg/bioner_bg.wasm',
    'vocabulary/builtin.vocab',
    'models/default/manifest.json',
    'models/default/LICENSE',
  ]) {
    assert.ok(existsSync(join(folder, 'public/bioner', path)), path);
  }
  bringAssets(folder, 'public/bioner'); // again
  const { getModel } = await import(join(folder, 'node_modules/bioner/dist/lib/assets.mjs'));
  const copy = join(folder, 'spoilt');
  mkdirSync(copy);
  const shard = {
    path: 'a.bin',
    size: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  };
  const manifest = (shards) =>
    writeFileSync(join(copy, 'manifest.json'), JSON.stringify({ name: 'm', size: 3, shards }));
  manifest([shard]);
  writeFileSync(join(copy, 'a.bin'), 'abc');
  assert.equal((await getModel(join(folder, 'taken'), copy)).name, 'm');
  writeFileSync(join(copy, 'a.bin'), 'abd');
  await assert.rejects(getModel(join(folder, 'other'), copy), /not what the manifest says/);
  assert.ok(!existsSync(join(folder, 'other/manifest.json')), 'nothing that looks whole is left');
  manifest([{ ...shard, path: '../a.bin' }]);
  await assert.rejects(getModel(join(folder, 'other'), copy), /does not describe a model/);
});

/** The library and the element both work on the page at `url`. */
async function works(url) {
  const { page, context, trouble } = await open(url);
  await page.waitForSelector('output[data-done]', { state: 'attached', timeout: DONE_MS });
  assert.match(await page.textContent('output'), /^Chemical: amiodarone$/m);
  assert.match(await page.textContent('output'), /^Disease: Hypothyroidism$/m);
  assert.match(await page.textContent('output'), /^result: Hypothyroidism absent MESH:D007037$/m);
  assert.match(await page.textContent('output'), /^alone: absent$/m);
  await page.waitForFunction(
    () =>
      [...(CSS.highlights.get('bioner-chemical') ?? [])].some(
        (range) => String(range) === 'aspirin',
      ),
    undefined,
    { timeout: DONE_MS },
  );
  assert.deepEqual(trouble, []);
  await context.close();
}

test('with Vite, while developing', async () => {
  const { createServer } = await import('vite');
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, ws: false, hmr: false },
  });
  after(() => server.close());
  await server.listen();
  await works(`http://127.0.0.1:${server.httpServer.address().port}/`);
});

test('with Vite, built', async () => {
  const { build, preview } = await import('vite');
  await build({ root: folder, configFile: false, logLevel: 'error' });
  rmSync(join(folder, 'node_modules'), { recursive: true }); // what was built stands alone
  const server = await preview({
    root: folder,
    configFile: false,
    logLevel: 'error',
    preview: { host: '127.0.0.1', port: 0 },
  });
  after(() => server.close());
  await works(`http://127.0.0.1:${server.httpServer.address().port}/`);
});

test('with a script tag, under a strict policy, on a host that sends no headers', async () => {
  const plain = freshProject('plain');
  bringAssets(plain.folder, 'bioner');
  const { url } = await serve({ folders: { '/': plain.folder }, bare: true, at: '/some/path/' });
  const { page, context, trouble } = await open(url);
  await page.waitForFunction(
    () => document.querySelector('bioner-text').phase === 'done',
    undefined,
    { timeout: DONE_MS },
  );
  const marks = await page.evaluate(() =>
    [...CSS.highlights.values()].flatMap((one) => [...one].map(String)),
  );
  assert.deepEqual(marks.sort(), ['Hypothyroidism', 'amiodarone']);
  assert.deepEqual(trouble, []);
  await context.close();
});
