import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

from bioner_training import calibrate
from bioner_training.calibrate import Calibration
from bioner_training.evaluation.dev_sets import DevSet
from bioner_training.model import gguf_file
from bioner_training.model.gguf_file import ModelFile
from bioner_training.quantization.scheme import parse_scheme
from tests.tiny_model import write_model


class Calibrate(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        plain = ModelFile(write_model(self.folder / "plain.gguf"))
        self.path = self.folder / "stored.gguf"
        scheme = parse_scheme("blk.0.*=Q8_0,*.ffn_down=F16,*=Q5_0")
        gguf_file.write(self.path, plain, plain.tensors(), scheme)

    def test_the_weights_stay_byte_for_byte(self):
        out = self.folder / "out.gguf"
        calibrate.write(out, ModelFile(self.path), "compact", Calibration(0.25, -0.5), {})
        before, after = ModelFile(self.path), ModelFile(out)
        self.assertEqual(after.field(calibrate.SCALE), 0.25)
        self.assertEqual(after.field(calibrate.SHIFT), -0.5)
        self.assertEqual(after.field(calibrate.FORMAT), "compact")
        self.assertEqual(after.types(), before.types())
        for one, other in zip(before.reader.tensors, after.reader.tensors, strict=True):
            self.assertEqual(one.name, other.name)
            np.testing.assert_array_equal(one.data, other.data)

    def test_another_calibration_replaces_the_one_there_is(self):
        once, twice = self.folder / "once.gguf", self.folder / "twice.gguf"
        calibrate.write(once, ModelFile(self.path), "compact", Calibration(0.25, -0.5), {})
        calibrate.write(
            twice,
            ModelFile(once),
            "lines-grouped",
            Calibration(0.75, 0.5),
            {"note": Calibration(2, -1)},
            "tiny",
        )
        self.assertEqual(ModelFile(twice).field(calibrate.SCALE), 0.75)
        self.assertEqual(ModelFile(twice).field(calibrate.FORMAT), "lines-grouped")
        self.assertEqual(ModelFile(twice).field(calibrate.PRESETS), "note 2 -1")
        self.assertEqual(ModelFile(twice).field("general.name"), "tiny")

    def test_names_of_the_weights_are_not_for_the_adapters(self):
        path, model = self.folder / "sets.gguf", ModelFile(self.path)
        sets = "Cell, Cell type\nGene, Protein\nChemical, Drug, Disease, Condition\nDisease, Gene"
        stored = parse_scheme("*=F32")
        gguf_file.write(path, model, model.tensors(), stored, {calibrate.TYPE_SETS: sets})
        names = calibrate.names_of_weights(ModelFile(path))
        self.assertEqual(names, ["Cell", "Cell type", "Gene", "Protein", "Chemical", "Disease"])

    def test_sets_of_types_of_an_older_model_are_not_kept(self):
        old, new = self.folder / "old.gguf", self.folder / "new.gguf"
        stored, model = parse_scheme("*=F32"), ModelFile(self.path)
        gguf_file.write(old, model, model.tensors(), stored, {calibrate.TYPE_SETS: "Gene\nDisease"})
        calibrate.write(new, ModelFile(old), "compact", Calibration(0.25, -0.5), {})
        self.assertEqual(ModelFile(new).field(calibrate.TYPE_SETS), "")

    def test_at_most_half_of_a_split_is_used(self):
        corpus = self.folder / "bc5cdr"
        corpus.mkdir()
        lines = [json.dumps({"id": str(n)}) for n in range(7)]
        dev = DevSet("bc5cdr", "literature")
        (corpus / "dev.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.assertEqual(calibrate.calibration_lines(self.folder, dev, 2), lines[:2])
        self.assertEqual(calibrate.calibration_lines(self.folder, dev, 300), lines[:3])


if __name__ == "__main__":
    unittest.main()
