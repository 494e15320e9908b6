// Cuts a GGUF file into shards that any static host takes, and writes the manifest the loader checks
// them against:
//   node scripts/shard-model.mjs FILE.gguf models/default --name NAME [--quantization Q8_0] …
// A file of adapters, --adapters FILE, is kept whole as the last part: what is loaded are the bytes of all
// parts, one after the other.
// Where only the metadata at the file's head have grown, --first BYTES makes the first shard longer by
// as much, and all others stay as they are.
// Streaming: the file is read once and never held whole. The same file gives the same bytes.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { metadata } from './gguf.mjs';

/** Bytes in a shard: below the 25 MB (and 25 MiB) that free static hosts allow for one file. */
export const SHARD_SIZE = 24_000_000;

/** What the size of a GGUF file is a multiple of. */
const ALIGNMENT = 32;

/** Name of the part that holds the adapters. */
const ADAPTERS = 'adapters.bin';

/**
 * Name of a shard: numbered, so that a listing shows the order they are put together in.
 *
 * @param {number} index
 */
const shardName = (index) => `shard-${String(index).padStart(3, '0')}.bin`;

/**
 * Writes `file` as consecutive slices into `folder`, replacing any shards there, and `adapters` as another. The
 * first has `firstSize` bytes. Sizes are in bytes.
 *
 * @param {string} file
 * @param {string} folder
 * @param {{ shardSize?: number, firstSize?: number, adapters?: string }} [options]
 */
export async function shard(file, folder, options = {}) {
  const { shardSize = SHARD_SIZE, firstSize = shardSize, adapters } = options;
  if (!(await stat(file)).size) throw new Error(`${file} is empty`);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (/^shard-\d+\.bin$/.test(name) || name === ADAPTERS) await rm(join(folder, name));
  }
  const whole = createHash('sha256');
  /** @type {{ path: string, size: number, sha256: string }[]} */
  const shards = [];
  /** The shard that is being written. @type {{ file: import('node:fs/promises').FileHandle, hash: import('node:crypto').Hash, size: number } | undefined} */
  let current;
  let total = 0;
  for await (let chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    whole.update(chunk);
    total += chunk.length;
    while (chunk.length) {
      const path = join(folder, shardName(shards.length));
      current ??= { file: await open(path, 'w'), hash: createHash('sha256'), size: 0 };
      const full = shards.length ? shardSize : firstSize;
      const part = chunk.subarray(0, full - current.size);
      await current.file.writeFile(part);
      current.hash.update(part);
      current.size += part.length;
      chunk = chunk.subarray(part.length);
      if (current.size === full) {
        shards.push(await finish(current, shards.length));
        current = undefined;
      }
    }
  }
  if (current) shards.push(await finish(current, shards.length));
  if (adapters) {
    // The loader expects them where the padding after the last tensor ends.
    if (total % ALIGNMENT) throw new Error(`${file} is not padded to ${ALIGNMENT} bytes`);
    const bytes = await readFile(adapters);
    if (bytes.length > shardSize) throw new Error(`${adapters} is larger than a shard`);
    await writeFile(join(folder, ADAPTERS), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    shards.push({ path: ADAPTERS, size: bytes.length, sha256 });
    whole.update(bytes);
    total += bytes.length;
  }
  return { size: total, sha256: whole.digest('hex'), shards };
}

/**
 * Closes a shard that is written.
 *
 * @param {{ file: import('node:fs/promises').FileHandle, hash: import('node:crypto').Hash, size: number }} shard
 * @param {number} index
 */
async function finish({ file, hash, size }, index) {
  await file.close();
  return { path: shardName(index), size, sha256: hash.digest('hex') };
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      first: { type: 'string', default: String(SHARD_SIZE) },
      quantization: { type: 'string' },
      adapters: { type: 'string' },
      'base-model': { type: 'string', default: 'SmolLM2-135M-Instruct' },
      licence: { type: 'string', default: 'Apache-2.0' },
      types: {
        type: 'string',
        default:
          'Chemical,Disease,Gene,Anatomy,Species,Cancer,Cell,CellComponent,Organ,Tissue,BodySubstance',
      },
    },
  });
  const [file, folder] = positionals;
  if (positionals.length !== 2 || !values.name || !(Number(values.first) > 0)) {
    console.error(
      'usage: node scripts/shard-model.mjs FILE.gguf FOLDER --name NAME [--first BYTES]',
    );
    process.exit(2);
  }
  const { size, sha256, shards } = await shard(file, folder, {
    firstSize: Number(values.first),
    adapters: values.adapters,
  });
  const manifest = {
    name: values.name,
    file: basename(file),
    size,
    sha256,
    quantization: values.quantization ?? /\.([A-Z0-9_]+)\.gguf$/.exec(file)?.[1] ?? 'unknown',
    base_model: values['base-model'],
    licence: values.licence,
    // The head of the file is in the first shard.
    format: metadata(join(folder, shards[0].path))['bioner.format'],
    types: values.types.split(','),
    shards,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
  console.log(`${folder}: ${shards.length} shards, ${size} bytes, sha256 ${sha256}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
