"""Stores a tuned model by a scheme: `python -m bioner_training.store --help`.

Matrices in Q5_0 and Q4_0 are rounded by GPTQ, with their inputs on some training sentences; all
others are rounded to the nearest value.
"""

from __future__ import annotations

import sys

from .command_line import add_corpora, new_parser, report_errors
from .data.corpora import read_sentences
from .examples.encode import sample_batches
from .examples.epoch import Recipe
from .model import gguf_file
from .model.batch import pack
from .model.gguf_file import ModelFile
from .model.input_correlations import correlations
from .model.network import Model
from .quantization.ggml_blocks import OFFSET
from .quantization.gptq import round_matrix
from .quantization.scheme import format_of, parse_scheme


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add("--model", required=True, help="GGUF file, of any scheme")
    add_corpora(parser)
    add("--out", required=True, help="the file to write")
    add("--scheme", default="Q4_0", help="patterns of tensor names and their formats")
    add("--plain-scales", action="store_true", help="ggml's own scales, for --quantize of train")
    add("--sample", type=int, default=100, help="sentences of each corpus")
    add("--tokens", type=int, default=4000, help="tokens of a batch")
    options = parser.parse_args(argv)
    scheme = parse_scheme(options.scheme)
    file = ModelFile(options.model)
    model = Model.load(file)
    recipe = Recipe(joined=0, guessed=0)
    corpora = read_sentences(options.corpora, options.only.split(","))
    drawn = sample_batches(corpora, recipe, options.sample, file, options.tokens)
    inputs = correlations(model, [pack(part, prefix=model.prefix) for part in drawn])
    tensors = model.export()
    for name in tensors.keys() & inputs.keys():
        if (kind := format_of(scheme, name)) in OFFSET:
            tensors[name] = round_matrix(tensors[name], inputs[name], kind, options.plain_scales)
    gguf_file.write(options.out, file, tensors, scheme)
    return 0


if __name__ == "__main__":
    sys.exit(main())
