"""JSON, read by Python, and Web Annotation, read by PyLD."""

import json
import pathlib

import pyld.jsonld

import documents
from exports import ExportCase


class Json(ExportCase):
    def test_json(self):
        read = json.loads(self.convert("json", "a.json").read_text(encoding="utf-8"))
        for made, document in zip(documents.DOCUMENTS, read, strict=True):
            self.assertEqual((document["id"], document["text"]), (made["id"], made["text"]))
            self.assertEqual(
                document["entities"],
                [
                    {
                        key: entity[key]
                        for key in ("start", "end", "type", "text", "score", "id")
                        if key in entity
                    }
                    for entity in made["entities"]
                ],
            )

    def test_web_annotation(self):
        read = json.loads(self.convert("web-annotation", "a.jsonld").read_text(encoding="utf-8"))
        terms = json.loads(
            (pathlib.Path(__file__).parent / "web_annotation_terms.json").read_text()
        )
        context = {
            "contextUrl": None,
            "documentUrl": "http://www.w3.org/ns/anno.jsonld",
            "document": terms,
        }
        expanded = pyld.jsonld.expand(
            read,
            {
                "base": "https://example.org/a.jsonld",
                "documentLoader": lambda url, options: context,
            },
        )
        oa = "http://www.w3.org/ns/oa#"
        rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"

        def value(node, name):
            return node[oa + name][0]["@value"]

        by_source = {}
        for annotation in expanded:
            self.assertEqual(annotation["@type"], [oa + "Annotation"])
            self.assertEqual(
                annotation["http://www.w3.org/2005/11/its/rdf#taConfidence"][0]["@value"], 0.9
            )
            (target,) = annotation[oa + "hasTarget"]
            source = target[oa + "hasSource"][0]["@id"]
            position, quote = target[oa + "hasSelector"]
            self.assertEqual(position["@type"], [oa + "TextPositionSelector"])
            self.assertEqual(quote["@type"], [oa + "TextQuoteSelector"])
            bodies = annotation[oa + "hasBody"]
            kind = bodies[0][rdf][0]["@value"]
            identifiers = [body[oa + "hasSource"][0]["@id"] for body in bodies[1:]]
            by_source.setdefault(source, []).append(
                (
                    value(position, "start"),
                    value(position, "end"),
                    kind,
                    value(quote, "exact"),
                    value(quote, "prefix"),
                    value(quote, "suffix"),
                    identifiers,
                )
            )
        self.assertEqual(len({annotation["@id"] for annotation in expanded}), len(expanded))
        annotated = [made for made in documents.DOCUMENTS if made["entities"]]
        self.assertEqual(len(by_source), len(annotated), "each document has a source of its own")
        for made, found in zip(annotated, by_source.values(), strict=True):
            text = made["text"]
            for entity, (start, end, kind, exact, prefix, suffix, identifiers) in zip(
                made["entities"], found, strict=True
            ):
                self.assertEqual(
                    (start, end, kind, exact),
                    (entity["start"], entity["end"], entity["type"], text[start:end]),
                )
                self.assertEqual(prefix, text[max(0, start - 32) : start])
                self.assertEqual(suffix, text[end : end + 32])
                wanted = [f"https://identifiers.org/{entity['id']}"] if "id" in entity else []
                self.assertEqual(identifiers, wanted)
