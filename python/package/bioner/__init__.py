"""Biomedical named-entity recognition with a small language model, on this machine alone.

::

    import bioner

    nlp = bioner.load(preset="note")
    doc = nlp("No evidence of pneumonia.")
    for entity in doc.entities:
        print(entity.text, entity.type, entity.assertion)

`Recognizer.pipe` works on many texts. `bioner.spacy` is a component of spaCy. `bioner.engine` is
the engine by its parts: sentences, formats, alignment, the tokenizer. All offsets are code points,
ends exclusive.
"""

from ._engine import BionerError, __version__
from .doc import Doc
from .entity import Candidate, Entity, Raw, Section
from .files import to_format, write
from .recognizer import Recognizer, VocabularyWarning, load

__all__ = [
    "BionerError",
    "Candidate",
    "Doc",
    "Entity",
    "Raw",
    "Recognizer",
    "Section",
    "VocabularyWarning",
    "__version__",
    "load",
    "to_format",
    "write",
]
