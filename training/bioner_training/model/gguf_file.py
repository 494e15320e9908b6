"""Reads and writes GGUF files of the llama architecture.

Training starts from, evaluation reads and the browser loads the same kind of file. The metadata of
a written file (tokenizer, licence, sizes) are those of the file that its weights came from.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import torch

from ..checksum import BadFile
from ..quantization.ggml_blocks import to_blocks
from ..quantization.scheme import Scheme, format_of

FILE_TYPES = {
    "F32": gguf.LlamaFileType.ALL_F32,
    "F16": gguf.LlamaFileType.MOSTLY_F16,
    "Q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
    "Q5_0": gguf.LlamaFileType.MOSTLY_Q5_0,
    "Q4_0": gguf.LlamaFileType.MOSTLY_Q4_0,
}
SKIPPED = ("GGUF.", "general.architecture", "general.file_type", "general.quantization_version")


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


class ModelFile:
    """An open GGUF file: its sizes, its metadata and its tensors.

    Raises `BadFile` if it is missing, damaged or of another architecture. `end` is the token that
    ends an answer.
    """

    def __init__(self, path: str | Path):
        self.path = Path(path)
        if not self.path.is_file():
            raise BadFile(f"no model file at {self.path}")
        try:
            self.reader = gguf.GGUFReader(self.path)
        except Exception as error:  # on damaged files the reader raises any error of NumPy
            raise BadFile(f"{self.path} cannot be read as GGUF: {error}") from error
        architecture = self.field("general.architecture")
        if architecture != "llama":
            raise BadFile(f"{self.path}: architecture {architecture!r}, only llama is supported")
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
        """A metadata value; `BadFile` if the file has none of this name."""
        field = self.reader.get_field(name)
        if field is None:
            raise BadFile(f"{self.path} has no {name}")
        return field.contents()

    def tensors(self) -> dict[str, torch.Tensor]:
        """Every tensor, dequantized: name -> float32 [out_features, in_features] or [width]."""
        return {tensor.name: dequantized(tensor) for tensor in self.reader.tensors}

    def stored(self) -> tuple[dict[str, torch.Tensor], Scheme]:
        """Every tensor as the bytes of the file, and the formats, as `write` takes them."""
        tensors = {t.name: torch.from_numpy(np.array(t.data)) for t in self.reader.tensors}
        return tensors, {name.removesuffix(".weight"): kind for name, kind in self.types().items()}

    def types(self) -> dict[str, str]:
        """How each tensor is stored: name -> "Q8_0", "F32", ..."""
        return {tensor.name: tensor.tensor_type.name for tensor in self.reader.tensors}


def dequantized(tensor: gguf.ReaderTensor) -> torch.Tensor:
    """The values of a tensor of an open file, float32."""
    values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
    return torch.from_numpy(np.array(values, dtype=np.float32))


def write(
    path: str | Path,
    template: ModelFile,
    tensors: dict[str, torch.Tensor],
    stored: Scheme,
    changes: dict[str, object] | None = None,
) -> None:
    """Writes `tensors` as a GGUF file, stored by the scheme `stored`.

    An existing file is replaced atomically. The metadata are those of `template`, with `changes` in
    place of values of the same names or added (strings, integers, floats and booleans). A tensor of
    bytes has been quantized already: it holds blocks of the format that `stored` has for it.
    """
    temporary = Path(f"{path}.part")
    remaining = dict(changes or {})
    writer = gguf.GGUFWriter(temporary, "llama")
    for name, field in template.reader.fields.items():
        if name.startswith(SKIPPED):
            continue
        kind = field.types[0]
        sub_type = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        value = remaining.pop(name, None)
        value = field.contents() if value is None else value
        writer.add_key_value(name, value, kind, sub_type=sub_type)
    for name, value in remaining.items():
        writer.add_key_value(name, value, gguf.GGUFValueType.get_type(value))
    kinds = {n: format_of(stored, n) if t.dim() > 1 else "F32" for n, t in tensors.items()}
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
    finish(writer)
    temporary.replace(path)


def finish(writer: gguf.GGUFWriter) -> None:
    """Writes what was added to a writer, and closes its file."""
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
