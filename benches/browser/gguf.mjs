// The tokenizer of the model's file, so that every token is counted alike.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { Problem } from '../../scripts/common.mjs';

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
