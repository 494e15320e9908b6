"""Writes adapters as GGUF files of their own, as llama.cpp has them.

The engine takes the bytes of a model followed by those of its adapters as one model.
"""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import torch

from ..checksum import BadFile
from ..quantization.ggml_blocks import to_blocks
from ..quantization.scheme import Scheme, format_of
from .gguf_file import dequantized, finish

ARCHITECTURE = "llama"


def write(path: str | Path, tensors: dict[str, torch.Tensor], stored: Scheme, rank: int) -> None:
    """Writes the tensors of `Model.export_adapter`, stored by a scheme of block formats."""
    writer = gguf.GGUFWriter(path, ARCHITECTURE)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(rank))
    for name, tensor in tensors.items():
        kind = format_of(stored, name)
        blocks = to_blocks(tensor.to("cpu", torch.float32).contiguous(), kind).numpy()
        writer.add_tensor(name, blocks, raw_dtype=gguf.GGMLQuantizationType[kind])
    finish(writer)


def read(path: str | Path) -> dict[str, torch.Tensor]:
    """The tensors that `write` was given, dequantized. Raises `BadFile` if it is no such file."""
    reader = open_file(path)
    return {tensor.name: dequantized(tensor) for tensor in reader.tensors}


def open_file(path: str | Path) -> gguf.GGUFReader:
    """A file of adapters, open. Raises `BadFile` if it is none."""
    try:
        reader = gguf.GGUFReader(path)
    except Exception as error:  # on damaged files the reader raises any error of NumPy
        raise BadFile(f"{path} cannot be read as GGUF: {error}") from error
    kind = reader.get_field("general.type")
    if kind is None or kind.contents() != "adapter":
        raise BadFile(f"{path} is no file of adapters")
    return reader


def describe(source: str | Path, path: str | Path, values: dict[str, object]) -> None:
    """Copies a file of adapters, with metadata of these names added or replaced.

    Raises `BadFile` if it is none.
    """
    reader = open_file(source)
    writer = gguf.GGUFWriter(path, ARCHITECTURE)
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name == "general.architecture" or name in values:
            continue
        writer.add_key_value(name, field.contents(), field.types[0])
    for name, value in values.items():
        writer.add_key_value(name, value, gguf.GGUFValueType.get_type(value))
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, np.array(tensor.data), raw_dtype=tensor.tensor_type)
    finish(writer)
