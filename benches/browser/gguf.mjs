// The model as peers want it: one file, and its tokenizer, so that every token is counted alike.
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, openSync, readSync, closeSync, readFileSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
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

const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const [STRING, ARRAY] = [8, 9];

/** The strings and lists of strings of a GGUF file's metadata, by key. */
function metadata(path) {
  const file = openSync(path, 'r');
  const head = Buffer.alloc(Math.min(statSync(path).size, 32 << 20)); // the metadata have some 2 MB
  readSync(file, head, 0, head.length, 0);
  closeSync(file);
  let at = 24;
  const u32 = () => head.readUInt32LE((at += 4) - 4);
  const u64 = () => Number(head.readBigUInt64LE((at += 8) - 8));
  const string = () => {
    const length = u64();
    return head.toString('utf8', at, (at += length));
  };
  const value = (type) => {
    if (type === STRING) return string();
    if (type === ARRAY) {
      const of = u32();
      return Array.from({ length: u64() }, () => value(of));
    }
    at += SIZES[type];
    return undefined;
  };
  const found = {};
  for (let left = Number(head.readBigUInt64LE(16)); left > 0; left--) {
    const key = string();
    found[key] = value(u32());
  }
  return found;
}

/** A function from text to the ids of the model's tokens. */
export function tokenizer(path) {
  const found = metadata(path);
  if (found['tokenizer.ggml.pre'] !== 'smollm') throw new Problem(`${path}: not the tokenizer this benchmark knows`);
  const vocab = Object.fromEntries(found['tokenizer.ggml.tokens'].map((token, id) => [token, id]));
  const merges = found['tokenizer.ggml.merges'].map((merge) => merge.split(' '));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
  const inner = new Tokenizer(
    {
      version: '1.0',
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel] },
      post_processor: null,
      decoder: { type: 'ByteLevel' },
      model: { type: 'BPE', vocab, merges, dropout: null, unk_token: null, fuse_unk: false, byte_fallback: false },
    },
    {},
  );
  return (text) => inner.encode(text, { add_special_tokens: false }).ids;
}
