// The model as peers want it: one file, in blocks that they are fast with.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../scripts/common.mjs';
import { widen } from './gguf.mjs';

/**
 * The model in `folder` as files in `cache`: `path`, its shards joined and verified; `wide`, the same weights
 * for peers (see `widen`), which have no fast kernels for blocks of 5 bits, or are faster with those of 8 than of 4.
 */
export async function modelFiles(folder, cache) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const path = await joined(folder, cache, manifest);
  const wide = path.replace(/\.gguf$/, '.wide.gguf');
  if (!existsSync(wide)) {
    widen(path, `${wide}.part`);
    renameSync(`${wide}.part`, wide);
  }
  return { path, wide, manifest };
}

async function joined(folder, cache, manifest) {
  const path = join(cache, `model-${manifest.sha256.slice(0, 16)}.gguf`);
  if (existsSync(path) && statSync(path).size === manifest.size) return path;
  const hash = createHash('sha256');
  const part = `${path}.part`;
  const out = await open(part, 'w');
  for (const shard of manifest.shards) {
    for await (const chunk of createReadStream(join(folder, shard.path))) {
      hash.update(chunk);
      await out.write(chunk);
    }
  }
  await out.close();
  if (hash.digest('hex') !== manifest.sha256)
    throw new Problem(`${folder}: the shards are not what the manifest says`);
  renameSync(part, path);
  return path;
}
