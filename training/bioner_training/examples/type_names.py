"""The names of entity types, and which types are asked for together."""

from __future__ import annotations

from bioner.engine import INVENTORY

#: Names of the inventory that no run has been tuned with, to see what a new name costs.
UNTRAINED = frozenset(
    (
        "Chemical entity", "Simple chemical", "Chemicals and drugs", "Disorders",
        "Disease or phenotypic feature", "Disease or syndrome", "Gene or gene product",
        "Gene and protein",
        "Anatomical part", "Organism taxon", "Taxon", "Cell types", "Organism substance",
    )
)  # fmt: skip

#: Other names that a type is asked for by. The answer uses the type or name asked for.
SYNONYMS = {
    entry["name"]: tuple(name for name in entry["synonyms"] if name not in UNTRAINED)
    for entry in INVENTORY["types"]
}

#: Names that the inventory does not have. So a model learns that a marker which is no type's own
#: stands for the name beside it.
UNKNOWN_NAMES = {
    "Chemical": ("Pharmaceutical", "Agent", "Active ingredient", "Drug name"),
    "Disease": ("Pathology", "Ailment", "Clinical condition", "Health problem"),
    "Gene": ("Gene symbol", "Gene name", "Macromolecule", "Gene or protein name"),
    "Anatomy": ("Body site", "Anatomic site"),
    "Species": ("Living thing", "Animal or microbe"),
    "Symptom": ("Clinical sign", "Presenting complaint"),
    "Procedure": ("Medical act",),
    "AdverseEffect": ("Harm", "Unwanted effect"),
    "Variant": ("Alteration", "Polymorphism"),
}

#: For a corpus, types that include others where none of the others is asked for, as they do in
#: other corpora. In cancer-genetics a tumour is then a Disease, as in BC5CDR, and Anatomy, as in
#: AnatEM.
WIDER = {
    "cancer-genetics": {
        "Anatomy": ("Organ", "Tissue", "Cell", "CellComponent", "BodySubstance", "Cancer"),
        "Disease": ("Cancer",),
    },
    "nlm-gene": {"Gene": ("GeneFamily",)},
    "gnormplus": {"Gene": ("GeneFamily",)},
}

#: Types of a corpus that mean something else there than elsewhere: they are not asked for.
LEFT_OUT = {"psytar": ("Symptom",)}

PRESETS = {preset["name"]: tuple(preset["types"]) for preset in INVENTORY["presets"]}
LITERATURE = PRESETS["literature"]

#: For a corpus, the types that a user would ask its texts for, each list with its weight. Types
#: that a sentence lacks are left out. All other corpora are asked for all of their types.
QUESTIONS: dict[str, tuple[tuple[int, tuple[str, ...]], ...]] = {
    "maccrobat": ((3, PRESETS["note"]), (1, ("Disease", "Medication"))),
    "chia": ((1, PRESETS["trial"]),),
    "neurotrial": ((2, PRESETS["trial"]), (1, ())),
    "phee": ((2, PRESETS["safety"]), (1, ())),
    "biored": (
        (3, ("Chemical", "Disease", "Gene", "Species")),
        (2, LITERATURE),
        (1, ()),
    ),
    "craft": (
        (3, ("Gene", "Chemical", "Species", "Anatomy")),
        (2, LITERATURE),
        (1, ()),
    ),
    "drugprot": ((2, ()), (1, LITERATURE)),
    "cancer-genetics": ((1, LITERATURE), (1, ())),
} | dict.fromkeys(
    (
        "bc5cdr", "bc5cdr-abstracts", "ncbi-disease", "bc2gm", "anatem", "linnaeus",
        "linnaeus-passages",
    ),
    ((2, LITERATURE), (1, ())),
)  # fmt: skip
