"""Where a model computes, and in which type: the options of the programs."""

from __future__ import annotations

import argparse

import torch

DTYPES = {"bf16": torch.bfloat16, "f32": torch.float32}


def add_device(parser: argparse.ArgumentParser, dtype: str = "bf16") -> None:
    """Adds `--device` and `--dtype`; the latter is a key of `DTYPES`."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    parser.add_argument("--device", default=device)
    parser.add_argument(
        "--dtype", choices=tuple(DTYPES), default=dtype, help="type of the products"
    )


def set_threads(count: int) -> None:
    """Makes PyTorch use this number of threads on the CPU; 0: as many as it chooses."""
    if count:
        torch.set_num_threads(count)
