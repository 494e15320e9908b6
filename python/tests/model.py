"""The model that ships, loaded once for all tests that need it."""

from functools import cache
from typing import Any

import bioner

from .golden import ROOT

MODEL = ROOT / "models" / "default"

ABSTRACT = "Selegiline-induced postural hypotension in Parkinson’s disease."
NOTE = """Assessment: No evidence of pneumonia. Possible asthma.

Family history: Father had diabetes mellitus. 🧬

Medications: aspirin daily."""


@cache
def loaded(**options: Any) -> bioner.Recognizer:
    """A recognizer with these options. Lists are given as tuples."""
    return bioner.load(**{"model": MODEL, **options})
