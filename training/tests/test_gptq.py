import unittest

import gguf
import torch

from bioner_training.quantization import gptq
from bioner_training.quantization.ggml_blocks import OFFSET, round_trip


def read(blocks: torch.Tensor, kind: str) -> torch.Tensor:
    stored = gguf.GGMLQuantizationType[kind]
    return torch.from_numpy(gguf.quants.dequantize(blocks.numpy(), stored))


class Rounding(unittest.TestCase):
    def setUp(self):
        generator = torch.Generator().manual_seed(5)
        self.weight = torch.randn(24, 96, generator=generator)
        mixing = torch.randn(96, 96, generator=generator)
        self.inputs = torch.randn(400, 96, generator=generator) @ mixing

    def error(self, stored: torch.Tensor) -> float:
        return float((self.inputs @ (stored - self.weight).T).pow(2).mean())

    def test_products_change_less_than_with_the_nearest_step(self):
        for kind in OFFSET:
            with self.subTest(kind=kind):
                plain = round_trip(self.weight, kind)
                blocks = gptq.round_matrix(self.weight, self.inputs.T @ self.inputs, kind)
                careful = read(blocks, kind)
                self.assertEqual(careful.shape, self.weight.shape)
                self.assertLess(self.error(careful), 0.7 * self.error(plain))

    def test_scales_round_with_less_error_than_the_reference(self):
        blocks = self.weight.reshape(-1, 32)
        for kind, offset in OFFSET.items():
            with self.subTest(kind=kind):
                scale = gptq.best_scale(blocks, torch.ones(32), kind)
                codes = (blocks / scale).round().clamp(-offset, offset - 1)
                ours = (blocks - scale * codes).pow(2).sum()
                theirs = (blocks - round_trip(blocks, kind)).pow(2).sum()
                self.assertLess(ours, theirs)

    def test_uncorrelated_inputs_round_each_for_itself(self):
        for kind, offset in OFFSET.items():
            with self.subTest(kind=kind):
                stored = read(gptq.round_matrix(self.weight, torch.eye(96), kind), kind)
                scale = gptq.best_scale(self.weight[:, :32], torch.ones(32), kind)
                codes = (self.weight[:, :32] / scale).round().clamp(-offset, offset - 1)
                torch.testing.assert_close(stored[:, :32], scale * codes)

    def test_with_plain_scales_rounding_again_changes_next_to_nothing(self):
        correlation = self.inputs.T @ self.inputs
        for kind in OFFSET:
            with self.subTest(kind=kind):
                stored = read(gptq.round_matrix(self.weight, correlation, kind, True), kind)
                again = round_trip(stored, kind)
                changed = (again - stored).abs() > 1e-3 * stored.abs() + 1e-6
                self.assertLess(float(changed.float().mean()), 0.03)
                best = read(gptq.round_matrix(self.weight, correlation, kind), kind)
                changed = (round_trip(best, kind) - best).abs() > 1e-3 * best.abs() + 1e-6
                self.assertGreater(float(changed.float().mean()), 0.1)
                plain = round_trip(self.weight, kind)
                self.assertLess(self.error(stored), 0.7 * self.error(plain))

    def test_zeros_stay_zeros(self):
        for kind in OFFSET:
            stored = read(gptq.round_matrix(torch.zeros(3, 64), torch.eye(64), kind), kind)
            self.assertEqual(float(stored.abs().max()), 0.0)


if __name__ == "__main__":
    unittest.main()
