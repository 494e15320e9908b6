#!/bin/sh
# pubmed_parser 0.5.1 cannot read a PMC article that has no date of a printed issue or a collection.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pubmed_parser==0.5.1
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
import pubmed_parser

def read(dates):
    with open("article.nxml", "w", encoding="utf-8") as file:
        file.write(f"""<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front>
<journal-meta><journal-title-group><journal-title>Example</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmc">PMC101</article-id>
<title-group><article-title>Gout</article-title></title-group>{dates}</article-meta></front></article>
""")
    try:
        return pubmed_parser.parse_pubmed_xml("article.nxml")["publication_year"]
    except KeyError as error:
        return repr(error)

DATE = "<day>1</day><month>2</month><year>2020</year>"
print("pubmed_parser", version("pubmed_parser"))
for attributes, expected in {
    'pub-type="ppub"': 2020,
    'pub-type="collection"': 2020,
    'pub-type="epub"': "KeyError('year')",
    'date-type="pub" publication-format="electronic"': "KeyError('year')",
}.items():
    result = read(f"<pub-date {attributes}>{DATE}</pub-date>")
    print(f"<pub-date {attributes}>: {result}")
    assert result == expected
EOF
