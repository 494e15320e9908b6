"""The study of the twelve output formats: `python -m bioner_training.study --help`.

One model is tuned on each format, and one (`multi`) on all twelve, from the same base on the same
examples in the same order. A step is a number of examples, not of tokens, so that formats with long
answers do not see fewer examples. Each model is scored on dev sentences without a grammar and,
given the `bioner` program, under the grammar. Every result is a line of `results.jsonl` in the
folder of the study. Results that are there are not computed again. The same arguments work on a CPU
and on a GPU.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from bioner.engine import FORMATS

from .. import train
from ..command_line import add_corpora, new_parser, report_errors
from ..data.corpora import Document, read_corpus
from ..evaluation.bioner_program import evaluate
from ..evaluation.evaluator import Evaluator, sample
from ..model.device import DTYPES, add_device
from .formats import STUDY_FORMATS
from .report import report
from .results import add_result, read_results

MULTI = "multi"
WEIGHTS = "last.Q8_0.gguf"
#: options that are passed on to `train`
PASSED_ON = (
    "corpora",
    "base",
    "only",
    "steps",
    "examples",
    "tokens",
    "rate",
    "device",
    "dtype",
    "threads",
)
#: options that are written with a result
SETTINGS = ("steps", "examples", "rate", "only", "sample", "device", "dtype")


def arguments(argv=None) -> argparse.Namespace:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add_corpora(parser)
    add("--base", required=True, help="GGUF file that every model starts from")
    add("--study", required=True, help="folder of the runs and results")
    add(
        "--models",
        default=",".join([*STUDY_FORMATS, MULTI]),
        help="formats, any of the engine's, and `multi`, which is tuned on the twelve",
    )
    add("--seeds", default="1,2")
    add("--steps", type=int, default=1000, help="of each run")
    add("--examples", type=int, default=32, help="of a step")
    add("--tokens", type=int, default=2400, help="of one forward pass; a step has several")
    add("--rate", type=float, default=3e-4)
    add("--sample", type=int, default=150, help="dev sentences of each corpus; 0: all")
    add("--batch", type=int, default=64, help="sentences answered at once")
    add("--bioner", help="the bioner program, for scores under the grammar")
    add_device(parser)
    add("--threads", type=int, default=0)
    add("--compile", action="store_true", help="as for `train`")
    add(
        "--minutes", type=float, default=float("inf"), help="start no further model after this time"
    )
    options = parser.parse_args(argv)
    if unknown := set(options.models.split(",")) - {*FORMATS, MULTI}:
        parser.error(f"--models: no such format: {', '.join(sorted(unknown))}")
    return options


def tune(options: argparse.Namespace, model: str, seed: int) -> Path:
    """Trains a model, unless it has been trained; an interrupted run resumes. Its folder."""
    folder = Path(options.study) / f"{model}-{seed}"
    if (folder / WEIGHTS).exists():
        return folder
    formats = ",".join(STUDY_FORMATS) if model == MULTI else model
    arguments = {"run": folder, "formats": formats, "seed": seed, "average": 0, "save": "Q8_0"}
    for name in PASSED_ON:
        arguments[name] = getattr(options, name)
    command = [text for name, value in arguments.items() for text in (f"--{name}", str(value))]
    status = train.main([*command, *(["--compile"] if options.compile else [])])
    if status:
        raise SystemExit(status)
    (folder / "checkpoint.pt").unlink()
    return folder


def score(options: argparse.Namespace, folder: Path, form: str) -> dict:
    """The scores of a model on dev sentences in this format, without a grammar and under it."""
    evaluator = Evaluator(str(folder / WEIGHTS), options.device, DTYPES[options.dtype])
    corpora = {
        name: sample(read_corpus(options.corpora, name, "dev"), options.sample, 1)
        for name in options.only.split(",")
    }
    free = evaluator.scores(corpora, form, options.batch)
    grammar = {}
    if options.bioner:
        for name, documents in corpora.items():
            grammar[name] = under_grammar(options.bioner, folder / WEIGHTS, documents, form)
    return {"free": {name: score.report() for name, score in free.items()}, "grammar": grammar}


def under_grammar(program: str, model: Path, documents: list[Document], form: str) -> dict:
    """The output of `bioner eval` on these documents."""
    lines = []
    for number, document in enumerate(documents):
        entities = [{"start": s, "end": e, "type": k} for s, e, k in document.entities]
        line = {"id": str(number), "text": document.text, "types": list(document.types)}
        lines.append(json.dumps({**line, "entities": entities}))
    return evaluate(program, model, lines, "--format", form)


@report_errors
def main(argv=None) -> int:
    options = arguments(argv)
    began = time.monotonic()
    study = Path(options.study)
    study.mkdir(parents=True, exist_ok=True)
    done = {(r["model"], r["seed"], r["format"]) for r in read_results(study)}
    for seed in map(int, options.seeds.split(",")):
        for model in options.models.split(","):
            wanted = list(STUDY_FORMATS) if model == MULTI else [model]
            missing = [f for f in wanted if (model, seed, f) not in done]
            if not missing:
                continue
            if time.monotonic() - began > 60 * options.minutes:
                print("time is up; the same command goes on", file=sys.stderr)
                return 130
            folder = tune(options, model, seed)
            for form in missing:
                settings = {name: getattr(options, name) for name in SETTINGS}
                result = {"model": model, "seed": seed, "format": form, "settings": settings}
                result |= score(options, folder, form)
                add_result(study, result)
                print(f"{model}, seed {seed}, {form}: done", file=sys.stderr)
    report(study)
    return 0


if __name__ == "__main__":
    sys.exit(main())
