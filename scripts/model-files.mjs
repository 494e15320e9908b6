// The files of a model, checked before they are put into something that will be handed on.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './common.mjs';

/**
 * Every shard is there and is what the manifest says: nothing that cannot load is written.
 *
 * @param {string} folder
 */
export function checkModel(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const whole = createHash('sha256');
  for (const { path, size, sha256 } of manifest.shards) {
    const file = join(folder, path);
    if (!existsSync(file)) throw new Problem(`${file} is missing`);
    const bytes = readFileSync(file);
    whole.update(bytes);
    if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new Problem(`${file} is not the file its manifest names`);
    }
  }
  if (whole.digest('hex') !== manifest.sha256)
    throw new Problem(`${folder}: the shards are not the whole file`);
}
