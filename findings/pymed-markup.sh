#!/bin/sh
# pymed 0.8.9 ends a title or an abstract at its first markup, and gives an article the PubMed identifiers of its references.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pymed==0.8.9 pymedx==0.5.1 lxml==6.1.3
"$folder/venv/bin/python" -W ignore - <<'EOF'
from importlib.metadata import version
from xml.etree import ElementTree
from lxml import etree
from pymed.article import PubMedArticle
from pymedx.article import PubMedArticle as OtherArticle

def xml(title, abstract):
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">99900001</PMID><Article PubModel="Print">
<Journal><JournalIssue CitedMedium="Print"><PubDate><Year>2020</Year></PubDate></JournalIssue><Title>Example</Title></Journal>
<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{abstract}</AbstractText></Abstract>
<AuthorList><Author><LastName>Example</LastName></Author></AuthorList></Article></MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="pubmed"><Year>2020</Year><Month>1</Month><Day>2</Day></PubMedPubDate></History>
<ArticleIdList><ArticleId IdType="pubmed">99900001</ArticleId></ArticleIdList><ReferenceList><Reference>
<ArticleIdList><ArticleId IdType="pubmed">99900002</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"""

print("pymed", version("pymed"), "pymedx", version("pymedx"))
for title, abstract, expected in [
    ("Role of TP53 in asthma.", "Ca2+ was low in gout.", ("Role of TP53 in asthma.", "Ca2+ was low in gout.")),
    ("Role of <i>TP53</i> in asthma.", "Ca<sup>2+</sup> was low in gout.", ("Role of ", "Ca")),
]:
    file = xml(title, abstract)
    article, other = PubMedArticle(xml_element=ElementTree.fromstring(file)), OtherArticle(xml_element=etree.fromstring(file))
    print(f"title {title!r}, abstract {abstract!r}")
    print(f"  pymed:  {article.title!r}, {article.abstract!r}, identifier {article.pubmed_id!r}")
    print(f"  pymedx: {other.title!r}, {other.abstract!r}, identifier {other.pubmed_id!r}")
    assert (article.title, article.abstract) == expected
    assert article.pubmed_id == "99900001\n99900002"
    assert (other.title, other.abstract, other.pubmed_id) == ("Role of TP53 in asthma.", "Ca2+ was low in gout.", "99900001")
EOF
