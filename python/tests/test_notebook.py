"""The notebook of the documentation runs, and its outputs are those that are stored in it.

BIONER_BLESS=1 stores them anew.
"""

from __future__ import annotations

import os
import unittest
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from .model import MODEL

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
LARGEST = 100_000
"""Bytes: pictures in a repository should be small."""


def outputs(notebook: nbformat.NotebookNode) -> list[list[str]]:
    """What each code cell writes, as text; of a picture that it is one."""
    return [
        [output.get("text") or output["data"]["text/plain"] for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


class Notebook(unittest.TestCase):
    def test_it_writes_what_is_stored(self) -> None:
        stored = nbformat.read(NOTEBOOK, as_version=4)
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        os.environ["BIONER_MODEL"] = str(MODEL)
        client = NotebookClient(
            notebook,
            timeout=300,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(NOTEBOOK.parent)}},
        )
        client.execute()
        if os.environ.get("BIONER_BLESS"):
            notebook.metadata.language_info = {"name": "python"}  # not the version
            nbformat.write(notebook, NOTEBOOK)
            stored = notebook
        self.assertEqual(outputs(notebook), outputs(stored))
        pictures = [
            output
            for cell in notebook.cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        self.assertEqual(len(pictures), 1, "the chart")
        self.assertLess(NOTEBOOK.stat().st_size, LARGEST)


if __name__ == "__main__":
    unittest.main()
