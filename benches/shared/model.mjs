// The model as peers want it: one file.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../scripts/common.mjs';

/** Joins the shards of the model in `folder` to one file in `cache`, verified. Returns its path. */
export async function joinModel(folder, cache) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const path = join(cache, `model-${manifest.sha256.slice(0, 16)}.gguf`);
  if (existsSync(path) && statSync(path).size === manifest.size) return { path, manifest };
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
  if (hash.digest('hex') !== manifest.sha256) throw new Problem(`${folder}: the shards are not what the manifest says`);
  renameSync(part, path);
  return { path, manifest };
}
