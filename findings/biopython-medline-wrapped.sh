#!/bin/sh
# Bio.Medline of Biopython 1.88 reads the second line of a wrapped keyword, group or substance as an entry of its own.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check biopython==1.88 numpy==2.2.6
"$folder/venv/bin/python" - <<'EOF'
import io
from importlib.metadata import version
from Bio import Medline

print("Biopython", version("biopython"))
# A line that begins with six spaces continues the one above.
file = """
PMID- 99900001
TI  - An invented title that is long enough to be continued on the next line of this
      record.
AD  - Department of Invented Medicine, Example University Hospital, Example Street 1,
      Example City.
CN  - International Study Group for Connective Tissue Disease and Inflammatory
      Myopathies
MH  - Connective Tissue Diseases/classification/complications/diagnosis/*drug
      therapy
RN  - 0 (Receptors, Interleukin-2, Invented Long-Acting Recombinant Human Form of the
      Protein)
OT  - transforming growth factor beta receptor blockade in chronic inflammatory
      pain

"""
record = next(Medline.parse(io.StringIO(file)))
for field in ["TI", "AD", "CN", "MH", "RN", "OT"]:
    print(f"{field}: {record[field]!r}")
assert record["TI"].endswith("the next line of this record.")
assert len(record["AD"]) == len(record["MH"]) == 1
assert record["CN"][1:] == ["Myopathies"]
assert record["RN"][1:] == ["Protein)"]
assert record["OT"][1:] == ["pain"]
EOF
