"""CSV, read by Python, and CoNLL, read by conllu."""

import csv

import conllu

import documents
from exports import ExportCase, words


class Tables(ExportCase):
    def test_csv(self):
        with open(self.convert("csv", "a.csv"), encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        wanted = [(made, entity) for made in documents.DOCUMENTS for entity in made["entities"]]
        self.assertEqual(len(rows), len(wanted))
        for row, (made, entity) in zip(rows, wanted, strict=True):
            self.assertEqual(made["text"][int(row["start"]) : int(row["end"])], row["text"])
            self.assertEqual((row["type"], float(row["score"])), (entity["type"], 0.9))
        annotated = [made for made in documents.DOCUMENTS if made["entities"]]
        self.assertEqual(len({row["id"] for row in rows}), len(annotated))

    def test_conll(self):
        text = self.convert("conll", "a.conll").read_text(encoding="utf-8")
        sentences = conllu.parse(text, fields=["form", "tag"])
        read = []
        for sentence in sentences:
            if sentence[0]["form"] == "-DOCSTART-":
                read.append([])
                continue
            open_type = None
            for token in sentence:
                tag = token["tag"]
                if tag[0] == "B":
                    read[-1].append((tag[2:], [token["form"]]))
                elif tag[0] == "I":
                    self.assertEqual(tag[2:], open_type, "IOB2: what goes on has begun")
                    read[-1][-1][1].append(token["form"])
                open_type = tag[2:] if tag != "O" else None
        self.assertEqual(len(read), len(documents.DOCUMENTS))
        for made, mentions in zip(documents.DOCUMENTS, read, strict=True):
            wanted, end = [], 0
            for entity in sorted(made["entities"], key=lambda e: (e["start"], -e["end"])):
                if entity["start"] >= end:  # of those that overlap, the first and longest
                    end = entity["end"]
                    wanted.append(
                        (entity["type"].replace(" ", "_"), "".join(words(entity["text"])))
                    )
            self.assertEqual([(kind, "".join(tokens)) for kind, tokens in mentions], wanted)
