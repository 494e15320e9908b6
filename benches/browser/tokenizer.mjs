// The tokenizer of the model's file, so that every token is counted alike.
import { Tokenizer } from '@huggingface/tokenizers';
import { Problem } from '../../scripts/common.mjs';
import { metadata } from '../../scripts/gguf.mjs';

/** A function from text to the ids of the model's tokens. */
export function tokenizer(path) {
  const found = metadata(path);
  if (found['tokenizer.ggml.pre'] !== 'smollm')
    throw new Problem(`${path}: not the tokenizer this benchmark knows`);
  const vocab = Object.fromEntries(found['tokenizer.ggml.tokens'].map((token, id) => [token, id]));
  const merges = found['tokenizer.ggml.merges'].map((merge) => merge.split(' '));
  const byteLevel = {
    type: 'ByteLevel',
    add_prefix_space: false,
    trim_offsets: true,
    use_regex: true,
  };
  const inner = new Tokenizer(
    {
      version: '1.0',
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [{ type: 'Digits', individual_digits: true }, byteLevel],
      },
      post_processor: null,
      decoder: { type: 'ByteLevel' },
      model: {
        type: 'BPE',
        vocab,
        merges,
        dropout: null,
        unk_token: null,
        fuse_unk: false,
        byte_fallback: false,
      },
    },
    {},
  );
  return (text) => inner.encode(text, { add_special_tokens: false }).ids;
}
