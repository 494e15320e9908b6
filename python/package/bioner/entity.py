"""What is found in a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Candidate", "Entity", "Raw", "Section"]

Assertion = Literal["present", "absent", "possible"]
Temporality = Literal["current", "historical", "hypothetical"]
Experiencer = Literal["patient", "family"]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a text."""

    #: as the text has it
    heading: str
    #: what it is called in LOINC, if it is known
    name: str | None = None
    #: its code in LOINC, if it has one
    loinc: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept of a vocabulary that a mention may mean."""

    #: as `MESH:D003924`
    id: str
    #: its preferred name
    name: str
    #: how well it fits, 0 to 1: 1 is an equal name of the right type
    score: float
    #: the identifiers that other vocabularies have for it
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Raw:
    """What the model wrote about a sentence."""

    #: the sentence, in code points of the text
    start: int
    end: int
    #: the answer in the output format
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention in a text. `text` is always the text from `start` to `end`.

    The fields after `score` are `None` where they were not asked for.
    """

    #: in code points of the text
    start: int
    #: in code points of the text, exclusive
    end: int
    #: the entity type, as it was asked for
    type: str
    text: str
    #: the calibrated probability that the mention is right; `None` if it is not the model's
    score: float | None = None
    assertion: Assertion | None = None
    temporality: Temporality | None = None
    experiencer: Experiencer | None = None
    #: also `None` where the text has no section
    section: Section | None = None
    #: the identifier of the first candidate; also `None` where none is sure enough
    id: str | None = None
    #: the likeliest first
    candidates: tuple[Candidate, ...] | None = None

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> Entity:
        """An entity of the fields that the command line writes, or of a row's `entities` on Ray and
        Spark, where what is not known is null. Other fields are left out."""
        known: dict[str, Any] = {name: fields.get(name) for name in cls.__dataclass_fields__}
        section, candidates = known["section"], known["candidates"]
        if isinstance(section, str):
            known["section"] = Section(section)
        elif section is not None:
            known["section"] = Section(**section)
        if candidates is not None:
            known["candidates"] = tuple(
                Candidate(c["id"], c["name"], c["score"], tuple(c.get("same") or ()))
                for c in candidates
            )
        return cls(**known)

    def to_dict(self) -> dict[str, Any]:
        """The fields that are known, as the command line writes them: what JSON can hold."""
        fields = {name: value for name, value in asdict(self).items() if value is not None}
        if self.section is not None:
            section = fields["section"]
            fields["section"] = {key: value for key, value in section.items() if value is not None}
        if self.candidates is not None:
            fields["candidates"] = [
                {**asdict(c), "same": list(c.same)} if c.same else _without_same(c)
                for c in self.candidates
            ]
        return fields


def _without_same(candidate: Candidate) -> dict[str, Any]:
    return {"id": candidate.id, "name": candidate.name, "score": candidate.score}
