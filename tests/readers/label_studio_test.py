"""Label Studio's tasks: checked as its import checks them, and its export read back."""

import json
import sys
import types

# It makes examples of tasks, which are not asked for here.
sys.modules["jsf"] = types.SimpleNamespace(JSF=None)

from label_studio_sdk.label_interface import LabelInterface  # noqa: E402

import documents  # noqa: E402
from exports import ExportCase  # noqa: E402

CHOICES = {
    "assertion": ["present", "absent", "possible"],
    "temporality": ["current", "historical", "hypothetical"],
    "experiencer": ["patient", "family"],
}


def config(made):
    """The labeling configuration of docs/FORMATS.md, with the types of some documents."""
    kinds = sorted({entity["type"] for document in made for entity in document["entities"]})
    labels = "".join(f'<Label value="{kind}"/>' for kind in kinds)
    choices = "".join(
        f'<Choices name="{name}" toName="text" perRegion="true">'
        + "".join(f'<Choice value="{value}"/>' for value in values)
        + "</Choices>"
        for name, values in CHOICES.items()
    )
    areas = "".join(
        f'<TextArea name="{name}" toName="text" perRegion="true"/>'
        for name in ["section", "identifier"]
    )
    text = f'<Text name="text" value="$text"/><Labels name="label" toName="text">{labels}</Labels>'
    return f"<View>{text}{choices}{areas}</View>"


def utf16(text, at):
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


class LabelStudio(ExportCase):
    def tasks(self, made):
        path = self.convert("label-studio", "tasks.json", made)
        return json.loads(path.read_text(encoding="utf-8"))

    def test_valid_for_its_import(self):
        for made in [documents.DOCUMENTS, [documents.SAID]]:
            interface = LabelInterface(config(made))
            interface.validate()
            tasks = self.tasks(made)
            self.assertEqual(len(tasks), len(made))
            for document, task in zip(made, tasks, strict=True):
                (prediction,) = task["predictions"]
                self.assertEqual(interface.validate_prediction(prediction, return_errors=True), [])
                text = task["data"]["text"]
                self.assertEqual((text, task["data"]["id"]), (document["text"], document["id"]))
                labels = [r for r in prediction["result"] if r["type"] == "labels"]
                self.assertEqual(len({region["id"] for region in labels}), len(labels))
                found = [
                    (
                        r["value"]["start"],
                        r["value"]["end"],
                        r["value"]["labels"],
                        r["value"]["text"],
                    )
                    for r in labels
                ]
                wanted = [
                    (utf16(text, e["start"]), utf16(text, e["end"]), [e["type"]], e["text"])
                    for e in document["entities"]
                ]
                self.assertEqual(found, wanted)

    def test_its_export_is_read(self):
        for made in [documents.DOCUMENTS, [documents.SAID]]:
            exported = []
            for number, task in enumerate(self.tasks(made), start=1):
                result = task["predictions"][0]["result"]
                annotation = {"id": number, "was_cancelled": False, "result": result}
                exported.append(
                    {
                        "id": number,
                        "annotations": [annotation],
                        "drafts": [],
                        "predictions": [],
                        "data": task["data"],
                        "meta": {},
                    }
                )
            path = self.path / "export.json"
            path.write_text(json.dumps(exported), encoding="utf-8")
            for document, read in zip(made, self.convert_back(path), strict=True):
                self.assertEqual(read["text"], document["text"])
                self.assertEqual(read.get("titleEnd"), document.get("titleEnd"))
                by_place = sorted(document["entities"], key=lambda e: (e["start"], e["end"]))
                self.assertEqual(read["entities"], by_place)
