"""Reads the weights and the tokenizer of a llama-architecture GGUF file, and writes them back.

The base model and every checkpoint is a GGUF file, so the file the browser loads, the file training
starts from and the file evaluation reads are one kind of file. Metadata (tokenizer, licence, sizes)
is carried over from the file the weights came from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import torch

from .quantize import Scheme, kind_of, to_blocks

FILE_TYPES = {
    "F32": gguf.LlamaFileType.ALL_F32,
    "F16": gguf.LlamaFileType.MOSTLY_F16,
    "Q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
    "Q5_0": gguf.LlamaFileType.MOSTLY_Q5_0,
    "Q4_0": gguf.LlamaFileType.MOSTLY_Q4_0,
}
SKIPPED = ("GGUF.", "general.architecture", "general.file_type", "general.quantization_version")


class BadModel(ValueError):
    """A model file that is missing, damaged, of another kind, or not the one expected."""


@dataclass(frozen=True)
class Config:
    """Sizes of a llama model, as its GGUF metadata gives them."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    ffn: int
    vocabulary: int
    rope_base: float
    epsilon: float

    @property
    def head_width(self) -> int:
        return self.width // self.heads


def sha256(path: str | Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def check_sha256(path: str | Path, expected: str) -> None:
    """Raises `BadModel` unless the file has this SHA-256."""
    found = sha256(path)
    if found != expected:
        raise BadModel(f"{path} is not the expected file: sha256 {found}, expected {expected}")


class ModelFile:
    """An open GGUF file: its sizes, its tensors in float32, its tokenizer."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        if not self.path.is_file():
            raise BadModel(f"no model file at {self.path}")
        try:
            self.reader = gguf.GGUFReader(self.path)
        except Exception as error:  # the reader raises whatever numpy does on damaged files
            raise BadModel(f"{self.path} cannot be read as GGUF: {error}") from error
        architecture = self.field("general.architecture")
        if architecture != "llama":
            raise BadModel(f"{self.path}: architecture {architecture!r}, only llama is supported")
        self.config = Config(
            layers=int(self.field("llama.block_count")),
            width=int(self.field("llama.embedding_length")),
            heads=int(self.field("llama.attention.head_count")),
            kv_heads=int(self.field("llama.attention.head_count_kv")),
            ffn=int(self.field("llama.feed_forward_length")),
            vocabulary=len(self.field("tokenizer.ggml.tokens")),
            rope_base=float(self.field("llama.rope.freq_base")),
            epsilon=float(self.field("llama.attention.layer_norm_rms_epsilon")),
        )
        self.end = int(self.field("tokenizer.ggml.eos_token_id"))

    def field(self, name: str):
        """A metadata value; `BadModel` if the file has none of this name."""
        field = self.reader.get_field(name)
        if field is None:
            raise BadModel(f"{self.path} has no {name}")
        return field.contents()

    def tensors(self) -> dict[str, torch.Tensor]:
        """Every tensor, dequantized: name -> float32 [out_features, in_features] or [width]."""
        return {
            tensor.name: torch.from_numpy(
                np.array(gguf.quants.dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
            )
            for tensor in self.reader.tensors
        }

    def types(self) -> dict[str, str]:
        """How each tensor is stored: name -> "Q8_0", "F32", ..."""
        return {tensor.name: tensor.tensor_type.name for tensor in self.reader.tensors}


def write(
    path: str | Path,
    template: ModelFile,
    tensors: dict[str, torch.Tensor],
    stored: Scheme,
    changes: dict[str, object] | None = None,
) -> None:
    """Writes `tensors` as GGUF with the metadata of `template`, `changes` put in for the values of
    the same names, or added (strings, integers and truth values); replaces the file at once. A tensor of bytes is one that is stored already: its
    blocks, of the format that `stored` has for it."""
    temporary = Path(f"{path}.part")
    left = dict(changes or {})
    writer = gguf.GGUFWriter(temporary, "llama")
    for name, field in template.reader.fields.items():
        if name.startswith(SKIPPED):
            continue
        kind = field.types[0]
        sub_type = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        value = left.pop(name, None)
        value = field.contents() if value is None else value
        writer.add_key_value(name, value, kind, sub_type=sub_type)
    for name, value in left.items():
        writer.add_key_value(name, value, gguf.GGUFValueType.get_type(value))
    kinds = {n: kind_of(stored, n) if t.dim() > 1 else "F32" for n, t in tensors.items()}
    matrices = Counter(kinds[name] for name, tensor in tensors.items() if tensor.dim() > 1)
    writer.add_file_type(FILE_TYPES[matrices.most_common(1)[0][0]])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    for name, tensor in tensors.items():
        kind = kinds[name]
        if tensor.dtype == torch.uint8:
            writer.add_tensor(name, tensor.numpy(), raw_dtype=gguf.GGMLQuantizationType[kind])
            continue
        value = tensor.detach().to("cpu", torch.float32).contiguous()
        if kind == "F32":
            writer.add_tensor(name, value.numpy())
        elif kind == "F16":
            writer.add_tensor(name, value.numpy().astype(np.float16))
        else:
            blocks = to_blocks(value, kind).numpy()
            writer.add_tensor(name, blocks, raw_dtype=gguf.GGMLQuantizationType[kind])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    temporary.replace(path)
