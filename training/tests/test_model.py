import tempfile
import unittest
from pathlib import Path

import torch
import torch.nn.functional as F

from bioner_training.checksum import BadFile, check_sha256
from bioner_training.model import decode, gguf_file
from bioner_training.model.attention import attend
from bioner_training.model.batch import Sequence, pack
from bioner_training.model.gguf_file import ModelFile
from bioner_training.model.layer import pair_halves, pair_neighbours
from bioner_training.model.network import PREFIX_KEY, Model
from bioner_training.quantization.ggml_blocks import round_trip
from bioner_training.quantization.scheme import format_of, parse_scheme
from tests.tiny_model import HEADS, KV_HEADS, LAYERS, WIDTH, write_model


def plain_logits(tensors, tokens: list[int], base: float, epsilon: float, question=range(0)):
    """The llama forward pass written a second time, straight from GGUF's conventions: one sequence,
    neighbours rotated together, no caches, no packing; the places of `question` see each other.
    Returns logits [tokens, vocabulary]."""
    width = WIDTH // HEADS

    def get(name: str) -> torch.Tensor:
        return tensors[f"{name}.weight"]

    x = get("token_embd")[tokens]

    def norm(x, weight):
        return x / (x.pow(2).mean(-1, keepdim=True) + epsilon).sqrt() * weight

    def turn(x):
        places = torch.arange(len(tokens))[:, None]
        angles = places * base ** (-torch.arange(0, width, 2) / width)
        pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], width // 2, 2).contiguous())
        spun = pairs * torch.polar(torch.ones_like(angles), angles)[:, None]
        return torch.view_as_real(spun).flatten(-2)

    for layer in range(LAYERS):
        block = f"blk.{layer}"
        h = norm(x, get(f"{block}.attn_norm"))
        q = turn((h @ get(f"{block}.attn_q").T).view(-1, HEADS, width))
        k = turn((h @ get(f"{block}.attn_k").T).view(-1, KV_HEADS, width))
        v = (h @ get(f"{block}.attn_v").T).view(-1, KV_HEADS, width)
        heads = []
        for head in range(HEADS):
            shared = head * KV_HEADS // HEADS
            scores = q[:, head] @ k[:, shared].T / width**0.5
            for i in range(len(tokens)):
                for j in range(i + 1, len(tokens)):
                    if i not in question or j not in question:
                        scores[i, j] = float("-inf")
            heads.append(scores.softmax(-1) @ v[:, shared])
        x = x + torch.cat(heads, -1) @ get(f"{block}.attn_output").T
        h = norm(x, get(f"{block}.ffn_norm"))
        x = (
            x
            + (F.silu(h @ get(f"{block}.ffn_gate").T) * (h @ get(f"{block}.ffn_up").T))
            @ get(f"{block}.ffn_down").T
        )
    return norm(x, get("output_norm")) @ get("token_embd").T


class WithModel(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(0)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = write_model(self.folder / "tiny.gguf")
        self.file = ModelFile(self.path)
        self.model = Model.load(self.file)

    def logits(self, tokens: list[int], question=range(0)) -> torch.Tensor:
        config = self.file.config
        return plain_logits(self.file.tensors(), tokens, config.rope_base, config.epsilon, question)


class Forward(WithModel):
    SEQUENCES = (
        Sequence([5, 9, 33, 7, 2], 0, 2),
        Sequence([8, 4, 2], 1, 1),
        Sequence([70, 71, 5, 5, 6, 90, 12, 2], 2, 6),
        Sequence([3, 2], 0, 1),
    )

    def test_packed_batches_compute_what_single_sequences_do(self):
        for prefix in (False, True):
            losses = []
            for tokens, question, answer in self.SEQUENCES:
                seen = range(question, answer) if prefix else range(0)
                logits = self.logits(tokens[:-1], seen)[answer - 1 :]
                learned = torch.tensor(tokens[answer:])
                losses.append(F.cross_entropy(logits, learned, reduction="none"))
            expected = torch.cat(losses).mean()
            for groups in (1, 2, 4, 7):
                with self.subTest(prefix=prefix, groups=groups):
                    loss = self.model(pack(self.SEQUENCES, groups, prefix))
                    torch.testing.assert_close(loss, expected)

    def test_a_fused_attention_kernel_agrees(self):
        q, k, v = torch.randn(2, 4, 9, 8), torch.randn(2, 2, 9, 8), torch.randn(2, 2, 9, 8)
        fused = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
        torch.testing.assert_close(attend(q, k, v), fused)
        mask = torch.randn(2, 1, 9, 9)
        wide = (t.repeat_interleave(2, dim=1) for t in (k, v))
        fused = F.scaled_dot_product_attention(q, *wide, attn_mask=mask)
        torch.testing.assert_close(attend(q, k, v, mask), fused)

    def test_dropout_leaves_something_out(self):
        exact = self.model(pack(self.SEQUENCES))
        self.model.functions.dropout = 0.5
        self.assertNotEqual(self.model(pack(self.SEQUENCES)).item(), exact.item())

    def test_every_parameter_learns(self):
        self.model(pack(self.SEQUENCES)).backward()
        for name, parameter in self.model.named_parameters():
            self.assertGreater(parameter.grad.abs().sum(), 0, name)

    def test_steps_along_the_gradient_lower_the_loss(self):
        optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01)
        losses = []
        for _ in range(8):
            loss = self.model(pack(self.SEQUENCES))
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
        self.assertEqual(losses, sorted(losses, reverse=True))

    def test_bfloat16_is_near(self):
        exact = self.model(pack(self.SEQUENCES))
        self.model.dtype = torch.bfloat16
        self.assertLess((self.model(pack(self.SEQUENCES)) - exact).abs() / exact, 0.02)


class Decode(WithModel):
    def test_writes_what_computing_everything_anew_would(self):
        for prefix in (False, True):
            with self.subTest(prefix=prefix):
                self.model.prefix = prefix
                self.check_writing(prefix)

    def check_writing(self, prefix: bool):
        prompts = [[5, 9, 33], [8], [70, 71, 5, 5, 6, 90, 12]]
        limits, questions = [12, 30, 7], [1, 0, 3]
        # batches of two: the shortest two, then the longest
        answers = decode.generate(self.model, prompts, 2, limits, batch=2, questions=questions)
        for prompt, limit, question, answer in zip(
            prompts, limits, questions, answers, strict=True
        ):
            seen = range(question, len(prompt)) if prefix else range(0)
            expected, probabilities = [], []
            while len(expected) < limit:
                last = self.logits(prompt + expected, seen)[-1].softmax(-1)
                probabilities.append(last.max())
                if int(last.argmax()) == 2:
                    break
                expected.append(int(last.argmax()))
            self.assertEqual(answer.tokens, expected)
            torch.testing.assert_close(
                torch.tensor(answer.probabilities), torch.stack(probabilities)
            )
            self.assertEqual(answer.finished, len(expected) < limit)

    def test_ends_where_the_end_is_written(self):
        # the hidden state's favourite token becomes the end
        prompt = [5, 9, 33]
        favourite = int(self.logits(prompt)[-1].argmax())
        answer = decode.generate(self.model, [prompt, [8]], favourite, [5, 5])[0]
        self.assertEqual((answer.tokens, answer.finished), ([], True))
        self.assertEqual(len(answer.probabilities), 1)


class Files(WithModel):
    def test_export_gives_back_every_tensor(self):
        tensors, exported = self.file.tensors(), self.model.export()
        self.assertEqual(tensors.keys(), exported.keys())
        for name, tensor in tensors.items():
            self.assertTrue(torch.equal(tensor, exported[name]), name)

    def test_reordering_rows_goes_both_ways(self):
        weight = torch.randn(WIDTH, 5)
        self.assertFalse(torch.equal(pair_halves(weight, HEADS), weight))
        self.assertTrue(torch.equal(pair_neighbours(pair_halves(weight, HEADS), HEADS), weight))

    def test_written_files_hold_the_rounded_weights_and_the_tokenizer(self):
        for text in ("F32", "F16", "Q8_0", "Q4_0", "*.attn_v=F16,*.ffn_*=Q8_0,*=Q4_0"):
            with self.subTest(scheme=text):
                scheme = parse_scheme(text)
                path = self.folder / "out.gguf"
                gguf_file.write(path, self.file, self.model.export(), scheme)
                written = ModelFile(path)
                self.assertEqual(written.config, self.file.config)
                for name in ("tokens", "merges", "token_type", "pre", "eos_token_id"):
                    key = f"tokenizer.ggml.{name}"
                    self.assertEqual(written.field(key), self.file.field(key))
                for name, tensor in written.tensors().items():
                    original = self.file.tensors()[name]
                    kind = format_of(scheme, name) if original.dim() > 1 else "F32"
                    self.assertEqual(written.types()[name], kind)
                    expected = round_trip(original, kind)
                    self.assertTrue(torch.equal(tensor, expected), name)

    def test_training_as_if_quantized_sees_the_written_weights(self):
        for text in ("Q4_0", "*.attn_v=Q8_0,*.ffn_up=Q8_0,*=Q4_0"):
            with self.subTest(scheme=text):
                path = self.folder / "out.gguf"
                gguf_file.write(path, self.file, self.model.export(), parse_scheme(text))
                batch = pack(Forward.SEQUENCES)
                expected = Model.load(ModelFile(path))(batch)
                self.model.quantize_as(parse_scheme(text))
                torch.testing.assert_close(self.model(batch), expected)
                self.model.quantize_as(None)

    def test_a_file_says_whether_questions_are_read_in_both_directions(self):
        self.assertFalse(self.model.prefix)
        path = self.folder / "out.gguf"
        for prefix in (True, False):
            changes = {PREFIX_KEY: prefix}
            gguf_file.write(path, self.file, self.model.export(), {"*": "F32"}, changes)
            self.assertEqual(Model.load(ModelFile(path)).prefix, prefix)

    def test_a_wrong_file_is_refused_by_name(self):
        with self.assertRaisesRegex(BadFile, "no model file"):
            ModelFile(self.folder / "missing.gguf")
        (self.folder / "broken.gguf").write_bytes(self.path.read_bytes()[:100])
        with self.assertRaisesRegex(BadFile, "broken.gguf"):
            ModelFile(self.folder / "broken.gguf")
        with self.assertRaisesRegex(BadFile, "not the expected file"):
            check_sha256(self.path, "0" * 64)


if __name__ == "__main__":
    unittest.main()
