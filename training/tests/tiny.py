"""A tiny model file and tiny corpora, made anew for each test that needs them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import gguf
import numpy as np

LAYERS, WIDTH, HEADS, KV_HEADS, FFN = 2, 64, 4, 2, 96
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MERGES = [("\u0120", "t"), ("i", "n"), ("\u0120t", "h"), ("\u0120th", "e"), ("a", "n"), ("q", "z")]


def byte_symbols() -> list[str]:
    """The character that byte-level BPE writes for each byte (GPT-2's table)."""
    plain = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    return [chr(byte) if byte in plain else chr(next(spare)) for byte in range(256)]


def write_model(path: Path, seed: int = 0) -> Path:
    """Writes a llama GGUF with random float32 weights and a byte-level tokenizer."""
    generator = np.random.default_rng(seed)
    tokens = SPECIAL + byte_symbols() + ["".join(pair) for pair in MERGES]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_block_count(LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(FFN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([3] * len(SPECIAL) + [1] * (len(tokens) - len(SPECIAL)))
    writer.add_token_merges([" ".join(pair) for pair in MERGES])
    writer.add_eos_token_id(2)

    def add(name: str, *shape: int) -> None:
        spread = generator.normal(0, 0.2, shape) if len(shape) > 1 else np.ones(shape)
        writer.add_tensor(f"{name}.weight", spread.astype(np.float32))

    narrow = WIDTH // HEADS * KV_HEADS
    add("token_embd", len(tokens), WIDTH)
    for layer in range(LAYERS):
        add(f"blk.{layer}.attn_norm", WIDTH)
        add(f"blk.{layer}.ffn_norm", WIDTH)
        add(f"blk.{layer}.attn_q", WIDTH, WIDTH)
        add(f"blk.{layer}.attn_k", narrow, WIDTH)
        add(f"blk.{layer}.attn_v", narrow, WIDTH)
        add(f"blk.{layer}.attn_output", WIDTH, WIDTH)
        add(f"blk.{layer}.ffn_gate", FFN, WIDTH)
        add(f"blk.{layer}.ffn_up", FFN, WIDTH)
        add(f"blk.{layer}.ffn_down", WIDTH, FFN)
    add("output_norm", WIDTH)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def marked(text: str, *mentions: tuple[str, str]) -> dict:
    """A corpus line: every occurrence of each (mention, type) in the text is an entity."""
    entities = []
    for mention, kind in mentions:
        at = text.find(mention)
        while at >= 0:
            entities.append({"start": at, "end": at + len(mention), "type": kind})
            at = text.find(mention, at + 1)
    return {"text": text, "entities": sorted(entities, key=lambda e: e["start"])}


SENTENCES = [
    marked("Aspirin-induced asthma (AIA) is common.", ("Aspirin", "Chemical"),
           ("asthma", "Disease"), ("AIA", "Disease")),
    marked("No effect was seen in the control group."),
    marked("L-dopa / carbidopa caused dyskinesia in 3 patients.", ("L-dopa", "Chemical"),
           ("carbidopa", "Chemical"), ("dyskinesia", "Disease")),
    marked("Patients with gout got colchicine 0.5 mg; gout improved.", ("gout", "Disease"),
           ("colchicine", "Chemical")),
    marked("TNF-alpha inhibitors and psoriasis.", ("psoriasis", "Disease")),
]  # fmt: skip


def write_corpora(folder: Path) -> Path:
    """Writes two corpora: one of Chemical and Disease, one of abstracts with Disease."""
    for name, types in (("bc5cdr", ["Chemical", "Disease"]), ("ncbi-disease", ["Disease"])):
        (folder / name).mkdir(parents=True)
        for split in ("train", "dev"):
            with open(folder / name / f"{split}.jsonl", "w", encoding="utf-8") as file:
                for number, line in enumerate(SENTENCES):
                    kept = [e for e in line["entities"] if e["type"] in types]
                    value = {"id": f"{name}-{number}", "types": types, **line, "entities": kept}
                    print(json.dumps(value), file=file)
    return folder


def write_program(path: Path, body: str) -> str:
    """Writes a program that stands for `bioner`: Python that has imported json and sys."""
    path.write_text(f"#!{sys.executable}\nimport json, sys\n{body}", encoding="utf-8")
    path.chmod(0o700)
    return str(path)
