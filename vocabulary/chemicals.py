"""Drugs of DrugBank's open vocabulary, from the package drug-named-entity-recognition.

Version 1.0.8 has each of its sources in a file of its own; DrugBank's alone is read. Later versions
have all sources in one dictionary, and names of Wikipedia cannot be told apart there.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from concept import Concept, scaled


def concepts(package: Path) -> Iterator[tuple[Concept, str]]:
    """The drugs, each with its CAS registry number."""
    file = package / "drug_named_entity_recognition" / "drugbank vocabulary.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names = [name.strip() for name in row["Synonyms"].split("|") if name.strip()]
            identifier = f"DRUGBANK:{row['DrugBank ID']}"
            yield (
                Concept(identifier, "Chemical", row["Common name"], names, scaled(len(names), 20)),
                row["CAS"],
            )


def joined(drugs: Iterator[tuple[Concept, str]], mesh: list[Concept], numbers: dict[str, str]):
    """DrugBank's drugs and MeSH's concepts, one concept where both have it: by the preferred
    name, or else the CAS number. DrugBank's identifier comes first."""
    chemicals = [concept for concept in mesh if concept.kind == "Chemical"]
    by_id = {concept.id: concept for concept in chemicals}
    by_name = {concept.name.lower(): concept for concept in chemicals}
    taken = set()
    for drug, number in drugs:
        found = by_name.get(drug.name.lower()) or by_id.get(f"MESH:{numbers.get(number)}")
        if found and found.id not in taken:
            taken.add(found.id)
            drug.same.append(found.id)
            drug.names += [found.name, *found.names]
            drug.frequency = min(255, drug.frequency + found.frequency)
        yield drug
    yield from (concept for concept in mesh if concept.id not in taken)
