import unittest

from bioner.engine import Mention, Sentence, align


class Alignment(unittest.TestCase):
    def found(self, text: str, *mentions: Mention):
        sentence = Sentence(text)
        return [(sentence.view[s:e], s, kind) for s, e, kind in align(sentence, mentions)]

    def test_every_occurrence_as_whole_words(self):
        found = self.found("β: PD and PDX; PD.", Mention("PD", 0))
        self.assertEqual(found, [("PD", 3, 0), ("PD", 15, 0)])

    def test_words_inside_a_longer_mention_belong_to_it(self):
        mentions = Mention("cancer", 0), Mention("breast cancer", 0)
        found = self.found("breast cancer is a cancer", *mentions)
        self.assertEqual(found, [("breast cancer", 0, 0), ("cancer", 19, 0)])

    def test_another_type_may_stand_inside_when_it_stands_nowhere_else(self):
        mentions = Mention("breast", 1), Mention("breast cancer", 0)
        found = self.found("breast cancer", *mentions)
        self.assertEqual(found, [("breast cancer", 0, 0), ("breast", 0, 1)])
        found = self.found("breast cancer of the breast", *mentions)
        self.assertEqual(found, [("breast cancer", 0, 0), ("breast", 21, 1)])

    def test_places_that_are_said_are_taken_at_their_word(self):
        text = "é PD or PD"
        self.assertEqual(self.found(text, Mention("PD", 0, 2)), [("PD", 8, 0)])
        self.assertEqual(self.found(text, Mention("PD", 0, (8, 10))), [("PD", 8, 0)])
        for nowhere in (Mention("PD", 0, 3), Mention("AD", 0), Mention("PD", 0, (8, 99))):
            self.assertEqual(self.found(text, nowhere), [])

    def test_a_mention_shows_what_it_is(self):
        self.assertEqual(
            repr(Mention("PD", 1, (8, 10))), 'Mention(text="PD", kind=1, place=(8, 10))'
        )
        self.assertIsNone(Mention("PD", 1).place)
