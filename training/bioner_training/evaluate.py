"""Scores a model on corpora without a grammar: `python -m bioner_training.evaluate --help`.

For development, on a CPU or a GPU. Scores are strict: start, end and type must be right. `bioner
eval` measures the quantized model under the grammar.
"""

from __future__ import annotations

import json
import sys

from bioner.engine import DEFAULT_FORMAT, FORMATS

from .command_line import add_corpora, new_parser, report_errors
from .data.corpora import read_corpus
from .evaluation.evaluator import Evaluator, sample
from .model.device import DTYPES, add_device, set_threads


@report_errors
def main(argv=None) -> int:
    parser = new_parser(__doc__.split("\n")[0])
    add = parser.add_argument
    add("--model", required=True, help="GGUF file")
    add_corpora(parser)
    add("--split", default="dev")
    add("--sample", type=int, default=0, help="about this many sentences of each corpus; 0: all")
    add("--seed", type=int, default=1)
    add("--format", default=DEFAULT_FORMAT, choices=FORMATS)
    add("--batch", type=int, default=64, help="sentences answered at once")
    add_device(parser)
    add("--threads", type=int, default=0, help="of the CPU; 0: as PyTorch chooses")
    options = parser.parse_args(argv)
    set_threads(options.threads)
    evaluator = Evaluator(options.model, options.device, DTYPES[options.dtype])
    corpora = {
        name: sample(
            read_corpus(options.corpora, name, options.split), options.sample, options.seed
        )
        for name in options.only.split(",")
    }
    means = []
    for name, documents in corpora.items():
        report = evaluator.score(documents, options.format, options.batch).report()
        means.append(report["micro"]["f1"])
        print(json.dumps({"corpus": name, "documents": len(documents), **report}), flush=True)
    print(json.dumps({"mean_f1": round(sum(means) / len(means), 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
