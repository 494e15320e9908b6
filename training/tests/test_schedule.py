import unittest

from bioner_training.training.schedule import Schedule


class Rates(unittest.TestCase):
    def test_warms_up_and_decays(self):
        plain = Schedule(1.0, 0.1)
        self.assertEqual(plain.rate(0), 0.01)
        self.assertAlmostEqual(plain.rate(0.05), 0.5)
        self.assertAlmostEqual(plain.rate(0.1), 1.0)
        self.assertAlmostEqual(plain.rate(0.55), 0.5)
        self.assertAlmostEqual(plain.rate(1), 0.0)
        self.assertAlmostEqual(Schedule(1.0, 0.1, "cosine").rate(0.55), 0.5)
        self.assertAlmostEqual(Schedule(1.0, 0.1, "cosine").rate(0.325), 0.8536, places=4)
        self.assertEqual(Schedule(1.0, 0.1, "constant").rate(0.9), 1.0)

    def test_cycles_decay_again_from_lower_peaks(self):
        cycles = Schedule(1.0, 0.0, cycles=2, cycle_share=0.4, cycle_rate=0.5)
        self.assertAlmostEqual(cycles.rate(0.3), 0.5)
        self.assertAlmostEqual(cycles.rate(0.599999), 0.0, places=4)
        # each of 0.2 of the run: it rises for a tenth of that
        self.assertAlmostEqual(cycles.rate(0.62), 0.5)
        self.assertAlmostEqual(cycles.rate(0.82), 0.5)
        self.assertAlmostEqual(cycles.rate(0.91), 0.25)
        self.assertEqual(cycles.rate(1), 0.0)
        self.assertEqual(
            [cycles.phase(done)[0] for done in (0, 0.59, 0.61, 0.79, 0.81, 1)], [0, 0, 1, 1, 2, 2]
        )


if __name__ == "__main__":
    unittest.main()
