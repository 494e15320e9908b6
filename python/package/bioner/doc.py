"""A text and what was found in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ._engine import BionerError
from .entity import Entity, Raw

__all__ = ["Doc"]


class Doc:
    """A text and its entities, or the error that says why there are none."""

    __slots__ = ("_entities", "context", "error", "id", "raw", "text")

    #: the text as it was given; empty if it was none
    text: str
    #: what its giver calls it
    id: Any
    #: what its giver attached to it
    context: Any
    #: why it could not be worked on
    error: BionerError | None
    #: what the model wrote for each sentence, where that was asked for
    raw: tuple[Raw, ...] | None

    def __init__(
        self,
        text: str,
        entities: Iterable[Entity] = (),
        *,
        id: Any = None,
        context: Any = None,
        error: BionerError | None = None,
        raw: Iterable[Raw] | None = None,
    ) -> None:
        self.text = text
        self.id = id
        self.context = context
        self.error = error
        self.raw = None if raw is None else tuple(raw)
        self._entities = tuple(entities)

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, by their start.

        Raises the document's `error` if it has one: a text that could not be worked on is not a
        text without entities.
        """
        if self.error is not None:
            raise self.error
        return self._entities

    def to_dict(self) -> dict[str, Any]:
        """The document as the command line writes it, with its text: what JSON can hold.

        That is `{"id", "text", "entities"}`, or for a document with an error
        `{"id", "error": {"code", "message"}}`.
        """
        if self.error is not None:
            return {"id": self.id, "error": {"code": self.error.code, "message": str(self.error)}}
        entities = [entity.to_dict() for entity in self._entities]
        return {"id": self.id, "text": self.text, "entities": entities}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Doc):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        text = self.text if len(self.text) <= 40 else f"{self.text[:40]}…"
        what = f"error={self.error!r}" if self.error else f"{len(self._entities)} entities"
        return f"<Doc {text!r}: {what}>"
