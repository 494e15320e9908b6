"""How the tensors of a model are stored: a scheme of name patterns and formats."""

from __future__ import annotations

from fnmatch import fnmatchcase

from .ggml_blocks import BLOCK_BYTES, OFFSET

#: Patterns of tensor names (without `.weight`) -> "Q8_0", "Q5_0", "Q4_0", "F16" or "F32". The first
#: pattern that matches counts. Norms are always F32.
Scheme = dict[str, str]


def parse_scheme(text: str) -> Scheme:
    """A scheme from its short form: `Q8_0`, or `blk.0.*=Q8_0,*.ffn_down=Q8_0,*=Q4_0`.

    `Q5_0` and `Q4_0` alone keep the embedding in Q8_0, because it is the output matrix too. Raises
    `ValueError` for an unknown format, or if no pattern matches the other tensors.
    """
    if "=" not in text:
        text = f"token_embd=Q8_0,*={text}" if text in OFFSET else f"*={text}"
    parts = dict(part.split("=") for part in text.split(","))
    unknown = set(parts.values()) - {*BLOCK_BYTES, "F16", "F32"}
    if unknown or "*" not in parts:
        raise ValueError(f"{text!r}: no such format, or no `*` for the other tensors")
    return parts


def format_of(scheme: Scheme, tensor: str) -> str:
    """The format in which a scheme stores the matrix of that name."""
    name = tensor.removesuffix(".weight")
    return next(kind for pattern, kind in scheme.items() if fnmatchcase(name, pattern))
