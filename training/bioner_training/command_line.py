"""What the command lines of the programs share."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Callable

from bioner import BionerError

from .data.corpora import CORPORA


def new_parser(description: str) -> argparse.ArgumentParser:
    """A parser whose help shows the defaults."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )


def add_corpora(parser: argparse.ArgumentParser) -> None:
    """Adds `--corpora` and `--only`."""
    parser.add_argument("--corpora", required=True, help="folder of the corpora")
    parser.add_argument("--only", default=",".join(CORPORA), help="names of the corpora to use")


def report_errors(main: Callable[..., int]) -> Callable[..., int]:
    """`main`, with errors that the user can correct printed in one line and status 2.

    These are errors of the operating system, of values and of the engine, such as a bad model,
    corpus or file.
    """

    @functools.wraps(main)
    def program(*arguments) -> int:
        try:
            return main(*arguments)
        except (OSError, ValueError, BionerError) as error:
            print(f"error: {error}", file=sys.stderr)
            return 2

    return program
