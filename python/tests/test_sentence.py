import random
import unittest
from itertools import pairwise

from bioner.engine import Sentence, sentences

from .golden import read


class Sentences(unittest.TestCase):
    def split(self, text: str) -> list[str]:
        return [text[start:end] for start, end in sentences(text)]

    def test_places_are_code_points(self):
        parts = ["🧬 β-Blockers vs. Placebo…", "TNF-α 上昇。", "“Naïve” p53 was lost."]
        self.assertEqual(self.split("  " + "\r\n\r\n".join(parts) + " "), parts)

    def test_nothing_but_white_space_is_left_out(self):
        generator = random.Random(5)
        for _ in range(500):
            text = "".join(
                generator.choices(
                    "aB.?! \n\r\t(),;0\u00e9\u3002-🧬\u00a0", k=generator.randint(0, 60)
                )
            )
            end = 0
            for start, stop in sentences(text):
                self.assertTrue(end <= start < stop <= len(text))
                self.assertEqual(text[end:start].strip(), "")
                end = stop
            self.assertEqual(text[end:].strip(), "")


class View(unittest.TestCase):
    def test_shows_printed_characters_and_single_spaces(self):
        sentence = Sentence(
            "\n TNF\u2010\u03b1 \u201crose\u201d\u00a0\u2009by 5\u20137\t%\u2019 \x00"
        )
        self.assertEqual(sentence.view, 'TNF-\u03b1 "rose" by 5-7 %\'')

    def test_spans_come_back_to_the_same_place(self):
        text = "A  \u201cfever\u201d,\n e\u0301tat 🤒\u200d⚕️ x\u00b2 of 39.5 °C; ५कि \u2160"
        sentence = Sentence(text)
        pieces = sentence.pieces
        self.assertEqual({piece.kind for piece in pieces}, {"word", "symbol", "space"})
        for first in pieces:
            for last in pieces:
                span = sentence.to_source(first.start, last.end)
                if span is not None:
                    self.assertEqual(span, (first.source_start, last.source_end))
                    self.assertEqual(sentence.to_view(*span), (first.start, last.end))
        words = [text[p.source_start : p.source_end] for p in pieces if p.kind == "word"]
        expected = ["A", "fever", "e\u0301tat", "x\u00b2", "of", "39", "5", "C", "५कि", "\u2160"]
        self.assertEqual(words, expected)

    def test_places_that_are_no_pieces_have_no_span(self):
        sentence = Sentence("é  fever")
        self.assertEqual(sentence.to_view(3, 8), (2, 7))
        for start, end in ((2, 8), (3, 7), (3, 9), (8, 3), (100, 200)):
            self.assertIsNone(sentence.to_view(start, end))
        self.assertTrue(sentence.starts_at(2) and sentence.ends_at(7))
        self.assertFalse(sentence.starts_at(1) or sentence.starts_at(7) or sentence.starts_at(99))

    def test_the_view_covers_itself_with_pieces(self):
        for golden in read("formats.jsonl"):
            sentence = Sentence(golden["text"])
            pieces = sentence.pieces
            self.assertEqual("".join(sentence.view[p.start : p.end] for p in pieces), sentence.view)
            for before, piece in pairwise(pieces):
                self.assertEqual((before.end, before.source_end), (piece.start, piece.source_start))

    def test_finds_every_occurrence_at_whole_pieces(self):
        sentence = Sentence("“p53”, p531, p53-p53")
        self.assertEqual(sentence.occurrences("p53"), [(1, 4), (13, 16), (17, 20)])
        self.assertEqual(sentence.occurrences(""), [])

    def test_lone_surrogates_are_refused(self):
        for call in (Sentence, sentences):
            with self.assertRaises(UnicodeEncodeError):
                call("a\ud800")
