import unittest

import gguf
import numpy as np
import torch

from bioner_training.quantization import ggml_blocks
from bioner_training.quantization.scheme import format_of, parse_scheme

KINDS = {kind: gguf.GGMLQuantizationType[kind] for kind in ("Q8_0", "Q5_0", "Q4_0")}


def matrices():
    generator = torch.Generator().manual_seed(7)
    yield "normal", torch.randn(40, 96, generator=generator)
    yield "small", torch.randn(8, 64, generator=generator) * 1e-4
    yield "outliers", torch.randn(8, 64, generator=generator) ** 5
    yield "zeros", torch.zeros(2, 32)
    whole = torch.arange(-64, 64).float().reshape(2, 64)
    yield "ties", whole / 2
    yield "equal magnitudes", torch.tensor([[1.0, -1.0] * 16, [-3.0, 3.0] * 16])
    # halves just off a tie, where adding 0.5 rounds up by itself
    near = torch.full((1, 32), float(np.nextafter(np.float32(0.5), np.float32(0))))
    near[0, 0] = 127
    yield "just below a half", near


class Blocks(unittest.TestCase):
    def test_the_same_bytes_as_the_reference(self):
        for name, matrix in matrices():
            for kind, reference in KINDS.items():
                with self.subTest(matrix=name, kind=kind):
                    expected = gguf.quants.quantize(matrix.numpy(), reference)
                    got = ggml_blocks.to_blocks(matrix, kind).numpy()
                    np.testing.assert_array_equal(got, expected)

    def test_the_round_trip_is_what_a_reader_reads(self):
        for name, matrix in matrices():
            for kind, reference in KINDS.items():
                with self.subTest(matrix=name, kind=kind):
                    blocks = ggml_blocks.to_blocks(matrix, kind).numpy()
                    read = gguf.quants.dequantize(blocks, reference)
                    np.testing.assert_array_equal(
                        ggml_blocks.round_trip(matrix, kind).numpy(), read
                    )

    def test_what_was_rounded_once_stays(self):
        # Q8_0 alone: a narrow block of which no value has the largest magnitude scales anew
        for name, matrix in matrices():
            once = ggml_blocks.round_trip(matrix, "Q8_0")
            twice = ggml_blocks.round_trip(once, "Q8_0")
            self.assertLess((once - twice).abs().max(), 1e-3 * (once.abs().max() + 1e-9), name)

    def test_gradients_pass_unchanged(self):
        weight = torch.randn(4, 64, requires_grad=True)
        slope = torch.randn(4, 64)
        (ggml_blocks.fake_quantize(weight, "Q4_0") * slope).sum().backward()
        torch.testing.assert_close(weight.grad, slope)

    def test_refuses_rows_that_are_no_whole_blocks(self):
        with self.assertRaisesRegex(ValueError, "blocks of 32"):
            ggml_blocks.to_blocks(torch.zeros(2, 33), "Q8_0")


class Schemes(unittest.TestCase):
    def test_patterns_are_tried_in_order(self):
        scheme = parse_scheme("blk.0.*=F16,*.ffn_down=Q8_0,*=Q4_0")
        kinds = [
            format_of(scheme, f"{name}.weight")
            for name in ("blk.0.ffn_down", "blk.10.ffn_down", "blk.10.attn_q", "token_embd")
        ]
        self.assertEqual(kinds, ["F16", "Q8_0", "Q4_0", "Q4_0"])

    def test_narrow_formats_keep_the_embedding_better(self):
        for kind in ("Q5_0", "Q4_0"):
            scheme = parse_scheme(kind)
            self.assertEqual(format_of(scheme, "token_embd.weight"), "Q8_0")
            self.assertEqual(format_of(scheme, "blk.3.attn_k.weight"), kind)

    def test_refuses_what_it_does_not_know(self):
        for text in ("Q5_K", "blk.*=Q8_0", "*=Q3"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_scheme(text)


if __name__ == "__main__":
    unittest.main()
