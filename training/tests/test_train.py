import io
import json
import tempfile
import unittest
from contextlib import redirect_stderr
from pathlib import Path
from unittest.mock import patch

import torch

from bioner_training import train
from bioner_training.model.batch import pack
from bioner_training.model.gguf_file import ModelFile
from bioner_training.training.run import Run
from tests.tiny_corpora import write_corpora
from tests.tiny_model import write_model


class Training(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.base = write_model(self.folder / "tiny.gguf")
        self.corpora = write_corpora(self.folder / "corpora")

    def options(self, run: str, **changes) -> list[str]:
        """The command line: `freeze_layers=1` is `--freeze-layers 1`, and `True` is a flag."""
        options = {
            "corpora": self.corpora,
            "base": self.base,
            "run": self.folder / run,
            "only": "bc5cdr,ncbi-disease",
            "tokens": 400,
            "device": "cpu",
            "dtype": "f32",
            "threads": 1,
            "log_steps": 1,
            "save": "F32;Q8_0",
            "average": 0.9,
            "rate": 3e-3,
        }
        given = []
        for name, value in {**options, **changes}.items():
            given.append(f"--{name.replace('_', '-')}")
            given += [] if value is True else [str(value)]
        return given

    def train(self, run: str, **changes) -> int:
        self.printed = io.StringIO()
        with redirect_stderr(self.printed):
            return train.main(self.options(run, **changes))

    def log(self, run: str) -> list[dict]:
        text = (self.folder / run / "log.jsonl").read_text()
        return [json.loads(line) for line in text.splitlines()]

    def assert_same_weights(self, run: str, other: str):
        for name in ("last.F32.gguf", "average.F32.gguf"):
            expected = ModelFile(self.folder / run / name).tensors()
            for tensor, value in ModelFile(self.folder / other / name).tensors().items():
                self.assertTrue(torch.equal(value, expected[tensor]), tensor)

    def test_memorizes_the_corpora(self):
        self.assertEqual(self.train("a", steps=60, augmented=0, notes=0), 0)
        losses = [line["loss"] for line in self.log("a")]
        self.assertLess(losses[-1], losses[0] / 2)

    def test_an_interrupted_run_ends_where_an_undisturbed_one_does(self):
        self.assertEqual(self.train("a", steps=24), 0)
        run = Run(train.arguments(self.options("b", steps=24)))
        for _ in range(11):
            run.update()
        run.save()
        self.assertEqual(self.train("b", steps=24), 0)
        self.assertIn("going on from step 11", self.printed.getvalue())
        self.assert_same_weights("a", "b")

    def test_a_run_that_needs_too_much_memory_says_so_and_goes_on_where_it_stopped(self):
        self.assertEqual(self.train("a", steps=8), 0)
        update = Run._update_packed

        def greedy(run, packed):
            if run.step == 5:
                torch.empty(2**60)
            return update(run, packed)

        with patch.object(Run, "_update_packed", greedy):
            self.assertEqual(self.train("b", steps=8), 2)
        self.assertIn("too little memory, use fewer --tokens", self.printed.getvalue())
        self.assertIn("stopped at step 5; the same command goes on", self.printed.getvalue())
        self.assertEqual(self.train("b", steps=8), 0)
        self.assertIn("going on from step 5", self.printed.getvalue())
        self.assert_same_weights("a", "b")

    def test_how_a_step_is_cut_does_not_matter(self):
        plain = {"steps": 3, "notes": 0, "examples": 6, "average": 0, "save": "F32"}
        self.train("whole", **plain, tokens=4000)
        self.train("cut", **plain, tokens=150)
        expected = ModelFile(self.folder / "whole" / "last.F32.gguf").tensors()
        for name, value in ModelFile(self.folder / "cut" / "last.F32.gguf").tensors().items():
            torch.testing.assert_close(value, expected[name], rtol=1e-3, atol=1e-4, msg=name)

    def test_the_rate_warms_up_and_decays_to_zero(self):
        self.train("a", steps=20, warmup=0.2)
        rates = [line["rate"] for line in self.log("a")]
        self.assertEqual(max(rates), rates[4])
        self.assertEqual(rates[4:], sorted(rates[4:], reverse=True))
        self.assertLess(rates[-1], 3e-3 / 10)

    def test_training_for_q4_0_helps_q4_0(self):
        self.train("plain", steps=40, save="Q4_0", notes=0, augmented=0)
        aware = {"quantize": "Q4_0", "quantize_from": 0.3}
        self.train("aware", steps=40, save="Q4_0", notes=0, augmented=0, **aware)
        losses = {}
        for name in ("plain", "aware"):
            run = Run(train.arguments(self.options(f"{name}-2", notes=0, augmented=0)))
            state = ModelFile(self.folder / name / "last.Q4_0.gguf")
            model = type(run.model).load(state)
            _, _, sequences = next(run.feed.batches(0, 0))
            losses[name] = model(pack(sequences)).item()
        self.assertLess(losses["aware"], losses["plain"])

    def test_rows_learn_what_packed_batches_do(self):
        plain = {"steps": 1, "notes": 0, "average": 0, "save": "F32", "tokens": 20000}
        self.train("packed", **plain)
        self.train("rows", **plain, row=1000)
        expected = ModelFile(self.folder / "packed" / "last.F32.gguf").tensors()
        for name, value in ModelFile(self.folder / "rows" / "last.F32.gguf").tensors().items():
            torch.testing.assert_close(value, expected[name], rtol=1e-3, atol=1e-4, msg=name)

    def test_the_loss_falls_with_agreement(self):
        more = {"steps": 12, "row": 250, "tokens": 2000, "agreement": 0.5, "dropout": 0.1}
        self.assertEqual(self.train("a", **more), 0)
        losses = [line["loss"] for line in self.log("a")]
        self.assertLess(losses[-1], losses[0])

    def test_the_average_of_cycles_is_that_of_their_ends(self):
        more = {"steps": 20, "cycles": 2, "cycle_share": 0.5, "cycle_rate": 0.5, "save": "F32"}
        self.assertEqual(self.train("a", **more), 0)
        rates = [line["rate"] for line in self.log("a")]
        # the peak of each later decay is half that of the first
        rises = [i for i in range(1, 20) if rates[i] > rates[i - 1] and rates[i - 1] < 1e-3]
        self.assertEqual([i for i in rises if i in (11, 16)], [11, 16], rates)
        self.assertLessEqual(max(rates[10:]), 1.5e-3)
        ends = []
        for steps in (10, 15, 20):
            run = Run(train.arguments(self.options(f"to-{steps}", **more)))
            for _ in range(steps):
                run.update()
            ends.append(run.model.export())
        for name, value in ModelFile(self.folder / "a" / "average.F32.gguf").tensors().items():
            mean = sum(end[name] for end in ends) / 3
            torch.testing.assert_close(value, mean, rtol=1e-4, atol=1e-5, msg=name)

    def test_frozen_parts_stay_as_they_are(self):
        frozen = {"freeze_layers": 1, "freeze_embedding": True}
        self.assertEqual(self.train("a", steps=3, save="F32", **frozen), 0)
        before = ModelFile(self.base).tensors()
        after = ModelFile(self.folder / "a/last.F32.gguf").tensors()
        same = {name for name in before if torch.equal(before[name], after[name])}
        self.assertEqual(same, {n for n in before if n.startswith(("token_embd.", "blk.0."))})

    def test_sees_the_loss_on_dev_sentences(self):
        self.assertEqual(self.train("a", steps=2, check=3, check_minutes=0), 0)
        (first, second) = (line["dev_loss"] for line in self.log("a"))
        self.assertNotEqual(first, second)
        self.assertIn(f"last: loss {second:.4f}", self.printed.getvalue())
        self.assertRegex(self.printed.getvalue(), r"last: loss \d+\.\d+ on dev")
        self.assertRegex(self.printed.getvalue(), r"average: loss \d+\.\d+ on dev")

    def test_says_what_is_wrong(self):
        for change, message in (
            ({"corpora": self.folder / "none"}, "no corpus file"),
            ({"base": self.folder / "none.gguf"}, "no model file"),
            ({"base_sha256": "0" * 64}, "not the expected file"),
            ({"save": "Q9"}, "no such format"),
        ):
            with self.subTest(message=message):
                self.assertEqual(self.train("a", steps=1, **change), 2)
                self.assertIn(message, self.printed.getvalue())

    def test_rows_that_are_too_long_or_too_short_are_refused(self):
        for more in ({"row": 500}, {"row": 300, "agreement": 0.5}):
            with self.assertRaises(SystemExit):
                self.train("a", steps=1, **more)
            self.assertIn("--tokens must be a --row", self.printed.getvalue())
        self.assertEqual(self.train("a", steps=1, row=8), 2)
        self.assertIn("no examples", self.printed.getvalue())

    def test_a_damaged_checkpoint_is_refused(self):
        self.train("a", steps=1)
        (self.folder / "a" / "checkpoint.pt").write_bytes(b"nothing")
        self.assertEqual(self.train("a", steps=2), 2)
        self.assertIn("checkpoint.pt", self.printed.getvalue())


if __name__ == "__main__":
    unittest.main()
