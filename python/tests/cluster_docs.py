"""The examples of `docs/scaling.md` are run as they stand."""

import doctest
import gzip
import os
import re
import subprocess
import sysconfig
import unittest
import warnings
from pathlib import Path
from unittest import mock
from xml.sax.saxutils import escape

from .cluster import FOLDER, abstracts
from .golden import ROOT
from .model import MODEL

PAGE = ROOT / "docs" / "scaling.md"


def pubmed(rows: list[dict]) -> bytes:
    """Articles as a file of PubMed's baseline has them."""
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{row['id']}</PMID><Article>"
        f"<ArticleTitle>Of a drug.</ArticleTitle><Abstract><AbstractText>{escape(row['text'])}"
        "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
        for row in rows
    )
    return gzip.compress(f"<PubmedArticleSet>{articles}</PubmedArticleSet>".encode())


class Examples(unittest.TestCase):
    def setUp(self):
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas")
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(FOLDER)
        Path("pubmed.xml.gz").write_bytes(pubmed(abstracts(3)))
        Path("baseline").mkdir()
        for number in (1, 2):
            articles = pubmed(abstracts(4)[:: 3 - number])
            Path(f"baseline/pubmed26n000{number}.xml.gz").write_bytes(articles)
        programs = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
        environment = mock.patch.dict(os.environ, BIONER_MODEL=str(MODEL), PATH=programs)
        environment.start()
        self.addCleanup(environment.stop)

    def test_give_what_they_say(self):
        page = PAGE.read_text("utf-8")
        commands = re.findall(r"^```sh\n(.*?)^```$", page, re.M | re.S)
        commands = [block for block in commands if not block.startswith("pip ")]
        self.assertGreater(len(commands), 2)
        for block in commands:
            subprocess.run(["sh", "-ec", block], check=True)
        count = len(Path("found.jsonl").read_text("utf-8").splitlines())
        parts = [Path(f"found-{k}.jsonl").read_text("utf-8").splitlines() for k in (1, 2)]
        self.assertEqual([len(part) for part in parts], [2, 1])
        self.assertEqual(count, 3)
        blocks = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
        self.assertGreater(len(blocks), 3)
        test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
        self.assertGreater(len(test.examples), 20)
        report = []
        results = doctest.DocTestRunner().run(test, out=report.append)
        self.assertEqual(results.failed, 0, "".join(report))


if __name__ == "__main__":
    unittest.main()
