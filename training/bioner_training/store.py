"""Stores a tuned model small: `python -m bioner_training.store --help`.

Q5_0 and Q4_0 matrices are rounded by `gptq`, with what they read on some training sentences; everything else
as the scheme says.
"""

from __future__ import annotations

import argparse
import sys

from . import data, examples, gguf_io, gptq, instruct, quantize
from .errors import told
from .gguf_io import ModelFile
from .model import Model, pack


@told
def main(argv=None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--model", required=True, help="GGUF file, F16 or F32")
    add("--corpora", required=True)
    add("--out", required=True, help="the file to write")
    add("--scheme", default="Q4_0", help="see quantize.scheme")
    add(
        "--plain-scales", action="store_true", help="ggml's own scales, to train on with --quantize"
    )
    add("--only", default=",".join(data.CORPORA))
    add("--sample", type=int, default=100, help="sentences of each corpus")
    add("--tokens", type=int, default=4000, help="tokens of a batch")
    options = parser.parse_args(argv)
    scheme = quantize.scheme(options.scheme)
    file = ModelFile(options.model)
    model = Model.load(file)
    recipe = instruct.Recipe(joined=0, guessed=0)
    corpora = data.read_sentences(options.corpora, options.only.split(","))
    drawn = examples.sample_batches(corpora, recipe, options.sample, file, options.tokens)
    read = gptq.correlations(model, [pack(part, prefix=model.prefix) for part in drawn])
    tensors = model.export()
    for name in tensors.keys() & read.keys():
        if (kind := quantize.kind_of(scheme, name)) in quantize.OFFSET:
            tensors[name] = gptq.round_matrix(
                tensors[name], read[name], kind, options.plain_scales
            )
    gguf_io.write(options.out, file, tensors, scheme)
    return 0


if __name__ == "__main__":
    sys.exit(main())
