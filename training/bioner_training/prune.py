"""A smaller vocabulary: `python -m bioner_training.prune --help`.

Of the base model's tokens a good part stands for words that biomedical English never uses; each
costs a row of the embedding. Kept are the control tokens, the bytes, what the corpora's training
texts use, however often altered and in every format, the tokens merged first (those of ordinary
English), and whatever these are merged from. Other words are still read: in more, shorter tokens.
Prune before tuning. The program checks that the training texts keep their tokens.
"""

from __future__ import annotations

import argparse
import json
import sys

import torch
from bioner.engine import FORMATS

from . import data, gguf_io, instruct, quantize
from .errors import told
from .examples import Maker, Source
from .gguf_io import BadModel, ModelFile

NORMAL = 1  # of GGUF's token types


def kept_tokens(tokens: list[str], merges: list[str], kinds: list[int], used: set[int], common: int):
    """The ids to keep, ascending. `common`: how many of the first merges are kept whatever is used."""
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


@told
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--model", required=True, help="GGUF file")
    add("--corpora", required=True)
    add("--out", required=True, help="GGUF file to write")
    add("--only", default=",".join(data.CORPORA))
    add("--epochs", type=int, default=2, help="of altered training texts to look at")
    add("--common", type=int, default=12000, help="merges kept whatever is used")
    add("--save", default="F16", help="how the result is stored (see quantize.scheme)")
    options = parser.parse_args(argv)
    recipe = instruct.Recipe(empty=1.0, augmented=0.5, formats=",".join(FORMATS))
    names = tuple(options.only.split(","))
    file = ModelFile(options.model)
    maker = Maker(Source(options.model, options.corpora, names, recipe, 1))
    used = {
        token
        for number in range(options.epochs)
        for sequence in maker.epoch(number)
        for token in sequence.tokens
    }
    tokens, merges = (file.field(f"tokenizer.ggml.{name}") for name in ("tokens", "merges"))
    kinds = file.field("tokenizer.ggml.token_type")
    keep = kept_tokens(tokens, merges, kinds, used, options.common)
    gguf_io.write(options.out, file, *_arguments(file, keep, options.save))
    pruned = Maker(Source(options.out, options.corpora, names, recipe, 1))
    for before, after in zip(maker.epoch(0), pruned.epoch(0), strict=True):
        if before.tokens != [keep[token] for token in after.tokens]:
            raise BadModel(f"{options.out}: a training text is not in the same tokens any more")
    print(json.dumps({"tokens": len(tokens), "used": len(used), "kept": len(keep)}))
    return 0


def _arguments(file: ModelFile, keep: list[int], save: str):
    tensors, changes = prune(file, keep)
    return tensors, quantize.scheme(save), changes


if __name__ == "__main__":
    sys.exit(main())
