"""Adds a token for each marker of `compact`: `python -m bioner_training.markers --help`.

The tokenizer of the base model spells a marker of this format in three bytes. The merges that make
one token of them are put before all others; they change nothing else, because no text holds these
characters. The embedding of a new token starts as that of the name of its type, and for types of
any other name as that of a letter.
"""

from __future__ import annotations

import json
import sys

import torch
from bioner.engine import INVENTORY, MARKERS, Tokenizer

from .command_line import new_parser, report_errors
from .model import gguf_file
from .model.gguf_file import ModelFile
from .quantization.ggml_blocks import OFFSET, closest_blocks, to_blocks
from .quantization.scheme import parse_scheme

#: the type of normal tokens in GGUF
NORMAL = 1


def first_marker(file: ModelFile) -> int:
    """The first token that `add_markers` added; the rest of the vocabulary follows it.

    Raises `ValueError` if the model has none.
    """
    tokenizer = Tokenizer.open(file.path)
    spelled = [tokenizer.encode(marker) for marker in MARKERS]
    if any(len(ids) != 1 for ids in spelled):
        raise ValueError(f"{file.path} has no tokens for the markers")
    return min(token for (token,) in spelled)


def as_stored(
    file: ModelFile, kept: int, rows: torch.Tensor, embedding: str | None = None
) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """The tensors of a file as their bytes, and their formats.

    Of the embedding the first `kept` rows, followed by `rows`; in the format `embedding`, if that
    is given, with the scales of least error.
    """
    tensors, kinds = file.stored()
    old = tensors["token_embd.weight"][:kept]
    if embedding and embedding != kinds["token_embd"]:
        kinds["token_embd"] = embedding
        old = closest_blocks(file.tensors()["token_embd.weight"][:kept], embedding)
    blocks = to_blocks(rows.float(), kinds["token_embd"])
    tensors["token_embd.weight"] = torch.cat([old, blocks])
    return tensors, kinds


def add_markers(file: ModelFile) -> tuple[dict[str, torch.Tensor], dict[str, object]]:
    """The tensors and the changed metadata of the model with a token for each marker.

    Raises `ValueError` if it has them already.
    """
    tokenizer = Tokenizer.open(file.path)
    tokens = list(file.field("tokenizer.ggml.tokens"))
    spelled = [[tokens[i] for i in tokenizer.encode(marker)] for marker in MARKERS]
    if any(len(parts) != 3 for parts in spelled):
        raise ValueError(f"{file.path} has tokens for the markers already")
    known, added, merges = set(tokens), [], []
    for first, second, third in spelled:
        for left, right in ((first, second), (first + second, third)):
            merge = f"{left} {right}"
            if merge not in merges:
                merges.append(merge)
            if left + right not in known:
                known.add(left + right)
                added.append(left + right)
    names = [entry["name"] for entry in INVENTORY["types"]]
    names += [chr(ord("A") + i % 26) for i in range(len(MARKERS) - len(names))]
    meanings = {"".join(parts): name for parts, name in zip(spelled, names, strict=True)}
    tensors = file.tensors()
    embedding = tensors["token_embd.weight"]
    # the token of the first two bytes is never read
    ids = [tokenizer.encode(f" {meanings.get(token, 'A')}") for token in added]
    rows = [embedding[tokens].mean(0) for tokens in ids]
    tensors["token_embd.weight"] = torch.cat([embedding, torch.stack(rows)])
    kinds = list(file.field("tokenizer.ggml.token_type"))
    changes: dict[str, object] = {
        "tokenizer.ggml.tokens": tokens + added,
        "tokenizer.ggml.token_type": kinds + [NORMAL] * len(added),
        "tokenizer.ggml.merges": merges + list(file.field("tokenizer.ggml.merges")),
        "llama.vocab_size": len(tokens) + len(added),
    }
    return tensors, changes


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    parser.add_argument("--model", required=True, help="GGUF file")
    parser.add_argument("--out", required=True, help="GGUF file to write")
    parser.add_argument(
        "--save", default="F16", help="scheme to store the result by; stored: as the model is"
    )
    parser.add_argument(
        "--embedding", choices=tuple(OFFSET), help="with --save stored: another format for it"
    )
    options = parser.parse_args(argv)
    file = ModelFile(options.model)
    tensors, changes = add_markers(file)
    if options.save == "stored":
        kept = file.config.vocabulary
        tensors, kinds = as_stored(
            file, kept, tensors["token_embd.weight"][kept:], options.embedding
        )
    else:
        kinds = parse_scheme(options.save)
    gguf_file.write(options.out, file, tensors, kinds, changes)
    first_marker(ModelFile(options.out))
    print(json.dumps({"tokens": len(changes["tokenizer.ggml.tokens"])}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
