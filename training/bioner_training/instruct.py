"""Documents -> instruction examples.

A corpus says which types it annotates; only those are asked for, because what it does not annotate
is unknown, not absent. Where corpora disagree about a word, the other words of the instruction
decide: see `WIDER`. Everything random comes from a seed: the same seed, the same examples.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from .augment import alter
from .data import Document, Entity, join
from .mentions import Mentions, exchange, mentions_of
from .notes import Pool, note

#: Other names a type is asked for by. The answer uses the name asked for.
SYNONYMS = {
    "Chemical": ("Drug", "Medication", "Compound", "Drugs", "Chemicals", "Chemical compound",
                 "Substance", "Medicine"),
    "Disease": ("Disorder", "Condition", "Diagnosis", "Diseases", "Medical condition", "Illness",
                "Problem"),
    "Gene": ("Protein", "Gene or protein", "Genes", "Gene/Protein", "Gene product", "Proteins"),
    "Anatomy": ("Anatomical entity", "Body part", "Anatomical structure"),
    "Species": ("Organism", "Organisms", "Living being"),
    "Cancer": ("Tumor", "Tumour", "Neoplasm", "Cancers", "Malignancy"),
    "Cell": ("Cell type", "Cells", "Cell line or type"),
    "CellComponent": ("Cell component", "Cellular component", "Organelle"),
    "Organ": ("Organs",),
    "Tissue": ("Tissues",),
    "BodySubstance": ("Body substance", "Body fluid"),
}  # fmt: skip

#: In cancer-genetics a word is narrow because its neighbours have types of their own. Asked for
#: without any of those neighbours, it means what the other corpora mean by it.
WIDER = {
    "Anatomy": ("Organ", "Tissue", "Cell", "CellComponent", "BodySubstance", "Cancer"),
    "Disease": ("Cancer",),
}
WIDER_CORPUS = "cancer-genetics"

#: What other corpora call these types, by which nobody asked in training.
ELSEWHERE = {
    "Chemical": ("Chemical entity", "Simple chemical", "Chemicals and drugs"),
    "Disease": ("Disease or phenotypic feature", "Disease or syndrome", "Disorders"),
    "Gene": ("Gene or gene product", "Gene and protein"),
    "Anatomy": ("Anatomical part",),
    "Species": ("Organism taxon", "Taxon"),
    "Cell": ("Cell line", "Cell types"),
    "BodySubstance": ("Organism substance",),
}  # fmt: skip

#: Types that the answers are best for when they are asked for together. Where two sets mark the same
#: place the earlier one is believed: a tumour is a Cancer rather than a Disease, and that rather than
#: Anatomy (AnatEM's is everything anatomical, tumours and cells too).
TYPE_SETS = (
    ("BodySubstance", "Cancer", "Cell", "CellComponent", "Organ", "Tissue"),
    ("Gene",),
    ("Chemical", "Disease"),
    ("Species",),
    ("Anatomy",),
)


def type_sets() -> str:
    """The sets as the engine reads them (`bioner.type_sets`): a line a set, a type by all its names; in the
    last one all types, which cancer-genetics has."""
    names = lambda kind: (kind, *SYNONYMS.get(kind, ()), *ELSEWHERE.get(kind, ()))  # noqa: E731
    lines = [", ".join(name for kind in kinds for name in names(kind)) for kinds in TYPE_SETS]
    whole = sorted(kind for kinds in TYPE_SETS for kind in kinds)
    return "\n".join([*lines, ", ".join(whole)])


@dataclass(frozen=True)
class Example:
    """A sentence to ask about: the types by their names in the instruction, the entities as
    (start, end, index of the type), the format of the answer."""

    text: str
    types: tuple[str, ...]
    entities: tuple[tuple[int, int, int], ...]
    format: str


@dataclass(frozen=True)
class Recipe:
    """How an epoch is drawn from the corpora."""

    #: probability of asking for all types of the corpus in their order, not for a random subset
    whole: float = 0.6
    #: probability that a type is asked for by another name
    synonyms: float = 0.08
    #: share of the sentences without entities that an epoch keeps
    empty: float = 0.35
    #: probability that a sentence comes with the one or two after it
    joined: float = 0.05
    #: probability that a text is altered (see `augment`)
    augmented: float = 0.2
    #: probability that mentions are exchanged for others of the same type and corpus (see `mentions`)
    exchanged: float = 0.0
    #: made-up clinical notes, as a share of all examples (see `notes`)
    notes: float = 0.02
    #: probability that guessed types may be asked for, where there are any (see `pseudo`)
    guessed: float = 0.3
    #: longest text of an example, in characters
    longest: int = 900
    #: formats and how often each is asked for: `lines-grouped`, `a=2,b=1`
    formats: str = "lines-grouped"
    #: how often an epoch goes through a corpus, where not once: `ncbi-disease=2,linnaeus=0.5`
    repeats: str = ""


def shares(text: str) -> dict[str, float]:
    """`a=2,b` as {"a": 2.0, "b": 1.0}."""
    parts = [part.partition("=") for part in text.split(",") if part]
    return {name.strip(): float(share or 1) for name, _, share in parts}


def without_overlap(entities: list[Entity]) -> list[Entity]:
    """Of entities of one type that overlap, the longer one, of two as long the earlier."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e[0] - e[1], e[0], e[2])):
        same_type = [other for other in kept if other[2] == entity[2]]
        if all(entity[1] <= other[0] or other[1] <= entity[0] for other in same_type):
            kept.append(entity)
    return sorted(kept)


def ask(document: Document, recipe: Recipe, generator: random.Random, form: str) -> Example:
    """One instruction about a sentence."""
    known = list(document.types)
    whole = generator.random() < recipe.whole
    if document.guessed and generator.random() < recipe.guessed:
        known += [kind for kind in document.guessed if kind not in known]
        whole = False
    types = known
    if len(known) > 1 and not whole:
        size = generator.choice((1, 1, 2, 3, generator.randint(1, len(known))))
        types = generator.sample(known, min(size, len(known)))
    names: list[str] = []
    for kind in types:
        name = kind
        if generator.random() < recipe.synonyms:
            name = generator.choice(SYNONYMS.get(kind, (kind,)))
        names.append(name if name not in names else kind)
    means = {kind: index for index, kind in enumerate(types)}
    if document.corpus == WIDER_CORPUS:
        for wide, narrow in WIDER.items():
            if wide in means and not any(other in means for other in narrow):
                means |= {other: means[wide] for other in narrow}
    entities = [(s, e, means[kind]) for s, e, kind in document.entities if kind in means]
    return Example(document.text, tuple(names), tuple(without_overlap(entities)), form)


def epoch(corpora: list[list[Document]], recipe: Recipe, seed: int, number: int) -> list[Example]:
    """The examples of epoch `number`, shuffled."""
    generator = random.Random(f"{seed}/{number}")
    repeats = shares(recipe.repeats)
    forms = shares(recipe.formats)
    draw = lambda: generator.choices(list(forms), list(forms.values()))[0]  # noqa: E731
    examples = []
    for documents in corpora:
        mentions = mentions_of(documents) if recipe.exchanged else {}
        for index, document in enumerate(documents):
            share = repeats.get(document.corpus, 1.0) * (1.0 if document.entities else recipe.empty)
            for _ in range(int(share) + (generator.random() < share % 1)):
                chosen = _variant(documents, index, recipe, mentions, generator)
                examples.append(ask(chosen, recipe, generator, draw()))
    pool = Pool.of([document for documents in corpora for document in documents])
    if pool:
        for _ in range(round(recipe.notes * len(examples))):
            examples.append(ask(note(pool, generator), recipe, generator, draw()))
    examples = [example for example in examples if len(example.text) <= recipe.longest]
    generator.shuffle(examples)
    return examples


def _variant(
    documents: list[Document], index: int, recipe: Recipe, mentions: Mentions, generator: random.Random
) -> Document:
    """A sentence as it is, or with those after it, or with other mentions, or altered."""
    chosen = documents[index]
    # the lines of bc2gm are sentences from all over MEDLINE
    if chosen.corpus != "bc2gm" and generator.random() < recipe.joined:
        whole = join(documents[index : index + generator.choice((2, 2, 3))])
        chosen = whole if len(whole.text) <= recipe.longest else chosen
    if mentions and generator.random() < recipe.exchanged:
        chosen = exchange(chosen, mentions, generator)
    return alter(chosen, generator) if generator.random() < recipe.augmented else chosen
