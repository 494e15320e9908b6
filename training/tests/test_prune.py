import json
import unittest

import torch

from bioner_training import prune
from bioner_training.model.gguf_file import ModelFile
from tests.temporary import WithModel


class Pruning(WithModel):
    def test_a_pruned_model_reads_the_corpora_as_before(self):
        out = self.folder / "pruned.gguf"
        files = ("--model", str(self.model), "--out", str(out))
        more = ("--only", "bc5cdr", "--common", "0", "--save", "F32")
        counts = json.loads(self.output_of(prune.main, *files, *more))
        before, after = ModelFile(self.model), ModelFile(out)
        self.assertLess(counts["kept"], counts["tokens"])
        self.assertEqual(after.config.vocabulary, counts["kept"])
        self.assertEqual(after.field("tokenizer.ggml.tokens")[after.end], "<|im_end|>")
        # every token kept its row
        old, new = (
            zip(
                file.field("tokenizer.ggml.tokens"),
                file.tensors()["token_embd.weight"],
                strict=True,
            )
            for file in (before, after)
        )
        old = dict(old)
        for token, row in new:
            self.assertTrue(torch.equal(row, old[token]))

    def test_pruning_keeps_what_tokens_are_merged_from(self):
        tokens = ["<e>", "a", "b", "c", "ab", "abc", "bc", "cc"]
        merges = ["a b", "ab c", "b c", "c c"]
        kinds = [3, 1, 1, 1, 1, 1, 1, 1]
        self.assertEqual(prune.kept_tokens(tokens, merges, kinds, {5}, 0), [0, 1, 2, 3, 4, 5])
        self.assertEqual(prune.kept_tokens(tokens, merges, kinds, set(), 1), [0, 1, 2, 3, 4])


if __name__ == "__main__":
    unittest.main()
