"""Fine-tunes a GGUF model on the corpora: `python -m bioner_training.train --help`.

Loss on answer tokens only; AdamW; linear warm-up, then linear or cosine decay to zero over --steps
or --minutes, whichever ends first. The folder of the run holds `log.jsonl`, `checkpoint.pt`
(rewritten every --checkpoint-minutes and on SIGINT or SIGTERM; the same command goes on from it)
and, at the end, the tuned weights and their moving average as GGUF.
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

from .command_line import add_corpora, new_parser, report_errors
from .examples.epoch import Recipe
from .model.device import add_device, set_threads
from .quantization.ggml_blocks import BLOCK
from .training.memory_limit import is_out_of_memory, limit_to_free_memory
from .training.run import Run


def arguments(argv=None) -> argparse.Namespace:
    parser = new_parser(__doc__)
    add = parser.add_argument
    add_corpora(parser)
    add("--base", required=True, help="GGUF file to start from")
    add("--base-sha256", help="refuse any other base file")
    add("--run", required=True, help="folder of the run")
    add("--steps", type=int, default=10**9)
    add("--minutes", type=float, default=math.inf, help="of the run, before a resumption included")
    add("--tokens", type=int, default=2400, help="tokens of a batch")
    add("--examples", type=int, default=0, help="examples of a step, of any length; 0: by --tokens")
    add("--accumulate", type=int, default=1, help="batches of a step")
    add("--rate", type=float, default=3e-4, help="peak learning rate")
    add("--warmup", type=float, default=0.02, help="share of the run in which the rate rises")
    add("--schedule", choices=("linear", "cosine", "constant"), default="linear")
    add("--weight-decay", type=float, default=0.01)
    add("--clip", type=float, default=1.0, help="largest norm of the gradient")
    add(
        "--average",
        type=float,
        default=0.99,
        help="decay of the moving average, each step; 0: none",
    )
    add("--quantize", help="fake-quantize by this scheme, such as Q4_0")
    add("--quantize-from", type=float, default=0.7, help="after this share of the run")
    add("--seed", type=int, default=1)
    add_device(parser)
    add("--threads", type=int, default=0, help="of the CPU; 0: as PyTorch chooses")
    add("--dropout", type=float, default=0.0, help="of what each part of a layer adds")
    add(
        "--prefix",
        type=float,
        help="share of the steps that read the question in both directions; without it all or "
        "none, as the base was tuned",
    )
    add(
        "--row",
        type=int,
        default=0,
        help="put the sequences in rows of this many tokens, so that all batches have one shape; a "
        "step on a GPU is then one CUDA graph",
    )
    add(
        "--agreement",
        type=float,
        default=0.0,
        help="read everything twice with different dropout, with this weight on the divergence of "
        "the two readings (R-Drop); needs --row",
    )
    add(
        "--cycles",
        type=int,
        default=0,
        help="shorter decays after the first; the average is then that of the weights at the ends "
        "of all decays",
    )
    add("--cycle-share", type=float, default=0.3, help="share of the run for the cycles")
    add("--cycle-rate", type=float, default=0.4, help="peak of the cycles, as a share of --rate")
    add(
        "--check",
        type=int,
        default=0,
        help="at the end, print the loss on this many dev sentences of each corpus",
    )
    add("--check-minutes", type=float, default=math.inf, help="log this loss so often, too")
    add(
        "--adapter",
        type=int,
        default=0,
        help="train adapters of this rank beside the matrices, and the markers of compact, instead "
        "of the weights, which stay as the base has them, bit for bit",
    )
    add(
        "--from-adapters",
        help="file of adapters to start from, which go with the base; the markers then stay",
    )
    add("--freeze-embedding", action="store_true")
    add("--freeze-layers", type=int, default=0, help="do not train this many of the first layers")
    add(
        "--compile",
        action="store_true",
        help="fuse the functions between the products (needs a C++ compiler)",
    )
    add("--checkpoint-minutes", type=float, default=10)
    add("--log-steps", type=int, default=20)
    add(
        "--save",
        default="Q8_0;F16",
        help="schemes to store the results by, separated by semicolons",
    )
    for field in fields(Recipe):
        kind = type(field.default)
        add(f"--{field.name}", type=kind, default=field.default, help="see examples.epoch.Recipe")
    options = parser.parse_args(argv)
    if options.row and options.accumulate > 1:
        parser.error("--row takes no --accumulate")
    if options.adapter % BLOCK:
        parser.error(f"--adapter must be a multiple of {BLOCK}")
    if options.from_adapters and not options.adapter:
        parser.error("--from-adapters needs --adapter, their rank")
    if options.adapter and options.row:
        parser.error("--adapter takes no --row")
    if options.agreement and not options.row:
        parser.error("--agreement needs --row")
    if options.row and options.tokens < options.row * (2 if options.agreement else 1):
        parser.error("--tokens must be a --row at least, with --agreement two")
    return options


def train(run: Run) -> bool:
    """Makes steps until the budget is used up (returns true) or a signal asks to stop (false)."""
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
                    "step": run.step,
                    "epoch": run.epoch,
                    "loss": round(sum(losses) / len(losses), 4),
                    "rate": float(f"{rate:.3g}"),
                    "tokens_per_second": round(tokens / (now - logged)),
                    "minutes": round(run.elapsed / 60, 2),
                }
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


@report_errors
def main(argv=None) -> int:
    options = arguments(argv)
    os.environ["TOKENIZERS_PARALLELISM"] = "true" if options.device == "cuda" else "false"
    set_threads(options.threads)
    if options.device == "cpu":
        limit_to_free_memory()
    run = None
    try:
        run = Run(options)
        if run.resume():
            print(f"going on from step {run.step}", file=sys.stderr)
        done = train(run)
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
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
