#!/bin/sh
# pubmed_parser 0.5.1 puts spaces around markup inside a word in titles and abstracts of PMC articles.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pubmed_parser==0.5.1
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
import pubmed_parser

SENTENCE = "TNF-<italic>α</italic>, Ca<sup>2+</sup> and H<sub>2</sub>O<sub>2</sub> in p<italic>53</italic> cells."
FILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front>
<journal-meta><journal-title-group><journal-title>Example</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="pmc">PMC101</article-id>
<title-group><article-title>{SENTENCE}</article-title></title-group>
<pub-date pub-type="collection"><year>2020</year></pub-date>
<abstract><p>{SENTENCE}</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>{SENTENCE}</p></sec></body></article>
"""
with open("article.nxml", "w", encoding="utf-8") as file:
    file.write(FILE)
article = pubmed_parser.parse_pubmed_xml("article.nxml")
[paragraph] = pubmed_parser.parse_pubmed_paragraph("article.nxml", all_paragraph=True)
print("pubmed_parser", version("pubmed_parser"))
print("in the file:", SENTENCE)
print("title:    ", article["full_title"])
print("abstract: ", article["abstract"])
print("paragraph:", paragraph["text"])
split = "TNF- α , Ca 2+ and H 2 O 2 in p 53 cells."
assert " ".join(article["full_title"].split()) == article["abstract"] == split
assert paragraph["text"] == "TNF-α, Ca2+ and H2O2 in p53 cells."
EOF
