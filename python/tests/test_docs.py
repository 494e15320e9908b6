"""The examples of `docs/python.md` are run as they stand."""

import doctest
import os
import re
import tempfile
import unittest
from unittest import mock

from .golden import ROOT
from .model import MODEL

PAGE = ROOT / "docs" / "python.md"


class Examples(unittest.TestCase):
    def test_give_what_they_say(self):
        page = PAGE.read_text("utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```$", page, re.M | re.S)
        self.assertGreater(len(blocks), 5)
        test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
        self.assertGreater(len(test.examples), 20)
        report = []
        here = os.getcwd()
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.dict(os.environ, BIONER_MODEL=str(MODEL)),
        ):
            os.chdir(folder)
            try:
                results = doctest.DocTestRunner().run(test, out=report.append)
            finally:
                os.chdir(here)
        self.assertEqual(results.failed, 0, "".join(report))


if __name__ == "__main__":
    unittest.main()
