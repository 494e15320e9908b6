"""What the tests of all readers share: the documents, and their export by `bioner convert`.

The environment variable BIONER names the program.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

import documents

BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")


def flat(text):
    """The text on one line."""
    return BREAKS.sub(" ", text)


def words(text):
    return flat(text).split()


def xml_text(text):
    """The text without the characters that XML cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def given():
    """Each document with its title and abstract."""
    for made in documents.DOCUMENTS:
        end = made.get("titleEnd", len(made["text"]))
        yield made, made["text"][:end], made["text"][end + 1 :]


class ExportCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)

    def convert(self, form, name, made=None):
        """The path of documents in a format: of those of all tests, where no others are given."""
        given, path = self.path / "documents.json", self.path / name
        documents.write(given, made)
        done = self.run_convert(given, "--output-format", form, "--output", path)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return path

    def convert_back(self, path):
        """The documents of a file or a folder as bioner reads them, without problems."""
        done = self.run_convert(path, "--output-format", "json")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return json.loads(done.stdout)

    def convert_broken(self, path):
        """The documents of a file that is broken, and what is told of it."""
        done = self.run_convert(path, "--output-format", "json")
        self.assertEqual(done.returncode, 1)
        return json.loads(done.stdout), done.stderr

    def run_convert(self, given, *options):
        command = [os.environ["BIONER"], "convert", *options, given]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
