"""The program `bioner`: the command line, as `python -m bioner` too."""

import signal
import sys

from ._engine import command
from .shipped import model_folder

__all__ = ["main"]


def main() -> int:
    """Runs the program with the arguments of the process. Returns the exit status."""
    # The program does not return to Python until it ends, so Python could not react to Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return command(["bioner", *sys.argv[1:]], model_folder())


if __name__ == "__main__":
    sys.exit(main())
