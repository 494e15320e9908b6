import unittest

import gguf
import torch

from bioner_training import gptq, quantize


def read(blocks: torch.Tensor) -> torch.Tensor:
    kind = gguf.GGMLQuantizationType.Q4_0
    return torch.from_numpy(gguf.quants.dequantize(blocks.numpy(), kind))


class Rounding(unittest.TestCase):
    def setUp(self):
        generator = torch.Generator().manual_seed(5)
        self.weight = torch.randn(24, 96, generator=generator)
        mixing = torch.randn(96, 96, generator=generator)
        self.inputs = torch.randn(400, 96, generator=generator) @ mixing

    def error(self, stored: torch.Tensor) -> float:
        return float((self.inputs @ (stored - self.weight).T).pow(2).mean())

    def test_products_change_less_than_with_the_nearest_step(self):
        plain = quantize.round_trip(self.weight, "Q4_0")
        careful = read(gptq.round_matrix(self.weight, self.inputs.T @ self.inputs))
        self.assertEqual(careful.shape, self.weight.shape)
        self.assertLess(self.error(careful), 0.7 * self.error(plain))

    def test_scales_round_with_less_error_than_the_reference(self):
        blocks = self.weight.reshape(-1, 32)
        scale = gptq.best_scale(blocks, torch.ones(32))
        codes = (blocks / scale).round().clamp(-8, 7)
        ours = (blocks - scale * codes).pow(2).sum()
        theirs = (blocks - quantize.round_trip(blocks, "Q4_0")).pow(2).sum()
        self.assertLess(ours, theirs)

    def test_uncorrelated_inputs_round_each_for_itself(self):
        stored = read(gptq.round_matrix(self.weight, torch.eye(96)))
        scale = gptq.best_scale(self.weight[:, :32], torch.ones(32))
        wanted = scale * (self.weight[:, :32] / scale).round().clamp(-8, 7)
        torch.testing.assert_close(stored[:, :32], wanted)

    def test_zeros_stay_zeros(self):
        stored = read(gptq.round_matrix(torch.zeros(3, 64), torch.eye(64)))
        self.assertEqual(float(stored.abs().max()), 0.0)


if __name__ == "__main__":
    unittest.main()
