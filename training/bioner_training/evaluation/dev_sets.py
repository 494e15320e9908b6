"""The dev splits that a model is measured on, and what each is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ..data.corpora import read_lines
from ..examples.type_names import PRESETS


@dataclass(frozen=True)
class DevSet:
    """A dev split.

    `kind` is the kind of text, a preset's name. `types` are those asked for; none: all that a line
    annotates. A corpus that is not `trained` is ground that the model has never seen.
    """

    corpus: str
    kind: str
    types: tuple[str, ...] = ()
    trained: bool = True


#: the six corpora that all models of this project have been tuned on
OLD = ("bc5cdr", "ncbi-disease", "bc2gm", "anatem", "linnaeus", "cancer-genetics")

SETS = (
    *(DevSet(corpus, "literature") for corpus in OLD),
    DevSet("bc5cdr-abstracts", "literature"),
    DevSet("biored", "literature", ("Chemical", "Disease", "Gene", "Species")),
    DevSet("craft", "literature", ("Gene", "Chemical", "Species", "Anatomy")),
    DevSet("jnlpba", "literature"),
    DevSet("drugprot", "literature", ("Chemical", "Gene")),
    DevSet("nlm-gene", "literature"),
    DevSet("tmvar3", "literature"),
    DevSet("seth", "literature"),
    DevSet("species-800", "literature", trained=False),
    DevSet("gsc-hpo", "literature", trained=False),
    DevSet("maccrobat", "note", PRESETS["note"]),
    DevSet("chia", "trial", PRESETS["trial"]),
    DevSet("neurotrial", "trial", ("Condition", "Drug")),
    DevSet("phee", "safety", PRESETS["safety"]),
    DevSet("ade", "safety", trained=False),
)


def available(corpora: str | Path, only: str) -> list[DevSet]:
    """The dev splits that are in the folder, of the corpora named or of all.

    Raises `ValueError` if there is none.
    """
    names = [name for name in only.split(",") if name]
    there = [dev for dev in SETS if (Path(corpora) / dev.corpus / "dev.jsonl").is_file()]
    chosen = [dev for dev in there if not names or dev.corpus in names]
    if not chosen:
        raise ValueError(f"no dev split of a known corpus in {corpora}")
    return chosen


def read(corpora: str | Path, dev: DevSet) -> list[str]:
    """The lines of a dev split, with its types alone."""
    lines = read_lines(corpora, dev.corpus, "dev")
    return restrict(lines, dev.types) if dev.types else lines


def restrict(lines: list[str], types: tuple[str, ...]) -> list[str]:
    """Corpus lines asked for `types` alone, in this order, as far as they annotate them."""
    restricted = []
    for line in lines:
        value = json.loads(line)
        kept = [kind for kind in types if kind in value["types"]]
        if kept:
            entities = [entity for entity in value["entities"] if entity["type"] in kept]
            restricted.append(json.dumps(value | {"types": kept, "entities": entities}))
    return restricted


def rename(lines: list[str], names: dict[str, str]) -> list[str]:
    """Corpus lines whose types have other names."""
    renamed = []
    for line in lines:
        value = json.loads(line)
        types = [names.get(kind, kind) for kind in value["types"]]
        entities = [e | {"type": names.get(e["type"], e["type"])} for e in value["entities"]]
        renamed.append(json.dumps(value | {"types": types, "entities": entities}))
    return renamed
