import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import gguf
import numpy as np
import torch

from bioner_training import calibrate, markers, train
from bioner_training.checksum import BadFile
from bioner_training.model import adapter_file
from bioner_training.model.batch import Sequence, pack
from bioner_training.model.gguf_file import ModelFile
from bioner_training.model.network import Model
from bioner_training.quantization.scheme import parse_scheme
from tests.tiny_corpora import write_corpora
from tests.tiny_model import write_model

RANK = 32


class Adapters(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.corpora = write_corpora(self.folder / "corpora")
        plain = write_model(self.folder / "plain.gguf")
        self.base = self.folder / "base.gguf"
        with contextlib.redirect_stdout(io.StringIO()):
            markers.main(["--model", str(plain), "--out", str(self.base), "--save", "Q8_0"])
        generator = torch.Generator().manual_seed(1)
        tokens = [torch.randint(10, 250, (30,), generator=generator).tolist() for _ in range(3)]
        self.batch = pack([Sequence(row, 5, 20) for row in tokens], prefix=True)

    def train(self, *more: str) -> Path:
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(train.main(self.command(*more)), 0)
        return self.folder / "run"

    def command(self, *more: str) -> list[str]:
        command = ["--corpora", str(self.corpora), "--base", str(self.base), "--only", "bc5cdr"]
        command += ["--run", str(self.folder / "run"), "--adapter", str(RANK), "--device", "cpu"]
        command += ["--dtype", "f32", "--threads", "1", "--tokens", "400", "--steps", "6"]
        command += ["--rate", "0.02", "--average", "0", "--formats", "compact", "--save", "Q8_0"]
        return [*command, "--prefix", "1", "--log-steps", "1", *more]

    def test_at_first_they_change_nothing(self):
        model = Model.load(ModelFile(self.base))
        before = model(self.batch)
        model.adapt(RANK, 300)
        torch.testing.assert_close(model(self.batch), before)

    def test_only_they_and_the_last_rows_of_the_embedding_are_trained(self):
        model = Model.load(ModelFile(self.base))
        first = markers.first_marker(ModelFile(self.base))
        model.adapt(RANK, first)
        model(self.batch).backward()
        trained = {name for name, p in model.named_parameters() if p.grad is not None}
        expected = {n for n, _ in model.named_parameters() if n.startswith("adapter_modules")}
        self.assertEqual(trained, expected | {"learned_rows"})
        self.assertEqual(model.learned_rows.shape, (len(model.embedding) - first, 64))

    def test_the_base_stays_and_the_file_has_what_was_trained(self):
        run = self.train("--quantize", "Q8_0", "--quantize-from", "0")
        old, new = ModelFile(self.base), ModelFile(run / "last.base.gguf")
        first = markers.first_marker(old)
        for one, other in zip(old.reader.tensors, new.reader.tensors, strict=True):
            rows = first if one.name == "token_embd.weight" else None
            np.testing.assert_array_equal(one.data[:rows], other.data[:rows])
        embeddings = [file.tensors()["token_embd.weight"][first:] for file in (old, new)]
        self.assertFalse(torch.equal(*embeddings))
        # the matrices with the products of the adapters added are a model that computes the same
        pairs = adapter_file.read(run / "last.adapters.Q8_0.gguf")
        tensors = new.tensors()
        self.assertEqual(len(pairs), 2 * 2 * 7)
        for name in [name for name in pairs if name.endswith(".lora_a")]:
            matrix = name.removesuffix(".lora_a")
            product = pairs[f"{matrix}.lora_b"] @ pairs[name]
            self.assertGreater(product.abs().max(), 0)
            tensors[matrix] = tensors[matrix] + product
        merged = Model(new.config, tensors)
        adapted = Model.load(new)
        adapted.adapt(RANK, first)
        state = torch.load(run / "checkpoint.pt", weights_only=True)["model"]
        adapted.load_state_dict(state)
        adapted.adapter_kind = adapted.rows_kind = "Q8_0"
        torch.testing.assert_close(adapted(self.batch), merged(self.batch), rtol=1e-4, atol=1e-4)
        self.assertGreater((merged(self.batch) - Model.load(old)(self.batch)).abs(), 0.01)

    def test_a_run_goes_on_from_a_file_and_leaves_the_base_as_it_is(self):
        first = self.train()
        source = first / "last.adapters.Q8_0.gguf"
        (first / "checkpoint.pt").unlink()
        self.base = self.folder / "next.gguf"
        (first / "last.base.gguf").replace(self.base)
        model = Model.load(ModelFile(self.base))
        model.adapt(RANK, markers.first_marker(ModelFile(self.base)))
        model.load_adapter(adapter_file.read(source))
        again = self.folder / "again.gguf"
        adapter_file.write(again, model.export_adapter(), parse_scheme("Q8_0"), RANK)
        before, after = adapter_file.read(source), adapter_file.read(again)
        self.assertEqual(before.keys(), after.keys())
        for name, tensor in before.items():
            torch.testing.assert_close(tensor, after[name])
        # with no rate it ends where it began; with one it does not, and the base stays
        start = source.rename(self.folder / "start.gguf")
        unchanged = self.train("--from-adapters", str(start), "--rate", "0")
        for name, tensor in adapter_file.read(unchanged / "last.adapters.Q8_0.gguf").items():
            torch.testing.assert_close(tensor, before[name])
        (unchanged / "checkpoint.pt").unlink()
        changed = self.train("--from-adapters", str(start))
        moved = adapter_file.read(changed / "last.adapters.Q8_0.gguf")
        self.assertTrue(any(not torch.equal(moved[name], before[name]) for name in moved))
        base = [ModelFile(path).stored()[0] for path in (self.base, changed / "last.base.gguf")]
        for name, data in base[0].items():
            np.testing.assert_array_equal(data, base[1][name])

    def test_adapters_that_do_not_fit_are_refused(self):
        source = self.train() / "last.adapters.Q8_0.gguf"
        for path, rank in ((self.base, RANK), (source, 2 * RANK)):
            errors = io.StringIO()
            with contextlib.redirect_stderr(errors):
                more = ("--from-adapters", str(path), "--adapter", str(rank))
                self.assertEqual(train.main(self.command(*more)), 2)
            self.assertRegex(errors.getvalue(), "is no file of adapters|does not fit")

    def test_metadata_are_added_and_replaced(self):
        run = self.train()
        source, once, twice = (
            run / "last.adapters.Q8_0.gguf",
            self.folder / "once.gguf",
            self.folder / "twice.gguf",
        )
        adapter_file.describe(source, once, {calibrate.FORMAT: "compact", calibrate.SCALE: 0.5})
        adapter_file.describe(once, twice, {calibrate.SCALE: 0.25})
        fields = gguf.GGUFReader(twice)
        for name, value in {
            "general.type": "adapter",
            "adapter.type": "lora",
            "adapter.lora.alpha": float(RANK),
            calibrate.FORMAT: "compact",
            calibrate.SCALE: 0.25,
        }.items():
            self.assertEqual(fields.get_field(name).contents(), value, name)
        for name, tensor in adapter_file.read(source).items():
            torch.testing.assert_close(adapter_file.read(twice)[name], tensor)
        with self.assertRaises(BadFile):
            adapter_file.describe(self.base, once, {})

    def test_a_rank_that_fills_no_blocks_is_refused(self):
        with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit):
            self.train("--adapter", "16")


if __name__ == "__main__":
    unittest.main()
