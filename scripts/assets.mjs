#!/usr/bin/env node
// Puts into a folder what a page has to be able to fetch at run time: client, workers, modules, the
// vocabulary, and the weights of a model. Part of the npm package, with Node alone:
//
//   npx bioner-assets public/bioner --model https://example.org/bioner/models/default/
//   npx bioner-assets public/bioner --model ../bioner/models/default     (a folder does as well)
//
// Bundlers copy what they can see being imported; a module that a worker imports by its address, the
// binary beside it, and weights are not among that. Every byte of the weights is checked against the
// model's manifest. What is there and right is left alone, so a second run is quick and offline.
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const RUNTIME = [
  'client.js',
  'client',
  'worker.js',
  'worker',
  'attributes.js',
  'attributes',
  'element.js',
  'element',
  'shared',
  'pkg',
  'vocabulary',
  'NOTICE',
  'THIRD-PARTY.txt',
];

/** See assets.d.mts. */
export async function copyRuntime(folder) {
  for (const name of RUNTIME) {
    await cp(path.join(HERE, name), path.join(folder, name), {
      recursive: true,
      filter: (file) => !file.endsWith('.d.ts'),
    });
  }
}

/** See assets.d.mts. */
export async function getModel(folder, from, onProgress = () => {}) {
  const source = sourceOf(from);
  const json = await read(new URL('manifest.json', source));
  const manifest = parse(json, source);
  await mkdir(folder, { recursive: true });
  let done = 0;
  for (const shard of manifest.shards) {
    const file = path.join(folder, shard.path);
    if (!(existsSync(file) && matches(await readFile(file), shard))) {
      const bytes = await read(new URL(shard.path, source));
      if (!matches(bytes, shard))
        throw new Error(`${shard.path} from ${source} is not what the manifest says`);
      await writeFile(`${file}.part`, bytes); // a run that is cut off leaves nothing that looks whole
      await rename(`${file}.part`, file);
    }
    done += shard.size;
    onProgress({ done, total: manifest.size });
  }
  // The licence and the card belong to the weights.
  for (const name of ['LICENSE', 'NOTICE', 'README.md']) {
    const bytes = await read(new URL(name, source)).catch(() => undefined);
    if (bytes) await writeFile(path.join(folder, name), bytes);
  }
  await writeFile(path.join(folder, 'manifest.json'), json); // last: it says that the rest is there
  return manifest;
}

/** A folder's address, with a slash at the end. */
function sourceOf(from) {
  const text = String(from);
  const url = /^(https?|file):/.test(text) ? new URL(text) : pathToFileURL(path.resolve(text));
  return new URL(url.href.replace(/manifest\.json$/, '').replace(/\/?$/, '/'));
}

async function read(url) {
  if (url.protocol === 'file:') return readFile(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function parse(json, source) {
  const manifest = JSON.parse(json.toString('utf8'));
  for (const { path: name, size, sha256 } of manifest.shards) {
    // The names become files here: plain ones only.
    if (
      !/^[\w.-]+$/.test(name) ||
      name.startsWith('.') ||
      !(size > 0) ||
      !/^[0-9a-f]{64}$/i.test(sha256)
    ) {
      throw new Error(`${source} does not describe a model`);
    }
  }
  return manifest;
}

const matches = (bytes, { size, sha256 }) =>
  bytes.length === size &&
  createHash('sha256').update(bytes).digest('hex') === sha256.toLowerCase();

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { model: { type: 'string' } },
  });
  const [folder] = positionals;
  if (!folder || positionals.length > 1) {
    throw new Error('Usage: bioner-assets FOLDER [--model ADDRESS-OR-FOLDER-OF-THE-WEIGHTS]');
  }
  await copyRuntime(folder);
  if (values.model) {
    const { name, size } = await getModel(
      path.join(folder, 'models/default'),
      values.model,
      ({ done, total }) => {
        if (process.stderr.isTTY)
          process.stderr.write(`\r${Math.round((done / total) * 100)} % of the weights`);
      },
    );
    if (process.stderr.isTTY) process.stderr.write('\n');
    console.log(`${folder}: runtime and ${name} (${Math.round(size / 1e6)} MB)`);
  } else console.log(`${folder}: runtime, without a model`);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
