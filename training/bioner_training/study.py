"""The study of the twelve output formats: `python -m bioner_training.study --help`.

One model is tuned on each format, and one (`multi`) on all twelve, from the same base on the same
examples in the same order: a step is a number of examples, not of tokens, so that long-winded
formats see no fewer of them. Each model is scored on dev sentences writing freely (without a
grammar) and, given the `bioner` program, under the grammar. Every result is a file of its own;
what is there is not done again. The same arguments serve a CPU and a GPU.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import torch
from bioner.engine import FORMATS

from . import data, train
from .errors import told
from .evaluate import Evaluator, sample
from .program import evaluate
from .study_report import report

MULTI = "multi"
WEIGHTS = "last.Q8_0.gguf"


def arguments(argv=None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--corpora", required=True)
    add("--base", required=True, help="GGUF file that every model starts from")
    add("--study", required=True, help="folder of the study's runs and results")
    add("--models", default=",".join([*FORMATS, MULTI]), help="formats, and `multi`")
    add("--seeds", default="1,2")
    add("--only", default=",".join(data.CORPORA))
    add("--steps", type=int, default=1000, help="of each run")
    add("--examples", type=int, default=32, help="of a step")
    add("--tokens", type=int, default=2400, help="of one pass over a part of a step")
    add("--rate", type=float, default=3e-4)
    add("--sample", type=int, default=150, help="dev sentences of each corpus; 0: all")
    add("--batch", type=int, default=64, help="sentences written at once")
    add("--bioner", help="the bioner program, for scores under the grammar")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--dtype", choices=("bf16", "f32"), default="bf16")
    add("--threads", type=int, default=0)
    add("--compile", action="store_true", help="as `train` has it")
    add("--minutes", type=float, default=float("inf"), help="start nothing new after so many")
    return parser.parse_args(argv)


def tune(options: argparse.Namespace, model: str, seed: int) -> Path:
    """Trains a model, or goes on with it, or finds it trained; its folder."""
    folder = Path(options.study) / f"{model}-{seed}"
    if (folder / WEIGHTS).exists():
        return folder
    formats = ",".join(FORMATS) if model == MULTI else model
    status = train.main(
        [
            "--corpora", options.corpora, "--base", options.base, "--run", str(folder),
            "--only", options.only, "--formats", formats, "--seed", str(seed),
            "--steps", str(options.steps), "--examples", str(options.examples),
            "--tokens", str(options.tokens), "--rate", str(options.rate), "--average", "0",
            "--save", "Q8_0", "--device", options.device, "--dtype", options.dtype,
            "--threads", str(options.threads), *(["--compile"] if options.compile else []),
        ]
    )  # fmt: skip
    if status:
        raise SystemExit(status)
    (folder / "checkpoint.pt").unlink()
    return folder


def score(options: argparse.Namespace, folder: Path, form: str) -> dict:
    """What a model gets on dev, writing this format."""
    dtype = torch.bfloat16 if options.dtype == "bf16" else torch.float32
    evaluator = Evaluator(str(folder / WEIGHTS), options.device, dtype)
    corpora = {
        name: sample(data.read_corpus(options.corpora, name, "dev"), options.sample, 1)
        for name in options.only.split(",")
    }
    free = evaluator.scores(corpora, form, options.batch)
    held = {}
    if options.bioner:
        for name, documents in corpora.items():
            held[name] = under_grammar(options.bioner, folder / WEIGHTS, documents, form)
    return {"free": {name: score.report() for name, score in free.items()}, "grammar": held}


def under_grammar(program: str, model: Path, documents: list[data.Document], form: str) -> dict:
    """The output of `bioner eval` on these documents."""
    lines = []
    for number, document in enumerate(documents):
        entities = [{"start": s, "end": e, "type": k} for s, e, k in document.entities]
        line = {"id": str(number), "text": document.text, "types": list(document.types)}
        lines.append(json.dumps({**line, "entities": entities}))
    return evaluate(program, model, lines, "--format", form)


@told
def main(argv=None) -> int:
    options = arguments(argv)
    began = time.monotonic()
    results = Path(options.study) / "results"
    results.mkdir(parents=True, exist_ok=True)
    for seed in map(int, options.seeds.split(",")):
        for model in options.models.split(","):
            wanted = list(FORMATS) if model == MULTI else [model]
            missing = [f for f in wanted if not (results / f"{model}-{seed}.{f}.json").exists()]
            if not missing:
                continue
            if time.monotonic() - began > 60 * options.minutes:
                print("time is up; the same command goes on", file=sys.stderr)
                return 130
            folder = tune(options, model, seed)
            for form in missing:
                settings = {
                    name: getattr(options, name)
                    for name in ("steps", "examples", "rate", "only", "sample", "device", "dtype")
                }
                result = {"model": model, "seed": seed, "format": form, "settings": settings}
                result |= score(options, folder, form)
                path = results / f"{model}-{seed}.{form}.json"
                path.write_text(json.dumps(result, indent=1))
                print(f"wrote {path}", file=sys.stderr)
    report(results, Path(options.study))
    return 0


if __name__ == "__main__":
    sys.exit(main())
