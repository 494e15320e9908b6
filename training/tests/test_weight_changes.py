import io
import tempfile
import unittest
from contextlib import redirect_stderr
from pathlib import Path

from bioner_training import weight_changes
from bioner_training.checksum import BadFile
from bioner_training.model import gguf_file
from bioner_training.model.gguf_file import ModelFile
from bioner_training.quantization.scheme import parse_scheme
from tests.tiny_model import write_model


class WeightChanges(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = ModelFile(write_model(self.folder / "tiny.gguf"))

    def stored(self, name: str, scheme: str, factor: float, changes=None) -> Path:
        path = self.folder / name
        tensors = {n: t * factor for n, t in self.file.tensors().items()}
        if factor < 0:
            tensors = dict(reversed(tensors.items()))
        gguf_file.write(path, self.file, tensors, parse_scheme(scheme), changes)
        return path

    def test_what_changed_makes_the_tuned_file_again(self):
        for scheme in ("Q8_0", "Q5_0", "Q4_0", "F16"):
            with self.subTest(scheme=scheme):
                base = self.stored("base.gguf", scheme, 1.0)
                # other values, a longer head, the tensors in another order
                tuned = self.stored("tuned.gguf", scheme, -1.07, {"general.name": "tuned " * 40})
                weight_changes.make(base, tuned, self.folder / "changes.npz")
                weight_changes.apply(base, self.folder / "changes.npz", self.folder / "again.gguf")
                self.assertEqual((self.folder / "again.gguf").read_bytes(), tuned.read_bytes())

    def test_a_base_is_stored_by_its_own_scheme_and_by_no_other(self):
        for stored in ("Q8_0", "Q5_0", "Q4_0", "F16"):
            base = self.stored("base.gguf", stored, 1.0)
            for scheme in ("Q8_0", "Q5_0", "Q4_0", "F16"):
                with self.subTest(stored=stored, scheme=scheme):
                    if stored == scheme:
                        weight_changes.check(base, scheme)
                    else:
                        with self.assertRaisesRegex(BadFile, f"not stored by the scheme {scheme}"):
                            weight_changes.check(base, scheme)

    def test_says_what_is_wrong(self):
        base, tuned = self.stored("base.gguf", "Q5_0", 1.0), self.stored("tuned.gguf", "Q5_0", 1.1)
        other = self.stored("other.gguf", "Q4_0", 1.0)
        file, damaged = self.folder / "changes.npz", self.folder / "damaged.npz"
        weight_changes.make(base, tuned, file)
        damaged.write_bytes(file.read_bytes()[:-200])
        again = self.folder / "again.gguf"
        for arguments, message in (
            (("check", base, "Q4_0"), "is in Q5_0, not in Q4_0; `bioner_training.store --scheme"),
            (("check", base, "Q3_0"), "no such format"),
            (("make", base, other, self.folder / "x.npz"), "stores them otherwise"),
            (("make", self.folder / "none.gguf", tuned, file), "no model file"),
            (("apply", tuned, file, again), "not the expected file"),
            (("apply", base, damaged, again), "has no changes of"),
        ):
            with self.subTest(message=message):
                printed = io.StringIO()
                with redirect_stderr(printed):
                    self.assertEqual(weight_changes.main([str(a) for a in arguments]), 2)
                self.assertIn(message, printed.getvalue())
                self.assertFalse(again.exists())


if __name__ == "__main__":
    unittest.main()
