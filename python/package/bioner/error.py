"""Errors that are raised in Python, as the engine raises its own."""

from ._engine import BionerError

__all__ = ["failed"]


def failed(code: str, message: str) -> BionerError:
    """An error with a stable code."""
    error = BionerError(message)
    error.code = code
    return error
