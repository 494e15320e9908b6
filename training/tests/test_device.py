import os
import subprocess
import sys
import unittest
from pathlib import Path

from bioner_training import store, weight_changes
from bioner_training.model import gguf_file
from bioner_training.model.gguf_file import ModelFile
from bioner_training.quantization.scheme import parse_scheme
from tests.temporary import WithModel

TRAINING = Path(__file__).parents[1]


class Device(WithModel):
    @property
    def work(self) -> Path:
        return self.folder / "work"

    def run_from(self, scheme: str) -> subprocess.CompletedProcess:
        """`device/run.sh` with a base stored by this scheme, and no corpora to train on."""
        self.work.mkdir()
        file = ModelFile(self.model)
        gguf_file.write(self.work / "base.gguf", file, file.tensors(), parse_scheme(scheme))
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        return subprocess.run(
            ["sh", "device/run.sh", str(self.work), "first", "215"],
            cwd=TRAINING,
            env={**os.environ, "PATH": path, "OUT": str(self.work / "out")},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_a_base_from_which_no_changes_can_be_made_is_refused_before_training(self):
        done = self.run_from("Q4_0")
        self.assertEqual(done.returncode, 2)
        self.assertIn("not stored by the scheme Q5_0", done.stderr)
        self.assertFalse((self.work / "out/first.err").exists())

    def test_training_starts_from_a_base_that_fits(self):
        done = self.run_from("Q5_0")
        self.assertNotIn("not stored by", done.stderr)
        self.assertIn("work/corpora", (self.work / "out/first.err").read_text("utf-8"))

    def test_weights_in_4_bits_are_stored_so_that_they_fit(self):
        shipped, base = self.folder / "shipped.gguf", self.folder / "base.gguf"
        for model, out, scheme in ((self.model, shipped, "Q4_0"), (shipped, base, "Q5_0")):
            arguments = ("--model", model, "--out", out, "--scheme", scheme, "--sample", 2)
            more = [str(argument) for argument in arguments]
            self.output_of(store.main, *more, "--only", "bc5cdr")
            weight_changes.check(out, scheme)


if __name__ == "__main__":
    unittest.main()
