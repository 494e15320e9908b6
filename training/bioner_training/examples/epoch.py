"""Draws the examples of an epoch from the corpora: which types each sentence is asked for, and how.

A sentence is asked only for types that its corpus annotates, because what a corpus does not
annotate is unknown, not absent. All randomness comes from a seed: the same seed gives the same
examples.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from ..data.augment import alter
from ..data.clinical_notes import Pool, note
from ..data.corpora import Document, Entity, join
from ..data.mention_exchange import Mentions, exchange, mentions_of
from .type_names import LEFT_OUT, QUESTIONS, SYNONYMS, UNKNOWN_NAMES, WIDER


@dataclass(frozen=True)
class Example:
    """A sentence with the types asked for.

    `types` are the names in the instruction, `entities` are (start, end, index of the type), and
    `format` is the output format of the answer.
    """

    text: str
    types: tuple[str, ...]
    entities: tuple[tuple[int, int, int], ...]
    format: str


@dataclass(frozen=True)
class Recipe:
    """How an epoch is drawn from the corpora."""

    #: probability of asking what a user would ask (see `type_names.QUESTIONS`), or for all types of
    #: the corpus, instead of a random subset
    whole: float = 0.6
    #: probability that the types of such a question come in another order
    shuffled: float = 0.2
    #: probability that a type is asked for by another name
    synonyms: float = 0.08
    #: probability that a type is asked for by a name that the inventory does not have
    unknown: float = 0.0
    #: share of the sentences without entities that an epoch has
    empty: float = 0.35
    #: probability that a sentence is joined with the one or two after it
    joined: float = 0.05
    #: probability that a text is altered (see `augment`)
    augmented: float = 0.2
    #: probability that mentions are replaced by others of the same type (see `mention_exchange`)
    exchanged: float = 0.0
    #: number of made-up clinical notes, as a share of all examples (see `clinical_notes`)
    notes: float = 0.02
    #: probability that guessed types may be asked for where there are any (see `pseudo`)
    guessed: float = 0.3
    #: longest text of an example, in characters
    longest: int = 900
    #: output formats and their weights: `lines-grouped`, `a=2,b=1`
    formats: str = "lines-grouped"
    #: how often an epoch has each sentence of a corpus, if not once: `ncbi-disease=2,linnaeus=0.5`
    repeats: str = ""


def parse_weights(text: str) -> dict[str, float]:
    """`a=2,b` as {"a": 2.0, "b": 1.0}."""
    parts = [part.partition("=") for part in text.split(",") if part]
    return {name.strip(): float(share or 1) for name, _, share in parts}


def without_overlap(entities: list[Entity]) -> list[Entity]:
    """Drops each entity that overlaps a longer one of its type, or an equally long earlier one."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e[0] - e[1], e[0], e[2])):
        same_type = [other for other in kept if other[2] == entity[2]]
        if all(entity[1] <= other[0] or other[1] <= entity[0] for other in same_type):
            kept.append(entity)
    return sorted(kept)


def draw_types(document: Document, recipe: Recipe, generator: random.Random) -> list[str]:
    """The types that a sentence is asked for, in their order."""
    left_out = LEFT_OUT.get(document.corpus, ())
    known = [kind for kind in document.types if kind not in left_out]
    if document.guessed and generator.random() < recipe.guessed:
        known += [kind for kind in document.guessed if kind not in known]
    if len(known) > 1 and generator.random() >= recipe.whole:
        size = generator.choice((1, 1, 2, 3, generator.randint(1, len(known))))
        return generator.sample(known, min(size, len(known)))
    questions = QUESTIONS.get(document.corpus, ((1, ()),))
    (chosen,) = generator.choices(
        [types for _, types in questions], [weight for weight, _ in questions]
    )
    types = [kind for kind in chosen if kind in known]
    if not any(kind in document.types for kind in types):
        types = known[: len(document.types)]
    if generator.random() < recipe.shuffled:
        generator.shuffle(types)
    return types


def ask(document: Document, recipe: Recipe, generator: random.Random, form: str) -> Example:
    """One example about a sentence, its types drawn at random."""
    types = draw_types(document, recipe, generator)
    names: list[str] = []
    for kind in types:
        name = kind
        if generator.random() < recipe.synonyms:
            name = generator.choice(SYNONYMS.get(kind) or (kind,))
        elif recipe.unknown and generator.random() < recipe.unknown:
            name = generator.choice(UNKNOWN_NAMES.get(kind, (kind,)))
        names.append(name if name not in names else kind)
    indices = {kind: [index] for index, kind in enumerate(types)}
    for wide, narrow in WIDER.get(document.corpus, {}).items():
        if wide in types and not any(other in types for other in narrow):
            for other in narrow:
                indices.setdefault(other, []).extend(indices[wide])
    entities = [
        (s, e, index) for s, e, kind in document.entities for index in indices.get(kind, ())
    ]
    return Example(document.text, tuple(names), tuple(without_overlap(entities)), form)


def draw_epoch(
    corpora: list[list[Document]], recipe: Recipe, seed: int, number: int
) -> list[Example]:
    """The examples of epoch `number`, shuffled."""
    generator = random.Random(f"{seed}/{number}")
    repeats = parse_weights(recipe.repeats)
    forms = parse_weights(recipe.formats)

    def draw_format() -> str:
        return generator.choices(list(forms), list(forms.values()))[0]

    examples = []
    for documents in corpora:
        mentions = mentions_of(documents) if recipe.exchanged else {}
        for index, document in enumerate(documents):
            share = repeats.get(document.corpus, 1.0) * (1.0 if document.entities else recipe.empty)
            for _ in range(int(share) + (generator.random() < share % 1)):
                chosen = _variant(documents, index, recipe, mentions, generator)
                examples.append(ask(chosen, recipe, generator, draw_format()))
    pool = Pool.of([document for documents in corpora for document in documents])
    if pool:
        for _ in range(round(recipe.notes * len(examples))):
            examples.append(ask(note(pool, generator), recipe, generator, draw_format()))
    examples = [example for example in examples if len(example.text) <= recipe.longest]
    generator.shuffle(examples)
    return examples


def _variant(
    documents: list[Document],
    index: int,
    recipe: Recipe,
    mentions: Mentions,
    generator: random.Random,
) -> Document:
    """A sentence as it is, joined with those after it, with other mentions, or altered."""
    chosen = documents[index]
    # consecutive lines of bc2gm are unrelated sentences
    if chosen.corpus != "bc2gm" and generator.random() < recipe.joined:
        whole = join(documents[index : index + generator.choice((2, 2, 3))])
        chosen = whole if len(whole.text) <= recipe.longest else chosen
    if mentions and generator.random() < recipe.exchanged:
        chosen = exchange(chosen, mentions, generator)
    return alter(chosen, generator) if generator.random() < recipe.augmented else chosen
