"""What the programs here do with errors that their user can mend."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

from bioner import BionerError


def told(main: Callable[..., int]) -> Callable[..., int]:
    """The program, but what its user can mend, a bad model, corpus or file, is told in a line, with status 2."""

    @functools.wraps(main)
    def program(*arguments) -> int:
        try:
            return main(*arguments)
        except (OSError, ValueError, BionerError) as error:
            print(f"error: {error}", file=sys.stderr)
            return 2

    return program
