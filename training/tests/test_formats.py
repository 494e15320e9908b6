import csv
import io
import json
import random
import re
import unittest
from pathlib import Path
from xml.etree import ElementTree

from bioner_training.formats import FORMATS, ParseError, to_wire
from bioner_training.formats.common import CSV, JSON, XML, Scanner, backslash
from bioner_training.formats.common import flat, occurrence, of_type, once
from bioner_training.sentence import SPACE, SYMBOL, WORD, Sentence

GOLDEN = Path(__file__).parents[2] / "tests" / "golden"


def read(name):
    with open(GOLDEN / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def said(name, sentence, types, entities):
    """What a format says of the entities."""
    grouped = [of_type(sentence, kind, entities) for kind in range(len(types))]
    if name == "inline-marker":
        chosen = sum(grouped, [])
    elif name.endswith("-grouped"):
        chosen = [entity for group in grouped for entity in once(sentence, group)]
    else:
        chosen = flat(sentence, types, entities)
        if name.endswith(("-records", "-table")):
            chosen = once(sentence, chosen)

    def place(start, end):
        if name == "json-occurrence":
            return occurrence(sentence, start, end)
        return (start, end) if name.startswith(("inline", "iob2")) else None

    return [(sentence.view[s:e], kind, place(s, e)) for s, e, kind in chosen]


class Golden(unittest.TestCase):
    def test_writes_and_reads_what_the_engine_does(self):
        counts = dict.fromkeys(FORMATS, 0)
        for golden in read("formats.jsonl"):
            name, types = golden["format"], golden["types"]
            with self.subTest(format=name, text=golden["text"]):
                counts[name] += 1
                sentence = Sentence(golden["text"])
                entities = []
                for entity in golden["entities"]:
                    span = sentence.to_view(entity["start"], entity["end"])
                    if span is not None:
                        entities.append((*span, types.index(entity["type"])))
                prompt = f"Extract {', '.join(types)}{FORMATS[name].phrase}:\n{sentence.view}\n=>"
                self.assertEqual(prompt, golden["prompt"])
                answer = FORMATS[name].render(sentence, types, entities)
                self.assertEqual(answer, golden["answer"])
                mentions = FORMATS[name].parse(sentence, types, answer)
                self.assertEqual(mentions, said(name, sentence, types, entities))
        self.assertGreaterEqual(min(counts.values()), 25)

    def test_refuses_what_the_engine_refuses(self):
        for refused in read("refused.jsonl"):
            with self.subTest(**refused):
                sentence = Sentence(refused["text"])
                with self.assertRaises(ParseError):
                    FORMATS[refused["format"]].parse(sentence, refused["types"], refused["answer"])


class AnyText(unittest.TestCase):
    words = (
        "p53 p53 cancer lung IL-2 12 1.5 null true - -- ; | \" ' < > </ & &amp; &#9; <Cell> </Cell>"
        " [ ] [] { } \\ \\n \\; @ @@ # ## , : . * e\u0301 ;\u0301 \u0301 🧬 👨‍⚕️ α- “ ’ 糖尿病 \ufeff O"
    )
    ends = ["; ", " | ", " | Cell]", "- ", " #", ": ", ", ", "\n- ", "\t", "\0", "B-Cell"]
    bits = words.split(" ") + [" "] * 12 + ends
    types = ("Cell", "Cell line", "DNA/RNA", "-", "null", "I-Cell", "B", "12", "- x", "/Cell")

    def case(self, rng):
        sentence = Sentence("".join(rng.choices(self.bits, k=rng.randrange(14))))
        types = rng.sample(self.types, rng.randint(1, 4))
        entities = []
        for _ in range(rng.randrange(7) if sentence.pieces else 0):
            first = rng.randrange(len(sentence.pieces))
            last = min(first + rng.randrange(5), len(sentence.pieces) - 1)
            span = sentence.pieces[first].start, sentence.pieces[last].end
            entities.append((*span, rng.randrange(len(types))))
        return sentence, types, sorted(entities)

    def test_what_is_rendered_reads_back(self):
        rng = random.Random(1)
        for _ in range(400):
            sentence, types, entities = self.case(rng)
            for name, format in FORMATS.items():
                answer = format.render(sentence, types, entities)
                with self.subTest(format=name, types=types, answer=answer):
                    mentions = format.parse(sentence, types, answer)
                    self.assertEqual(mentions, said(name, sentence, types, entities))

    def test_anything_is_read_or_refused(self):
        rng = random.Random(2)
        refused = 0
        for _ in range(400):
            sentence, types, entities = self.case(rng)
            for format in FORMATS.values():
                answer = format.render(sentence, types, entities)
                at = rng.randrange(len(answer))
                answer = answer[:at] + rng.choice(self.bits) + answer[at + rng.randrange(2) :]
                try:
                    format.parse(sentence, types, answer)
                except ParseError:
                    refused += 1
        self.assertGreater(refused, 400)

    def test_other_readers_read_what_is_written(self):
        rng = random.Random(3)
        for _ in range(200):
            sentence, types, entities = self.case(rng)
            text = {name: FORMATS[name].render(sentence, types, entities) for name in FORMATS}
            flat = said("json-records", sentence, types, entities)
            pairs = [(mention, types[kind]) for mention, kind, _ in flat]
            records = [(r["mention"], r["type"]) for r in json.loads(text["json-records"])]
            self.assertEqual(records, pairs)
            rows = csv.reader(io.StringIO(text["csv-records"].replace("\n ", "\n")[1:]))
            self.assertEqual([tuple(row) for row in rows], [("mention", "type"), *pairs])
            elements = ElementTree.fromstring(text["xml-records"].strip())
            self.assertEqual([(e.text, e.get("type")) for e in elements], pairs)
            grouped = {name: [] for name in types}
            for mention, kind, _ in said("json-grouped", sentence, types, entities):
                grouped[types[kind]].append(mention)
            self.assertEqual(json.loads(text["json-grouped"]), grouped)

    def test_escapes_read_back(self):
        text = "\\ \" & < > | ; - [ ] @ # , \n \r \t \0 \x1f é 🧬 \\n &amp; \"\" \\u0041"
        for escape in (JSON, XML, CSV, backslash("[|"), backslash(";-"), backslash("@#")):
            scanner = Scanner(to_wire("^" + escape.apply(text) + "$"))
            scanner.expect("^")
            self.assertEqual(scanner.text(escape, "$"), text)
        self.assertEqual(to_wire("a\nb"), " a\n b")


class View(unittest.TestCase):
    def test_shows_printed_characters_and_single_spaces(self):
        sentence = Sentence("\n TNF\u2010\u03b1 \u201crose\u201d\u00a0\u2009by 5\u20137\t%\u2019 \x00")
        self.assertEqual(sentence.view, "TNF-\u03b1 \"rose\" by 5-7 %'")

    def test_spans_come_back_to_the_same_place(self):
        text = "A  \u201cfever\u201d,\n e\u0301tat 🤒\u200d⚕️ x\u00b2 of 39.5 °C; ५कि \u2160"
        sentence = Sentence(text)
        kinds = [piece.kind for piece in sentence.pieces]
        self.assertEqual(set(kinds), {WORD, SYMBOL, SPACE})
        for first in sentence.pieces:
            for last in sentence.pieces:
                span = sentence.to_source(first.start, last.end)
                if span is not None:
                    self.assertEqual(sentence.to_view(*span), (first.start, last.end))
        self.assertIsNone(sentence.to_view(0, 5))
        words = [text[p.source_start : p.source_end] for p in sentence.pieces if p.kind == WORD]
        expected = ["A", "fever", "e\u0301tat", "x\u00b2", "of", "39", "5", "C", "५कि", "\u2160"]
        self.assertEqual(words, expected)

    def test_the_view_covers_itself_with_pieces(self):
        for golden in read("formats.jsonl"):
            sentence = Sentence(golden["text"])
            whole = "".join(sentence.view[p.start : p.end] for p in sentence.pieces)
            self.assertEqual(whole, sentence.view)
            self.assertEqual(re.sub(r"^ | $|  ", "?", sentence.view), sentence.view)

    def test_finds_every_occurrence_at_whole_pieces(self):
        sentence = Sentence("p53, p531, p53-p53")
        self.assertEqual(list(sentence.occurrences("p53")), [(0, 3), (11, 14), (15, 18)])
        self.assertEqual(list(sentence.occurrences("")), [])


if __name__ == "__main__":
    unittest.main()
