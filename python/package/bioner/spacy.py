"""bioner as a component of spaCy, and its documents as spaCy's.

::

    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("bioner", config={"preset": "note", "link": True})
    for doc in nlp.pipe(texts):
        for ent in doc.ents:
            print(ent.text, ent.label_, ent.kb_id_, ent._.score, ent._.assertion)

Every mention is in the span group `doc.spans["bioner"]`. `doc.ents` has those that it can hold:
they begin and end at tokens, and of two that overlap the longer one. A mention that begins or ends
within a token is in the group as the tokens that it touches; `span._.bioner` has its own place.
"""

# spaCy reads the annotations of the factory, so they are no strings here.
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import spacy
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import DocBin, Span
from spacy.util import filter_spans

from .doc import Doc
from .entity import Entity
from .files import to_format
from .recognizer import Recognizer, load

__all__ = [
    "Component",
    "create",
    "entity_of",
    "from_docbin",
    "from_spacy",
    "register",
    "to_bioc",
    "to_docbin",
    "to_pubtator",
    "to_spacy",
]

#: the span group with all mentions, and the field of `Doc.user_data` with what is known of them
SPANS_KEY = "bioner"
USER_DATA = "bioner"

#: extension attributes of spans that are fields of `Entity`
FIELDS = ("score", "assertion", "temporality", "experiencer", "section", "candidates")


@Language.factory(
    "bioner",
    assigns=["doc.ents", "doc.spans", "token.ent_iob", "token.ent_type", "token.ent_kb_id"],
    default_config={
        "types": None,
        "preset": None,
        "model": None,
        "format": None,
        "assertion": None,
        "sections": False,
        "link": False,
        "vocabulary": [],
        "threads": None,
        "spans_key": SPANS_KEY,
        "overwrite_ents": False,
    },
)
def create(
    nlp: Language,
    name: str,
    types: list[str] | None,
    preset: str | None,
    model: str | None,
    format: str | None,
    assertion: bool | None,
    sections: bool,
    link: bool,
    vocabulary: list[str],
    threads: int | None,
    spans_key: str,
    overwrite_ents: bool,
) -> "Component":
    """The component that `nlp.add_pipe("bioner", config={…})` adds.

    The settings are those of `bioner.load`, and two of its own. `spans_key` names the span group.
    `overwrite_ents` says what becomes of entities that are in `doc.ents` already and overlap a
    mention: they stay, unless it is true. The mention is in the span group in either case.
    """
    recognizer = load(
        types,
        preset=preset,
        model=model,
        format=format,
        assertion=assertion,
        sections=sections,
        link=link,
        vocabulary=vocabulary,
        threads=threads,
    )
    return Component(recognizer, name, spans_key=spans_key, overwrite_ents=overwrite_ents)


class Component(Pipe):
    """Puts what a recognizer finds into documents of spaCy."""

    def __init__(
        self,
        recognizer: Recognizer,
        name: str = "bioner",
        *,
        spans_key: str = SPANS_KEY,
        overwrite_ents: bool = False,
    ) -> None:
        register()
        self.recognizer = recognizer
        self.name = name
        self.spans_key = spans_key
        self.overwrite_ents = overwrite_ents

    @property
    def labels(self) -> tuple[str, ...]:
        """The types that are asked for."""
        return tuple(self.recognizer.types)

    def __call__(self, doc: SpacyDoc) -> SpacyDoc:
        for _ in self.pipe([doc], batch_size=1):
            pass
        return doc

    def pipe(self, stream: Iterable[SpacyDoc], *, batch_size: int = 1000) -> Iterator[SpacyDoc]:
        """Works on many documents side by side. Errors go to spaCy's error handler."""
        handle = self.get_error_handler()
        pairs = ((doc.text, doc) for doc in stream)
        for found, doc in self.recognizer.pipe(pairs, as_tuples=True, batch_size=batch_size):
            try:
                put(doc, found.entities, self.spans_key, self.overwrite_ents)
            except Exception as error:
                handle(self.name, self, [doc], error)
            else:
                yield doc


def put(
    doc: SpacyDoc, entities: Iterable[Entity], spans_key: str = SPANS_KEY, overwrite: bool = False
) -> None:
    """Puts entities into a document of spaCy."""
    register()
    entities = list(entities)
    known = doc.user_data.setdefault(USER_DATA, {})
    known[spans_key] = [entity.to_dict() for entity in entities]
    spans, whole = [], []
    for number, entity in enumerate(entities):
        span = _span(doc, entity, f"{spans_key}-{number}", "strict")
        if span is not None:
            whole.append(span)
        else:
            span = _span(doc, entity, f"{spans_key}-{number}", "expand")
        if span is not None:
            spans.append(span)
    doc.spans[spans_key] = spans
    first, second = filter_spans(whole), list(doc.ents)
    if not overwrite:
        first, second = second, first
    taken = {token.i for span in first for token in span}
    free = [span for span in second if taken.isdisjoint(range(span.start, span.end))]
    doc.ents = [*first, *free]


def _span(doc: SpacyDoc, entity: Entity, span_id: str, alignment_mode: str) -> Span | None:
    """The tokens of an entity; `None` if it begins or ends within one and the mode is `strict`."""
    return doc.char_span(
        entity.start,
        entity.end,
        label=entity.type,
        kb_id=entity.id or "",
        alignment_mode=alignment_mode,
        span_id=span_id,
    )


def entity_of(span: Span) -> Entity | None:
    """What is known of a span that bioner has found; `None` of another span."""
    spans_key, _, number = span.id_.rpartition("-")
    known = span.doc.user_data.get(USER_DATA, {}).get(spans_key)
    if known is None or not number.isdecimal() or int(number) >= len(known):
        return None
    return Entity.from_dict(known[int(number)])


def register() -> None:
    """Makes the extension attributes, unless they are there.

    The component does so by itself. Call it to have them in documents that were read from a file.
    A name that another component has taken stays with it.
    """
    if Span.has_extension("bioner"):
        return
    Span.set_extension("bioner", getter=entity_of)
    for field in FIELDS:
        if Span.has_extension(field):
            message = f"span._.{field} is another component's; use span._.bioner.{field}"
            warnings.warn(message, stacklevel=2)
        else:
            Span.set_extension(field, getter=partial(_known, field=field))


def _known(span: Span, field: str) -> Any:
    entity = entity_of(span)
    return None if entity is None else getattr(entity, field)


def to_spacy(doc: Doc, nlp: Language | None = None) -> SpacyDoc:
    """A document as one of spaCy's, as the component makes it.

    `nlp` brings the tokenizer and the vocabulary; without it, those of `spacy.blank("en")`.
    """
    made = (nlp or spacy.blank("en")).make_doc(doc.text)
    if doc.id is not None:
        made.user_data[f"{USER_DATA}_id"] = doc.id
    put(made, doc.entities)
    return made


def from_spacy(doc: SpacyDoc, *, spans_key: str = SPANS_KEY) -> Doc:
    """What is in a document of spaCy: the span group, and `doc.ents`, also those of others.

    A span of bioner's has all that is known of it, with the label that it has now.
    """
    group = list(doc.spans.get(spans_key, ()))
    seen = {(span.start, span.end, span.label) for span in group}
    others = [ent for ent in doc.ents if (ent.start, ent.end, ent.label) not in seen]
    entities = sorted(map(_entity, [*group, *others]), key=lambda e: (e.start, -e.end))
    return Doc(doc.text, entities, id=doc.user_data.get(f"{USER_DATA}_id"))


def _entity(span: Span) -> Entity:
    known = entity_of(span)
    if known is not None:
        return replace(known, type=span.label_, id=span.kb_id_ or None)
    text = span.doc.text[span.start_char : span.end_char]
    return Entity(span.start_char, span.end_char, span.label_, text, id=span.kb_id_ or None)


def to_docbin(docs: Iterable[Doc | SpacyDoc], nlp: Language | None = None) -> DocBin:
    """Documents, bioner's or spaCy's, as the file format that spaCy is trained with.

    `to_docbin(docs).to_disk("train.spacy")` writes the file.
    """
    nlp = nlp or spacy.blank("en")
    made = (doc if isinstance(doc, SpacyDoc) else to_spacy(doc, nlp) for doc in docs)
    return DocBin(docs=made, store_user_data=True)


def from_docbin(docbin: DocBin, nlp: Language | None = None) -> Iterator[Doc]:
    """The documents of a `DocBin`, also of one that bioner has not made.

    `from_docbin(DocBin().from_disk("train.spacy"))` reads a file.
    """
    vocab = (nlp or spacy.blank("en")).vocab
    return map(from_spacy, docbin.get_docs(vocab))


def to_bioc(docs: SpacyDoc | Iterable[SpacyDoc]) -> str:
    """Documents of spaCy as BioC XML."""
    return to_format(_ours(docs), "bioc-xml")


def to_pubtator(docs: SpacyDoc | Iterable[SpacyDoc]) -> str:
    """Documents of spaCy as PubTator."""
    return to_format(_ours(docs), "pubtator")


def _ours(docs: SpacyDoc | Iterable[SpacyDoc]) -> Iterator[Doc]:
    return map(from_spacy, [docs] if isinstance(docs, SpacyDoc) else docs)
