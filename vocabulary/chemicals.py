"""Drugs of DrugBank's open vocabulary, from the package drug-named-entity-recognition.

Version 1.0.8 has each of its sources in a file of its own; DrugBank's alone is read. Later versions
have all sources in one dictionary, and names of Wikipedia cannot be told apart there.
"""

import csv
from collections import defaultdict
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


def joined(
    drugs: Iterator[tuple[Concept, str]],
    mesh: list[Concept],
    numbers: dict[str, str],
    classes: set[str],
):
    """DrugBank's drugs and MeSH's concepts, one concept where both have it. DrugBank's identifier
    comes first, so that a drug has it under every name. The surest way to tell goes first: the same
    preferred name; the same CAS number; the drug's preferred name among the terms of one concept
    alone ("Acetylsalicylic acid" among those of Aspirin); a heading among the synonyms of one drug
    alone ("Thyroxine" among those of Levothyroxine). By the last two no drug is one of
    `classes`."""
    listed = list(drugs)
    chemicals = [concept for concept in mesh if concept.kind == "Chemical"]
    by_id = {concept.id: concept for concept in chemicals}
    by_name = {concept.name.lower(): concept for concept in chemicals}
    single = [concept for concept in chemicals if concept.id not in classes]
    with_term, with_synonym = owners(single), owners([drug for drug, _ in listed])
    by_synonym, names = {}, {drug.id: drug.name for drug, _ in listed}
    for concept in single:
        if len(with_synonym[concept.name.lower()]) == 1:
            [drug] = with_synonym[concept.name.lower()]
            # The antigen of a vaccine is listed as a synonym of it.
            if "vaccine" not in names[drug].lower() or "vaccine" in concept.name.lower():
                by_synonym.setdefault(drug, concept)

    def only(concepts: set[str]) -> Concept | None:
        return by_id[next(iter(concepts))] if len(concepts) == 1 else None

    ways = (
        lambda drug, _: by_name.get(drug.name.lower()),
        lambda _, number: by_id.get(f"MESH:{numbers.get(number)}"),
        lambda drug, _: only(with_term[drug.name.lower()]),
        lambda drug, _: by_synonym.get(drug.id),
    )
    taken, done = set(), set()
    for way in ways:
        for drug, number in listed:
            found = None if drug.id in done else way(drug, number)
            if found and found.id not in taken:
                taken.add(found.id)
                done.add(drug.id)
                drug.same.append(found.id)
                drug.names += [found.name, *found.names]
                drug.frequency = min(255, drug.frequency + found.frequency)
    yield from (drug for drug, _ in listed)
    yield from (concept for concept in mesh if concept.id not in taken)


def owners(concepts: list[Concept]) -> dict[str, set[str]]:
    """The identifiers of the concepts that have each name, in small letters."""
    of = defaultdict(set)
    for concept in concepts:
        for name in [concept.name, *concept.names]:
            of[name.lower()].add(concept.id)
    return of
