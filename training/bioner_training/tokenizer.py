"""The tokenizer that a GGUF file of the SmolLM2 family carries."""

from __future__ import annotations

from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from .gguf_io import BadModel, ModelFile


def load_tokenizer(file: ModelFile) -> Tokenizer:
    """Byte-level BPE with single digits. Control tokens are never made from text."""
    pre = file.field("tokenizer.ggml.pre")
    if pre != "smollm":
        raise BadModel(f"{file.path}: pre-tokenizer {pre!r}, only smollm is supported")
    tokens = file.field("tokenizer.ggml.tokens")
    merges = [tuple(merge.split(" ")) for merge in file.field("tokenizer.ggml.merges")]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer
