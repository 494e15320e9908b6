"""Removes tokens from the vocabulary: `python -m bioner_training.prune --help`.

Many tokens of the base model stand for words that biomedical English never uses, and each costs a
row of the embedding. These are kept: the control tokens, the bytes, the tokens of the training
texts (altered texts and all formats included), the tokens merged first (those of common English),
and all tokens that these are merged from. Other words are read as more, shorter tokens. Prune
before tuning. The program checks that the tokens of the training texts stay the same.
"""

from __future__ import annotations

import json
import sys

import torch
from bioner.engine import FORMATS

from .checksum import BadFile
from .command_line import add_corpora, new_parser, report_errors
from .examples.epoch import Recipe
from .examples.feed import EpochMaker, Source
from .model import gguf_file
from .model.gguf_file import ModelFile
from .quantization.scheme import parse_scheme

#: the type of normal tokens in GGUF
NORMAL = 1


def kept_tokens(
    tokens: list[str], merges: list[str], kinds: list[int], used: set[int], common: int
) -> list[int]:
    """The ids of the tokens to keep, ascending.

    The results of the first `common` merges are kept even where they are not used.
    """
    parents = {}
    for merge in merges:
        left, right = merge.split(" ")
        parents.setdefault(left + right, []).append((left, right))
    index = {token: number for number, token in enumerate(tokens)}
    keep = {i for i, kind in enumerate(kinds) if kind != NORMAL}
    waiting = [tokens[i] for i in used]
    waiting += [token for token in tokens if token not in parents]
    waiting += [merge.replace(" ", "") for merge in merges[:common]]
    while waiting:
        token = waiting.pop()
        if index[token] not in keep:
            keep.add(index[token])
            waiting += [part for pair in parents.get(token, ()) for part in pair]
    return sorted(keep)


def prune(file: ModelFile, keep: list[int]) -> tuple[dict[str, torch.Tensor], dict[str, object]]:
    """The tensors and the changed metadata of the model with only these tokens, renumbered."""
    tokens = file.field("tokenizer.ggml.tokens")
    kinds = file.field("tokenizer.ggml.token_type")
    names = {tokens[i] for i in keep}
    merges = [
        merge
        for merge in file.field("tokenizer.ggml.merges")
        if {merge.replace(" ", ""), *merge.split(" ")} <= names
    ]
    number = {old: new for new, old in enumerate(keep)}
    changes: dict[str, object] = {
        "tokenizer.ggml.tokens": [tokens[i] for i in keep],
        "tokenizer.ggml.token_type": [kinds[i] for i in keep],
        "tokenizer.ggml.merges": merges,
        "llama.vocab_size": len(keep),
    }
    for name in ("bos", "eos", "unknown", "padding"):
        key = f"tokenizer.ggml.{name}_token_id"
        if file.reader.get_field(key) is not None:
            changes[key] = number[file.field(key)]
    tensors = file.tensors()
    tensors["token_embd.weight"] = tensors["token_embd.weight"][keep]
    return tensors, changes


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--model", required=True, help="GGUF file")
    add_corpora(parser)
    add("--out", required=True, help="GGUF file to write")
    add("--epochs", type=int, default=2, help="epochs of training texts whose tokens are kept")
    add("--common", type=int, default=12000, help="number of first merges to keep")
    add("--save", default="F16", help="scheme to store the result by")
    options = parser.parse_args(argv)
    recipe = Recipe(empty=1.0, augmented=0.5, formats=",".join(FORMATS))
    names = tuple(options.only.split(","))
    file = ModelFile(options.model)
    maker = EpochMaker(Source(options.model, options.corpora, names, recipe, 1))
    used = {
        token
        for number in range(options.epochs)
        for sequence in maker.epoch(number)
        for token in sequence.tokens
    }
    tokens, merges = (file.field(f"tokenizer.ggml.{name}") for name in ("tokens", "merges"))
    kinds = file.field("tokenizer.ggml.token_type")
    keep = kept_tokens(tokens, merges, kinds, used, options.common)
    tensors, changes = prune(file, keep)
    gguf_file.write(options.out, file, tensors, parse_scheme(options.save), changes)
    pruned = EpochMaker(Source(options.out, options.corpora, names, recipe, 1))
    for before, after in zip(maker.epoch(0), pruned.epoch(0), strict=True):
        if before.tokens != [keep[token] for token in after.tokens]:
            raise BadFile(f"{options.out}: the tokens of a training text have changed")
    print(json.dumps({"tokens": len(tokens), "used": len(used), "kept": len(keep)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
