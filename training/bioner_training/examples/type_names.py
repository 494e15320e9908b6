"""The names of entity types, and which types are asked for together."""

from __future__ import annotations

#: Other names that a type is asked for by. The answer uses the name asked for.
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

#: In cancer-genetics these types are narrow, because related entities have types of their own.
#: Where none of the related types is asked for, the type includes them, as it does in the other
#: corpora.
WIDER = {
    "Anatomy": ("Organ", "Tissue", "Cell", "CellComponent", "BodySubstance", "Cancer"),
    "Disease": ("Cancer",),
}
WIDER_CORPUS = "cancer-genetics"

#: What other corpora call these types. Training does not use these names.
ELSEWHERE = {
    "Chemical": ("Chemical entity", "Simple chemical", "Chemicals and drugs"),
    "Disease": ("Disease or phenotypic feature", "Disease or syndrome", "Disorders"),
    "Gene": ("Gene or gene product", "Gene and protein"),
    "Anatomy": ("Anatomical part",),
    "Species": ("Organism taxon", "Taxon"),
    "Cell": ("Cell line", "Cell types"),
    "BodySubstance": ("Organism substance",),
}  # fmt: skip

#: Sets of types that are best asked for together. Where two sets mark the same span the earlier set
#: has precedence: a tumour is a Cancer rather than a Disease, and a Disease rather than Anatomy
#: (which in AnatEM is everything anatomical, tumours and cells included).
TYPE_SETS = (
    ("BodySubstance", "Cancer", "Cell", "CellComponent", "Organ", "Tissue"),
    ("Gene",),
    ("Chemical", "Disease"),
    ("Species",),
    ("Anatomy",),
)


def type_sets() -> str:
    """The sets as the engine reads them (`bioner.type_sets`).

    One set a line, with all names of each type. The last line has all types, which cancer-genetics
    annotates together.
    """

    def names(kind: str) -> tuple[str, ...]:
        return (kind, *SYNONYMS.get(kind, ()), *ELSEWHERE.get(kind, ()))

    lines = [", ".join(name for kind in kinds for name in names(kind)) for kinds in TYPE_SETS]
    whole = sorted(kind for kinds in TYPE_SETS for kind in kinds)
    return "\n".join([*lines, ", ".join(whole)])
