#!/bin/sh
# langextract 1.7.1 places a dose of "5 mg" inside "2.5 mg", as an exact match.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check absl-py==2.3.1 more-itertools==10.8.0 numpy==2.2.6 pandas==2.3.3 \
    pydantic==2.14.4 pyyaml==6.0.3 regex==2026.11.19 requests==2.34.2 tqdm==4.67.1
# Without the clients of models, which placing what a model answered does not need.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps langextract==1.7.1
"$folder/venv/bin/python" -W ignore - <<'EOF'
from importlib.metadata import version
from langextract.core.data import AlignmentStatus, Extraction, FormatType
from langextract.resolver import Resolver

print("langextract", version("langextract"))
# What a model answered, as langextract has parsed it.
for text, name, start in [
    ("Warfarin 2 mg was raised to 5 mg.", "5 mg", 28),
    ("Warfarin 2.5 mg was raised to 5 mg.", "5 mg", 11),
    ("Heparin 1,200 U, later 200 U.", "200 U", 10),
]:
    answer = [Extraction(extraction_class="Dose", extraction_text=name)]
    [placed] = Resolver(format_type=FormatType.JSON).align(answer, text, token_offset=0, char_offset=0)
    found = placed.char_interval
    print(f"{text!r}: {name!r} is at {found.start_pos} ({placed.alignment_status.value}), marked", end=" ")
    print(repr(f"{text[:found.start_pos]}[{text[found.start_pos:found.end_pos]}]{text[found.end_pos:]}"))
    assert placed.alignment_status is AlignmentStatus.MATCH_EXACT
    assert (found.start_pos, found.end_pos) == (start, start + len(name))
EOF
