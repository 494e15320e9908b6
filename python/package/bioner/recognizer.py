"""Texts in, entities out."""

from __future__ import annotations

import json
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar, overload

from . import _engine
from .doc import Doc
from .entity import Entity, Raw
from .error import failed
from .options import Options, Path, checked_threads
from .shipped import model_folder

__all__ = ["Recognizer", "VocabularyWarning", "load"]

OnError = Literal["keep", "raise", "skip"] | Callable[[Doc], object]
Context = TypeVar("Context")

#: How many documents are read ahead where the caller does not say it.
READ_AHEAD = 4096


class VocabularyWarning(UserWarning):
    """A line of a vocabulary that could not be used. The others were taken."""


def load(
    types: Sequence[str] | None = None,
    *,
    preset: str | None = None,
    model: Path | None = None,
    format: str | None = None,
    assertion: bool | None = None,
    sections: bool = False,
    link: bool = False,
    vocabulary: Path | Sequence[Path] = (),
    raw: bool = False,
    together: bool = False,
    threads: int | None = None,
) -> Recognizer:
    """Loads a model, and says what to ask it for.

    - `types`: the entity types, in natural language; or `preset`: `literature`, `note`, `trial` or
      `safety`. Without either, chemicals and diseases.
    - `model`: a GGUF file, a `manifest.json`, or a folder with one. Without it, what the
      environment's `BIONER_MODEL` names, the package `bioner-model`, or `models/default` here.
    - `format`: the output format the model writes in; without it, the one that it answers best in
      for these types.
    - `assertion`: whether entities say if they are absent, historical or a relative's. Without it,
      they do for the preset `note`.
    - `sections`: whether entities have the section that they stand in.
    - `link`: whether entities have identifiers and candidates from the vocabulary that comes with
      the package.
    - `vocabulary`: files of your own, which are asked first: lines "id TAB name [TAB type [TAB
      synonyms]]" or with commas and a first line "id,name", OBO, or OMOP's CONCEPT.csv; gzip or
      not. They imply `link`.
    - `raw`: whether documents have what the model wrote for each sentence.
    - `together`: whether all types are asked for in one question, also those that the model was
      not tuned for in one: faster, and less is found.
    - `threads`: how many to compute with; without it, as many as there are cores.

    Raises `BionerError` with the code `types`, `preset`, `format`, `input` (a file is not there or
    cannot be read), `model-file`, `model-unsupported` or `model-checksum`.
    """
    return Recognizer(
        Options(
            types=types,
            preset=preset,
            model=model,
            format=format,
            assertion=assertion,
            sections=sections,
            link=link,
            vocabulary=vocabulary,
            raw=raw,
            together=together,
            threads=threads,
        )
    )


class Recognizer:
    """A model, and what it is asked for. `load` makes it.

    It can be used from several threads, and pickled: what is pickled are its options, and the
    model is loaded again where it is unpickled. In a process that was forked it can be used on.
    """

    def __init__(self, options: Options) -> None:
        # What is asked for is checked before anything large is loaded.
        self._types = options.checked_types()
        self._threads = checked_threads(options.threads)
        if options.format is not None:
            _engine.check_format(options.format)
        vocabularies = options.vocabularies()
        self._linker: _engine.Linker | None = None
        if options.link or vocabularies:
            self._linker = _engine.Linker(vocabularies)
            for problem in self._linker.problems:
                warnings.warn(problem, VocabularyWarning, stacklevel=3)
        self._model = _engine.Model.open(options.model, model_folder())
        self._options = options

    @property
    def types(self) -> list[str]:
        """The types that are asked for."""
        return list(self._types)

    @property
    def model(self) -> str | None:
        """The name that the model's file gives it."""
        return self._model.name

    @property
    def sources(self) -> list[dict[str, str]]:
        """Where the vocabularies come from: `name`, `version`, `license`, `credit`.

        Empty if no identifiers are asked for.
        """
        names = ("name", "version", "license", "credit")
        sources = self._linker.sources if self._linker is not None else []
        return [dict(zip(names, source, strict=True)) for source in sources]

    def __call__(self, text: str, *, id: Any = None) -> Doc:
        """The entities of one text.

        Raises `BionerError` with the code `input` if it is no text, `text-too-large` if it has more
        than 4 MB.
        """
        doc = _document(text)
        doc.id = doc.id if id is None else id
        (done,) = self._run(iter([doc]), self._threads, READ_AHEAD)
        if done.error is not None:
            raise done.error
        return done

    def annotate(self, doc: Doc) -> Doc:
        """The document with the fields that were asked for, of the entities that it has already.

        So entities that were corrected or come from elsewhere get assertion, section and
        identifier. The model is not asked.
        """
        entities = doc.entities
        fields = json.loads(
            _engine.annotate(
                doc.text,
                [(entity.start, entity.end, entity.type) for entity in entities],
                assertion=self._options.asserts(),
                sections=self._options.sections,
                linker=self._linker,
            )
        )
        pairs = zip(entities, fields, strict=True)
        annotated = (self._entity({**_of_model(entity), **known}) for entity, known in pairs)
        return Doc(doc.text, annotated, id=doc.id, context=doc.context, raw=doc.raw)

    @overload
    def pipe(
        self,
        texts: Iterable[str | Mapping[str, Any]],
        *,
        as_tuples: Literal[False] = False,
        batch_size: int | None = None,
        threads: int | None = None,
        on_error: OnError = "keep",
        progress: bool = False,
    ) -> Iterator[Doc]: ...
    @overload
    def pipe(
        self,
        texts: Iterable[tuple[str | Mapping[str, Any], Context]],
        *,
        as_tuples: Literal[True],
        batch_size: int | None = None,
        threads: int | None = None,
        on_error: OnError = "keep",
        progress: bool = False,
    ) -> Iterator[tuple[Doc, Context]]: ...
    def pipe(
        self,
        texts: Iterable[Any],
        *,
        as_tuples: bool = False,
        batch_size: int | None = None,
        threads: int | None = None,
        on_error: OnError = "keep",
        progress: bool = False,
    ) -> Iterator[Any]:
        """The entities of many texts, in their order.

        Sentences of several texts are computed side by side, so that this is much faster than one
        text after the other. `texts` is read as it is needed and may be endless. It is asked for
        texts in the thread that asks for documents; while it waits for one, no document comes.

        - A text is a string, or a mapping with a `text` and an `id`, which the document then has.
        - `as_tuples`: whether texts are pairs of a text and a context; results then are too.
        - `batch_size`: how many texts are read ahead of the one that is given out next, at most.
          With 1, every document comes before the next text is asked for.
        - `threads`: instead of those of `load`.
        - `on_error`: what becomes of a text that cannot be worked on. `keep` gives a document whose
          `error` says why, and whose `entities` raise it; `skip` leaves it out; `raise` raises the
          error; a function is called with the document, which is then left out. Except with
          `raise`, the other texts are worked on all the same.
        - `progress`: whether a bar on standard error shows how many are finished; for that tqdm has
          to be installed.

        An exception of `texts` itself is raised after the documents before it are given out.
        """
        if isinstance(texts, str | bytes | Mapping):
            raise TypeError("pipe takes many texts; for one, call the recognizer itself")
        if on_error not in ("keep", "raise", "skip") and not callable(on_error):
            raise ValueError("on_error is 'keep', 'raise', 'skip' or a function")
        if batch_size is None:
            batch_size = READ_AHEAD
        elif batch_size < 1:
            raise ValueError("batch_size is 1 or more")
        count = self._threads if threads is None else checked_threads(threads)
        bar = _progress(texts) if progress else None
        docs = (_document_of_pair(pair) for pair in texts) if as_tuples else map(_document, texts)
        return _given_out(self._run(docs, count, batch_size), as_tuples, on_error, bar)

    def _run(self, docs: Iterator[Doc], threads: int, batch_size: int) -> Iterator[Doc]:
        """The documents with their entities or errors."""
        stream = _engine.Stream(
            self._model,
            self._types,
            format=self._options.format,
            together=self._options.together,
            raw=self._options.raw,
            assertion=self._options.asserts(),
            sections=self._options.sections,
            linker=self._linker,
            threads=threads,
        )
        #: in order; with those that are in the stream, in which those with errors are not
        waiting: deque[tuple[Doc, bool]] = deque()
        finished: deque[str] = deque()
        failure: Exception | None = None
        exhausted = False
        while waiting or not exhausted:
            while not exhausted and not stream.is_full and len(waiting) < batch_size:
                try:
                    doc = next(docs)
                except StopIteration:
                    exhausted = True
                except Exception as error:
                    failure, exhausted = error, True
                else:
                    if doc.error is None:
                        stream.add(doc.text)
                    waiting.append((doc, doc.error is None))
            if len(stream):
                finished.extend(stream.step())
            while waiting and (finished or not waiting[0][1]):
                doc, computed = waiting.popleft()
                yield self._completed(doc, finished.popleft()) if computed else doc
        if failure is not None:
            raise failure

    def _completed(self, doc: Doc, line: str) -> Doc:
        """The document with what the line says of it."""
        found = json.loads(line)
        if "error" in found:
            doc.error = failed(found["error"]["code"], found["error"]["message"])
            return doc
        doc._entities = tuple(map(self._entity, found["entities"]))
        if "raw" in found:
            doc.raw = tuple(Raw(**raw) for raw in found["raw"])
        return doc

    def _entity(self, fields: dict[str, Any]) -> Entity:
        if self._linker is not None:
            # JSON leaves them out where there are none.
            fields.setdefault("candidates", [])
        return Entity.from_dict(fields)

    def __reduce__(self) -> tuple[Any, ...]:
        return Recognizer, (self._options,)

    def __repr__(self) -> str:
        return f"<Recognizer of {', '.join(self._types)}>"


def _of_model(entity: Entity) -> dict[str, Any]:
    """The fields that every entity has."""
    names = ("start", "end", "type", "text", "score")
    return {name: getattr(entity, name) for name in names}


def _document(given: Any, context: Any = None) -> Doc:
    """The document that a caller gives, or one with an error."""
    id, text = None, given
    if isinstance(given, Mapping):
        id, text = given.get("id"), given.get("text")
    if not isinstance(text, str):
        what = "None" if text is None else f"of type {type(text).__name__}"
        error = failed("input", f"the text is {what}, not a string")
        return Doc("", id=id, context=context, error=error)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = f"the character at {error.start} is half of a pair"
        return Doc(text, id=id, context=context, error=failed("input", message))
    return Doc(text, id=id, context=context)


def _document_of_pair(pair: Any) -> Doc:
    try:
        text, context = pair
    except (TypeError, ValueError):
        raise TypeError("with as_tuples, texts are pairs of a text and a context") from None
    return _document(text, context)


def _given_out(docs: Iterator[Doc], as_tuples: bool, on_error: OnError, bar: Any) -> Iterator[Any]:
    """The documents as the caller of `pipe` wants them."""
    try:
        for doc in docs:
            if bar is not None:
                bar.update()
            if doc.error is not None and on_error != "keep":
                if on_error == "raise":
                    raise doc.error
                if callable(on_error):
                    on_error(doc)
                continue
            yield (doc, doc.context) if as_tuples else doc
    finally:
        if bar is not None:
            bar.close()


def _progress(texts: Any) -> Any:
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        raise ImportError("for progress, pip install tqdm") from error
    total = len(texts) if hasattr(texts, "__len__") else None
    return tqdm(total=total, unit=" documents")
