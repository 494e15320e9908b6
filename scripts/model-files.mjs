// The files of a model and of the vocabulary, checked before they are put into something that will be handed
// on.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/**
 * Copies the vocabulary, whose manifest has the shape of a model's. There its name does not end in `.gz`:
 * servers such as sirv, which Vite uses, declare files of such names as compressed transfers, and browsers
 * then unpack them.
 *
 * @param {string} from
 * @param {string} to
 */
export function copyVocabulary(from, to) {
  checkModel(from);
  mkdirSync(to, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8'));
  for (const shard of manifest.shards) {
    const path = shard.path.replace(/\.gz$/, '');
    copyFileSync(join(from, shard.path), join(to, path));
    shard.path = path;
  }
  writeFileSync(join(to, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
