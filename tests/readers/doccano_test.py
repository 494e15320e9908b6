"""JSON Lines for doccano, read by the import of doccano itself, and its exports, read back.

What the import needs of doccano's database, and of libraries for other formats, is empty here.
"""

import importlib.util
import json
import pathlib
import sys
import types
import warnings

import documents
from exports import ExportCase


class Empty(types.ModuleType):
    """A module in which every name is an empty class."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (types.SimpleNamespace,), {})


for name in ["examples", "labels", "label_types", "projects"]:
    sys.modules[name] = Empty(name)
    sys.modules[f"{name}.models"] = Empty(f"{name}.models")
for name in ["pyexcel", "pyexcel.exceptions", "seqeval", "seqeval.scheme"]:
    sys.modules[name] = Empty(name)
spec = importlib.util.find_spec("backend")
sys.path.append(str(pathlib.Path(spec.origin).parent))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it is written for an earlier pydantic
    from data_import.pipeline.data import TextData
    from data_import.pipeline.label import SpanLabel
    from data_import.pipeline.makers import ExampleMaker, LabelMaker
    from data_import.pipeline.parsers import JSONLParser
    from data_import.pipeline.readers import FileName, Reader


class Doccano(ExportCase):
    def test_read_by_doccano(self):
        path = self.convert("doccano", "a.jsonl")
        parser = JSONLParser(encoding="Auto")
        reader = Reader([FileName(str(path), path.name, path.name)], parser)
        (frame,) = reader.batch(1000)
        examples = ExampleMaker(None, TextData, exclude_columns=["label"])
        made_examples = examples.make(frame)
        labels = LabelMaker("label", SpanLabel).make(frame)
        self.assertEqual((parser.errors, examples.errors), ([], []))
        self.assertEqual(len(made_examples), len(documents.DOCUMENTS))
        for made, example in zip(documents.DOCUMENTS, made_examples, strict=True):
            self.assertEqual((example.text, example.meta), (made["text"], {"id": made["id"]}))
            found = [
                (label.start_offset, label.end_offset, label.label)
                for label in labels
                if label.example_uuid == example.uuid
            ]
            wanted = [(e["start"], e["end"], e["type"]) for e in made["entities"]]
            self.assertEqual(found, wanted)

    def test_its_exports_are_read(self):
        lines = []
        for made in documents.DOCUMENTS:
            spans = sorted((e["start"], e["end"], e["type"]) for e in made["entities"])
            lines.append({"id": made["id"], "text": made["text"], "label": spans, "Comments": []})
        path = self.path / "all.jsonl"
        # As doccano writes: not in ASCII.
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path.write_text(text, encoding="utf-8")
        for made, read in zip(documents.DOCUMENTS, self.convert_back(path), strict=True):
            self.assertEqual((read["id"], read["text"]), (made["id"], made["text"]))
            found = [(e["start"], e["end"], e["type"]) for e in read["entities"]]
            self.assertEqual(
                found, sorted((e["start"], e["end"], e["type"]) for e in made["entities"])
            )
