"""Fine-tunes a GGUF model on the corpora: `python -m bioner_training.train --help`.

Loss on answer tokens only; AdamW; linear warm-up, then linear or cosine decay to zero over --steps
or --minutes, whichever ends first. The run folder holds `log.jsonl`, `checkpoint.pt` (rewritten
every --checkpoint-minutes and on SIGINT or SIGTERM; the same command goes on from it) and, at the
end, the tuned weights and their moving average as GGUF.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import sys
import time
from dataclasses import fields

import torch

from . import data, instruct, memory
from .errors import told
from .run import Run


def arguments(argv=None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--corpora", required=True, help="folder of the corpora")
    add("--base", required=True, help="GGUF file to start from")
    add("--base-sha256", help="refuse any other base file")
    add("--run", required=True, help="folder of the run")
    add("--only", default=",".join(data.CORPORA), help="corpora to train on")
    add("--steps", type=int, default=10**9)
    add("--minutes", type=float, default=math.inf, help="time budget, earlier parts included")
    add("--tokens", type=int, default=2400, help="tokens of a batch")
    add("--examples", type=int, default=0, help="batches of so many examples, of any length")
    add("--accumulate", type=int, default=1, help="batches of a step")
    add("--rate", type=float, default=3e-4, help="peak learning rate")
    add("--warmup", type=float, default=0.02, help="share of the run")
    add("--schedule", choices=("linear", "cosine", "constant"), default="linear")
    add("--weight-decay", type=float, default=0.01)
    add("--clip", type=float, default=1.0, help="largest norm of the gradient")
    add("--average", type=float, default=0.99, help="decay a step of the moving average; 0: none")
    add("--quantize", help="train as if stored so, such as Q4_0 (see quantize.scheme)")
    add("--quantize-from", type=float, default=0.7, help="from this share of the run on")
    add("--seed", type=int, default=1)
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--dtype", choices=("bf16", "f32"), default="bf16", help="what is computed in")
    add("--threads", type=int, default=0, help="of the CPU; 0: as PyTorch chooses")
    add("--dropout", type=float, default=0.0, help="of what each layer adds")
    add("--prefix", type=float, help="share of the steps that read the question in both directions (see "
        "model); without it, all or none, as the base was tuned")  # fmt: skip
    add("--row", type=int, default=0, help="lay batches in rows of so many tokens, all of one shape; on a "
        "GPU a step is then one CUDA graph")  # fmt: skip
    add("--agreement", type=float, default=0.0, help="read everything twice with different dropout, and so "
        "much weight for both readings to agree (R-Drop); needs --row")  # fmt: skip
    add("--cycles", type=int, default=0, help="after the decay so many shorter ones; the average is then "
        "that of the weights at the ends of all")  # fmt: skip
    add("--cycle-share", type=float, default=0.3, help="of the run, for the cycles")
    add("--cycle-rate", type=float, default=0.4, help="their peak, as a share of --rate")
    add("--check", type=int, default=0, help="see the loss on so many dev sentences of each corpus at the end")
    add("--check-minutes", type=float, default=math.inf, help="and every so many minutes, in the log")
    add("--freeze-embedding", action="store_true")
    add("--freeze-layers", type=int, default=0, help="leave so many of the first layers as they are")
    add("--compile", action="store_true", help="fuse what is between the products (C++ compiler)")
    add("--checkpoint-minutes", type=float, default=10)
    add("--log-steps", type=int, default=20)
    add("--save", default="Q8_0;F16", help="how the results are stored, between semicolons")
    for field in fields(instruct.Recipe):
        kind = type(field.default)
        add(f"--{field.name}", type=kind, default=field.default, help="see instruct.Recipe")
    options = parser.parse_args(argv)
    if options.row and options.accumulate > 1:
        parser.error("--row takes no --accumulate")
    if options.agreement and not options.row:
        parser.error("--agreement needs --row")
    if options.row and options.tokens < options.row * (2 if options.agreement else 1):
        parser.error("--tokens must be a --row at least, with --agreement two")
    return options


def train(run: Run) -> bool:
    """Steps until the budget is used up (true) or a signal asks to stop (false)."""
    options, stopping = run.options, []
    before_signals = {
        name: signal.signal(name, lambda *_: stopping.append(True))
        for name in (signal.SIGINT, signal.SIGTERM)
    }
    began, before = time.monotonic(), run.elapsed
    saved = logged = checked = began
    losses, tokens = [], 0
    with open(run.folder / "log.jsonl", "a", encoding="utf-8") as log:
        while run.progress < 1 and not stopping:
            rate = run.rate
            loss, read = run.update()
            losses.append(loss)
            tokens += read
            now = time.monotonic()
            run.elapsed = before + now - began
            if len(losses) == options.log_steps or run.progress >= 1:
                line = {
                    "step": run.step, "epoch": run.epoch, "loss": round(sum(losses) / len(losses), 4),
                    "rate": float(f"{rate:.3g}"), "tokens_per_second": round(tokens / (now - logged)),
                    "minutes": round(run.elapsed / 60, 2),
                }  # fmt: skip
                if options.check and now - checked > options.check_minutes * 60:
                    line["dev_loss"] = round(run.check(), 4)
                    checked = time.monotonic()
                print(json.dumps(line), file=log, flush=True)
                losses, tokens, logged = [], 0, now
            if now - saved > options.checkpoint_minutes * 60:
                run.save()
                saved = time.monotonic()
    for name, handler in before_signals.items():
        signal.signal(name, handler)
    return run.progress >= 1


@told
def main(argv=None) -> int:
    options = arguments(argv)
    os.environ["TOKENIZERS_PARALLELISM"] = "true" if options.device == "cuda" else "false"
    if options.threads:
        torch.set_num_threads(options.threads)
    if options.device == "cpu":
        memory.hold()
    run = None
    try:
        run = Run(options)
        if run.resume():
            print(f"going on from step {run.step}", file=sys.stderr)
        done = train(run)
    except (MemoryError, RuntimeError) as error:
        if not memory.too_little(error):
            raise
        print(f"error: too little memory, use fewer --tokens: {error}", file=sys.stderr)
        if run and run.step:
            run.save()
            print(f"stopped at step {run.step}; the same command goes on", file=sys.stderr)
        return 2
    run.save()
    run.feed.close()
    if not done:
        print(f"stopped at step {run.step}; the same command goes on", file=sys.stderr)
        return 130
    run.export()
    return 0


if __name__ == "__main__":
    sys.exit(main())
