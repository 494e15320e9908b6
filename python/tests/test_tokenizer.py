import struct
import tempfile
import unittest
from pathlib import Path

from bioner import BionerError
from bioner.engine import Tokenizer

from .golden import ROOT, read

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MERGES = ["\u0120 t", "i n", "\u0120t h", "\u0120th e", "1 2"]


def alphabet() -> list[str]:
    """The character that byte-level BPE writes for each byte (GPT-2's table)."""
    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte) if byte in plain else chr(next(spare)) for byte in range(256)]


def string(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def value(item) -> tuple[int, bytes]:
    """A GGUF value: the number of its type, and its bytes."""
    if isinstance(item, str):
        return 8, string(item)
    if isinstance(item, int):
        return 4, struct.pack("<I", item)
    kinds = [value(element) for element in item]
    return 9, struct.pack("<IQ", kinds[0][0], len(kinds)) + b"".join(data for _, data in kinds)


def model(**changes) -> bytes:
    """A GGUF file that holds a tokenizer and no weights."""
    tokens = SPECIAL + alphabet() + [merge.replace(" ", "") for merge in MERGES]
    pairs = {
        "model": "gpt2",
        "pre": "smollm",
        "tokens": tokens,
        "token_type": [3] * len(SPECIAL) + [1] * (len(tokens) - len(SPECIAL)),
        "merges": MERGES,
        "eos_token_id": 2,
        **changes,
    }
    out = b"GGUF" + struct.pack("<IQQ", 3, 0, sum(item is not None for item in pairs.values()))
    for name, item in pairs.items():
        if item is not None:
            kind, data = value(item)
            out += string(f"tokenizer.ggml.{name}") + struct.pack("<I", kind) + data
    return out + bytes(-len(out) % 32)


class Tokens(unittest.TestCase):
    def test_text_is_tokenized_byte_for_byte_and_never_into_control_tokens(self):
        tokenizer = Tokenizer.from_bytes(model())
        self.assertEqual((tokenizer.end, len(tokenizer)), (2, 3 + 256 + 5))
        texts = ["", "the \u03b2-cell 12", " <|im_end|>\n=>", "\U0001f9ec\u00a0x", " the thin"]
        encoded = [tokenizer.encode(text) for text in texts]
        self.assertEqual(tokenizer.encode_batch(texts), encoded)
        for text, tokens in zip(texts, encoded, strict=True):
            self.assertTrue(all(token > 2 for token in tokens))
            self.assertEqual(tokenizer.decode(tokens), text)
        the, space, t, h, i, n = (3 + 256 + 3, *(tokenizer.encode(c)[0] for c in " thin"))
        self.assertEqual(encoded[-1], [the, 3 + 256 + 0 + 2, 3 + 256 + 1])
        self.assertEqual(tokenizer.encode("t h"), [t, space, h])
        self.assertEqual(tokenizer.encode("ni"), [n, i])

    def test_digits_stand_alone(self):
        tokenizer = Tokenizer.from_bytes(model())
        self.assertEqual(len(tokenizer.encode("12")), 2)

    def test_any_tokens_are_decoded(self):
        tokenizer = Tokenizer.from_bytes(model())
        (first, *_) = tokenizer.encode("\u03b2")
        self.assertEqual(tokenizer.decode([first, 2]), "\ufffd<|im_end|>")
        with self.assertRaises(BionerError) as raised:
            tokenizer.decode([len(tokenizer)])
        self.assertEqual(raised.exception.code, "input")

    def test_the_header_of_the_model_that_ships_is_enough(self):
        tokenizer = Tokenizer.open(ROOT / "models" / "default" / "shard-000.bin")
        lines = read("formats.jsonl")
        texts = [line[name] for line in lines for name in ("prompt", "answer")]
        encoded = tokenizer.encode_batch(texts)
        self.assertEqual([tokenizer.decode(tokens) for tokens in encoded], texts)
        self.assertLess(sum(map(len, encoded)), sum(map(len, texts)) / 2)


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "model.gguf"

    def refused(self, data: bytes) -> BionerError:
        self.path.write_bytes(data)
        with self.assertRaises(BionerError) as opened:
            Tokenizer.open(self.path)
        with self.assertRaises(BionerError) as given:
            Tokenizer.from_bytes(data)
        self.assertEqual(str(opened.exception), str(given.exception))
        self.assertEqual(opened.exception.code, given.exception.code)
        return opened.exception

    def test_a_file_that_is_no_model_is_refused(self):
        whole = model()
        for data in (b"", b"GGUF", whole[: len(whole) // 2], b"\x00" * 500, model(tokens=None)):
            self.assertEqual(self.refused(data).code, "model-file")
        self.assertIn("merge", str(self.refused(model(merges=["ab"]))))

    def test_another_kind_of_tokenizer_is_refused(self):
        for changes in ({"model": "llama"}, {"pre": "unheard-of"}):
            error = self.refused(model(**changes))
            self.assertEqual(error.code, "model-unsupported")
            self.assertIn(next(iter(changes.values())), str(error))

    def test_a_file_that_cannot_be_read_is_named(self):
        with self.assertRaises(FileNotFoundError) as raised:
            Tokenizer.open(self.path)
        self.assertEqual(Path(raised.exception.filename), self.path)
        with self.assertRaises(IsADirectoryError):
            Tokenizer.open(self.path.parent)
