#!/bin/sh
# bioconverters 4.1.1 with its default options makes "HER2(+)" and "HER2(-)" the same, in PubMed's XML and in PMC's.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bioconverters==4.1.1
cd "$folder"
cat > pubmed.xml <<'EOF'
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">99900001</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2026</Year></PubDate></JournalIssue><Title>Journal of Invented Results</Title></Journal>
<ArticleTitle>HER2(-) breast cancer</ArticleTitle>
<Abstract><AbstractText>CD4(+) cells were more frequent in HER2(+) than in HER2(-) tumours; (+)-catechin had no effect.</AbstractText></Abstract>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>
EOF
cat > pmc.xml <<'EOF'
<article><front><journal-meta><journal-title-group><journal-title>Journal of Invented Results</journal-title></journal-title-group>
</journal-meta><article-meta><article-id pub-id-type="pmid">99900002</article-id><title-group><article-title>HER2(-) breast
cancer</article-title></title-group><pub-date pub-type="epub"><year>2026</year></pub-date></article-meta></front>
<body><p>CD4(+) cells were more frequent in HER2(+) than in HER2(-) tumours; (+)-catechin had no effect.</p></body></article>
EOF
"$folder/venv/bin/python" - <<'EOF'
from importlib.metadata import version
from bioconverters import pmcxml2bioc, pubmedxml2bioc

print("bioconverters", version("bioconverters"))
for name, read in [("pubmed.xml", pubmedxml2bioc), ("pmc.xml", pmcxml2bioc)]:
    title, text = (passage.text for document in read(name) for passage in document.passages)
    print(name, [title, text])
    assert title == "HER2 breast cancer"
    assert text == "CD4 cells were more frequent in HER2 than in HER2 tumours;-catechin had no effect."
EOF
