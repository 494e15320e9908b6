"""Biomedical named-entity recognition with a small language model.

`bioner.engine` is the engine by its parts: sentences, formats, alignment, the tokenizer.
"""

from ._engine import BionerError, __version__

__all__ = ["BionerError", "__version__"]
