import unittest

import torch
from bioner.engine import FORMATS, INVENTORY, MARKERS, Sentence, Tokenizer

from bioner_training import markers
from bioner_training.model.gguf_file import ModelFile
from tests.temporary import WithModel


class Markers(WithModel):
    def add(self, model, out):
        return markers.main(["--model", str(model), "--out", str(out), "--save", "F32"])

    def test_each_marker_is_one_token_and_all_else_stays(self):
        out = self.folder / "marked.gguf"
        self.assertEqual(self.add(self.model, out), 0)
        before, after = ModelFile(self.model), ModelFile(out)
        plain, marked = Tokenizer.open(self.model), Tokenizer.open(out)
        ids = [marked.encode(marker) for marker in MARKERS]
        self.assertEqual({len(tokens) for tokens in ids}, {1})
        self.assertEqual(len({token for (token,) in ids}), len(MARKERS))
        for text in ("Selegiline (5 mg) for a patient's gout.", "α-synuclein – 2 µm ≥ 1"):
            self.assertEqual(marked.encode(text), plain.encode(text))
        rows = after.tensors()["token_embd.weight"]
        old = before.tensors()["token_embd.weight"]
        self.assertTrue(torch.equal(rows[: len(old)], old))
        # a marker starts as the name of its type
        name = plain.encode(f" {INVENTORY['types'][0]['name']}")
        self.assertTrue(torch.allclose(rows[ids[0][0]], old[name].mean(0)))
        sentence = Sentence("gout")
        answer = FORMATS["compact"].render(sentence, ["Disease"], [(0, 4, 0)])
        self.assertEqual(len(marked.encode(answer)), 1 + len(plain.encode(" gout")))

    def test_a_model_that_has_them_is_refused(self):
        once, twice = self.folder / "once.gguf", self.folder / "twice.gguf"
        self.assertEqual(self.add(self.model, once), 0)
        self.assertEqual(self.add(once, twice), 2)
        self.assertFalse(twice.exists())


if __name__ == "__main__":
    unittest.main()
