"""The instruction, and the wire form of answers: as `src/prompt.rs` and `src/format` have them."""

from __future__ import annotations


def prompt(types: list[str], view: str, phrase: str = "") -> str:
    """What the model is given: the types asked for, how to write them, the sentence's view."""
    return f"Extract {', '.join(types)}{phrase}:\n{view}\n=>"
