import unittest

from bioner_training.evaluation.score import Score


class Scoring(unittest.TestCase):
    def test_counts_strictly(self):
        score = Score()
        score.add(
            {(0, 4, "A"), (5, 9, "A"), (10, 12, "B")}, {(0, 4, "A"), (5, 8, "A"), (10, 12, "A")}
        )
        micro = score.report()["micro"]
        self.assertEqual((micro["right"], micro["found"], micro["gold"]), (1, 3, 3))
        self.assertEqual(micro["f1"], 33.33)


if __name__ == "__main__":
    unittest.main()
