"""Test cases with a temporary folder, and with a tiny model and corpora in it."""

import io
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tests.tiny_corpora import write_corpora


class WithFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)


class WithModel(WithFolder):
    def setUp(self):
        from tests.tiny_model import write_model  # needs gguf

        super().setUp()
        self.model = write_model(self.folder / "tiny.gguf")
        self.corpora = write_corpora(self.folder / "corpora")

    def output_of(self, main, *more: str) -> str:
        """What a program prints, which must succeed."""
        printed = io.StringIO()
        with redirect_stderr(io.StringIO()), redirect_stdout(printed):
            status = main(["--corpora", str(self.corpora), *more])
        self.assertEqual(status, 0)
        return printed.getvalue()
