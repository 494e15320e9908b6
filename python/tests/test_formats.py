import csv
import io
import json
import unittest
from xml.etree import ElementTree

from bioner.engine import DEFAULT_FORMAT, FORMATS, ParseError, Sentence, align

from .golden import read

#: the formats whose answers say where a mention stands
PLACES = ("inline-xml", "inline-bracket", "inline-marker", "iob2", "json-occurrence")


def entities_of(golden: dict, sentence: Sentence) -> list[tuple[int, int, int]]:
    """The entities of a golden line in the view, where they stand at pieces."""
    found = []
    for entity in golden["entities"]:
        span = sentence.to_view(entity["start"], entity["end"])
        if span is not None:
            found.append((*span, golden["types"].index(entity["type"])))
    return found


def others_read(name: str, answer: str, types: list[str]) -> list[tuple[str, int]] | None:
    """The mentions and types of an answer as another library reads them.

    `None` for a format that only bioner reads.
    """
    text = answer.replace("\n ", "\n")[1:]
    if name in ("json-records", "json-occurrence"):
        return [(record["mention"], types.index(record["type"])) for record in json.loads(text)]
    if name == "json-grouped":
        return [(m, types.index(kind)) for kind, group in json.loads(text).items() for m in group]
    if name == "csv-records":
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        assert header == ["mention", "type"]
        return [(mention, types.index(kind)) for mention, kind in rows]
    if name == "xml-records":
        return [(e.text, types.index(e.get("type"))) for e in ElementTree.fromstring(text)]
    return None


class Golden(unittest.TestCase):
    def test_answers_are_written_to_the_letter_and_read_back(self):
        counts = dict.fromkeys(FORMATS, 0)
        for golden in read("formats.jsonl"):
            name, types = golden["format"], golden["types"]
            format = FORMATS[name]
            with self.subTest(format=name, text=golden["text"]):
                sentence = Sentence(golden["text"])
                entities = entities_of(golden, sentence)
                self.assertEqual(format.prompt(sentence, types), golden["prompt"])
                self.assertEqual(
                    golden["prompt"].partition("\n")[0] + "\n", format.instruction(types)
                )
                answer = format.render(sentence, types, entities)
                self.assertEqual(answer, golden["answer"])
                mentions = format.parse(sentence, types, answer)
                counts[name] += len(mentions)
                said = {(m.text, m.kind) for m in mentions}
                self.assertLessEqual(said, {(sentence.view[s:e], kind) for s, e, kind in entities})
                if name in PLACES:
                    placed = align(sentence, mentions)
                    self.assertEqual(len(placed), len(mentions))
                    self.assertLessEqual(set(placed), set(entities))
                    self.assertEqual(format.render(sentence, types, placed), answer)
        self.assertGreaterEqual(min(counts.values()), 25)

    def test_other_readers_read_what_is_written(self):
        counts = {}
        for golden in read("formats.jsonl"):
            name, types, answer = golden["format"], golden["types"], golden["answer"]
            with self.subTest(format=name, answer=answer):
                mentions = FORMATS[name].parse(Sentence(golden["text"]), types, answer)
                others = others_read(name, answer, types)
                if others is not None:
                    self.assertEqual(others, [(m.text, m.kind) for m in mentions])
                    counts[name] = counts.get(name, 0) + len(others)
        self.assertEqual(len(counts), 5)
        self.assertGreaterEqual(min(counts.values()), 25)

    def test_what_says_no_entities_is_refused(self):
        for refused in read("refused.jsonl"):
            with self.subTest(**refused), self.assertRaises(ParseError) as raised:
                sentence = Sentence(refused["text"])
                FORMATS[refused["format"]].parse(sentence, refused["types"], refused["answer"])
            self.assertEqual(raised.exception.code, "answer")
            self.assertLessEqual(raised.exception.at, len(refused["answer"]))


class Format(unittest.TestCase):
    def test_formats_are_found_by_name(self):
        self.assertIn(DEFAULT_FORMAT, FORMATS)
        self.assertEqual([format.name for format in FORMATS.values()], list(FORMATS))
        self.assertEqual(FORMATS[DEFAULT_FORMAT].phrase, "")

    def test_places_are_code_points(self):
        sentence = Sentence("🧬🧬 “naïve” fièvre, fièvre")
        format = FORMATS["inline-bracket"]
        answer = format.render(sentence, ["Sign"], [(11, 17, 0)])
        self.assertEqual(answer, ' 🧬🧬 "naïve" [fièvre | Sign], fièvre')
        (mention,) = format.parse(sentence, ["Sign"], answer)
        self.assertEqual((mention.text, mention.kind, mention.place), ("fièvre", 0, (11, 17)))
        with self.assertRaises(ParseError) as raised:
            format.parse(sentence, ["Sign"], answer.replace(", fièvre", ", fievre"))
        self.assertEqual(raised.exception.at, answer.rindex("è"))
        (mention,) = FORMATS["json-occurrence"].parse(
            sentence, ["Sign"], ' [{"mention": "fièvre", "type": "Sign", "occurrence": 2}]'
        )
        self.assertEqual(mention.place, 2)

    def test_what_is_no_whole_piece_or_no_type_is_left_out(self):
        sentence = Sentence("mild fever")
        wrong = [(0, 3, 0), (5, 10, 1), (5, 99, 0), (10, 5, 0), (5, 5, 0)]
        for name, format in FORMATS.items():
            nothing = format.render(sentence, ["Sign"], [])
            self.assertEqual(format.render(sentence, ["Sign"], wrong), nothing, name)
            self.assertNotEqual(format.render(sentence, ["Sign"], [(5, 10, 0)]), nothing, name)
