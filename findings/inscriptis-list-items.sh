#!/bin/sh
# inscriptis 2.7.6 counts the bullet or number of a list item as part of the annotation that begins it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6 lxml==6.1.3
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
from inscriptis import get_annotated_text
from inscriptis.model.config import ParserConfig

print("inscriptis", version("inscriptis"))
config = ParserConfig(annotation_rules={"b": ["Disease"]})
for html, expected in {
    "<p><b>asthma</b>, also <b>gout</b></p>": ["asthma", "gout"],
    "<ul><li><b>asthma</b></li><li>also <b>gout</b></li></ul>": ["  * asthma", "gout"],
    "<ol><li><b>asthma</b></li><li>also <b>gout</b></li></ol>": [" 1. asthma", "gout"],
    "<div>History<div><b>asthma</b>, also <b>gout</b></div></div>": ["    asthma", "gout"],
}.items():
    result = get_annotated_text(html, config)
    text = result["text"]
    found = [text[start:end] for start, end, label in result["label"]]
    print(f"{html}\n  text {text!r}, annotations {found}")
    assert found == expected
EOF
