"""PubMed's XML, read by bioner and by Biopython."""

import gzip
import html
import io
import re

from Bio import Entrez

from exports import ExportCase

DOCTYPE = (
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">'
)


def article(pmid, title, sections):
    """`sections`: (label or None, text with markup)."""
    abstract = "".join(
        f'<AbstractText Label="{label}" NlmCategory="METHODS">{text}</AbstractText>'
        if label
        else f"<AbstractText>{text}</AbstractText>"
        for label, text in sections
    )
    abstract = f"<Abstract>{abstract}</Abstract>" if sections else ""
    return f"""<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><Title>J</Title></Journal><ArticleTitle>{title}</ArticleTitle>
{abstract}</Article></MedlineCitation></PubmedArticle>
"""


ARTICLES = [
    ("1", "Role of <i>TP53</i> in H<sub>2</sub>O &amp; &#945;", [(None, "One <b>two</b>.")]),
    (
        "2",
        "\U0001d6fc-tocopherol,\n wrapped",
        [("BACKGROUND", "P &lt; 0.05 &amp; so."), ("AIMS &amp; METHODS", "Ca<sup>2+</sup>.")],
    ),
    ("3", "No abstract", []),
    ("2", "Another version", [("RESULTS", "Gout.")]),
]
FILE = (
    f'<?xml version="1.0" encoding="utf-8"?>\n{DOCTYPE}\n<PubmedArticleSet>\n'
    + "".join(article(*made) for made in ARTICLES)
    + '<DeleteCitation><PMID Version="1">77</PMID></DeleteCitation>\n</PubmedArticleSet>\n'
)


def plain(text):
    """Biopython keeps the tags of markup."""
    return " ".join(html.unescape(re.sub("<[^>]*>", "", text)).split())


class PubMed(ExportCase):
    def test_as_biopython_reads_it(self):
        path = self.path / "pubmed26n0001.xml.gz"
        path.write_bytes(gzip.compress(FILE.encode()))
        read = Entrez.read(io.BytesIO(FILE.encode()), escape=True)
        wanted = []
        for found in read["PubmedArticle"]:
            citation = found["MedlineCitation"]
            lines = [plain(citation["Article"]["ArticleTitle"])]
            for section in citation["Article"].get("Abstract", {}).get("AbstractText", []):
                label = getattr(section, "attributes", {}).get("Label")
                lines.append((f"{html.unescape(label)}: " if label else "") + plain(section))
            wanted.append((str(citation["PMID"]), "\n".join(lines)))
        found = [(document["id"], document["text"]) for document in self.convert_back(path)]
        self.assertEqual(found, wanted)

    def test_half_an_archive_is_read_as_far_as_it_goes(self):
        many = FILE.replace(
            "<DeleteCitation>",
            "".join(
                article(str(number), f"Title {number * 7919}", []) for number in range(100, 3000)
            )
            + "<DeleteCitation>",
        )
        data = gzip.compress(many.encode())
        path = self.path / "half.xml.gz"
        path.write_bytes(data[: len(data) // 2])
        read, told = self.convert_broken(path)
        self.assertRegex(told, r"line \d+: the file ends in the middle of its compressed data")
        self.assertGreater(len(read), 100)
        self.assertEqual([document["id"] for document in read[:4]], ["1", "2", "3", "2"])
