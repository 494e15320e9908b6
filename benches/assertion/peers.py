"""medspaCy's ConText and negspaCy on given targets, in their default settings."""

import spacy
from loguru import logger
from spacy.tokens import Span

logger.disable("PyRuSH")


def _document(nlp, text, entities):
    """The text with the given targets as entities; none is lost to an overlap."""
    doc = nlp.make_doc(text)
    for name in nlp.pipe_names:
        if name in ("medspacy_pyrush", "sentencizer"):
            doc = nlp.get_pipe(name)(doc)
    spans = []
    for entity in entities:
        span = doc.char_span(
            entity["start"], entity["end"], label=entity["type"], alignment_mode="expand"
        )
        spans.append(span)
    return doc, spans


def _each(doc, spans):
    """Sets of spans that do not overlap, as `doc.ents` wants them; most often one set."""
    left = list(enumerate(spans))
    while left:
        chosen, rest, taken = [], [], set()
        for index, span in left:
            tokens = set(range(span.start, span.end))
            if tokens & taken:
                rest.append((index, span))
            else:
                taken |= tokens
                chosen.append((index, span))
        yield chosen
        left = rest


class MedspacyContext:
    """medspaCy's ConText with its own rules."""

    name = "medspaCy ConText"

    def __init__(self):
        import medspacy

        self.nlp = medspacy.load(medspacy_enable=["medspacy_pyrush", "medspacy_context"])

    def __call__(self, text, entities):
        doc, spans = _document(self.nlp, text, entities)
        found = [None] * len(spans)
        for chosen in _each(doc, spans):
            doc.ents = [Span(doc, s.start, s.end, label=s.label_) for _, s in chosen]
            doc = self.nlp.get_pipe("medspacy_context")(doc)
            by_start = {ent.start: ent for ent in doc.ents}
            for index, span in chosen:
                ent = by_start[span.start]._
                temporality = "current"
                if ent.is_hypothetical:
                    temporality = "hypothetical"
                elif ent.is_historical:
                    temporality = "historical"
                assertion = "possible" if ent.is_uncertain else "present"
                found[index] = {
                    "assertion": "absent" if ent.is_negated else assertion,
                    "temporality": temporality,
                    "experiencer": "family" if ent.is_family else "patient",
                }
        return found


class Negspacy:
    """negspaCy with its clinical terms. It knows nothing but negation."""

    name = "negspaCy"

    def __init__(self):
        from negspacy.negation import Negex  # noqa: F401  (registers the component)
        from negspacy.termsets import termset

        self.nlp = spacy.blank("en")
        self.nlp.add_pipe("sentencizer")
        self.nlp.add_pipe("negex", config={"neg_termset": termset("en_clinical").get_patterns()})

    def __call__(self, text, entities):
        doc, spans = _document(self.nlp, text, entities)
        found = [None] * len(spans)
        for chosen in _each(doc, spans):
            doc.ents = [Span(doc, s.start, s.end, label=s.label_) for _, s in chosen]
            doc = self.nlp.get_pipe("negex")(doc)
            by_start = {ent.start: ent for ent in doc.ents}
            for index, span in chosen:
                absent = by_start[span.start]._.negex
                found[index] = {"assertion": "absent" if absent else "present"}
        return found
