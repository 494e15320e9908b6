"""SmolLM2 (llama architecture) in plain PyTorch, for training.

A batch is *packed*: the tokens of all its sequences one after another, [tokens, width], so that no
work goes into padding. Only attention, whose cost is small at a sentence's length, sees the
sequences apart, as padded [sequences, heads, longest, head width] blocks of similar length; padding
stands behind the real tokens, so causal attention never looks at it.

Attention is causal, or a *prefix* is read in both directions (a prefix language model: Dong et al.,
arXiv 1905.03197): the question, which is the sentence asked about and what ends the prompt, sees
itself whole. The instruction before it still sees only itself, so that its keys and values serve
every sentence, and the answer is written one token after the other as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn

from .gguf_io import Config, ModelFile
from .loss import cross_entropy
from .quantize import Scheme, fake_quantize, kind_of


#: metadata of a GGUF file: whether its model reads questions in both directions
PREFIX_KEY = "bioner.attention.prefix"


class Sequence(NamedTuple):
    """The tokens of prompt, answer and end; where in them the question starts and the answer does.
    The answer's are what is learned."""

    tokens: list[int]
    question: int
    answer: int


@dataclass
class Group:
    """Sequences of similar length in a batch: tokens `start` to `end` of it. `slots` [end - start]
    says where each stands in the padded block of `sequences` x `longest`; none: they fill it.
    `questions` [2, sequences] are the places in each from and before which it is read in both
    directions; none: all is causal."""

    start: int
    end: int
    sequences: int
    longest: int
    slots: torch.Tensor | None
    questions: torch.Tensor | None = None

    def to(self, device: torch.device) -> "Group":
        move = lambda t: None if t is None else t.to(device, non_blocking=True)  # noqa: E731
        return replace(self, slots=move(self.slots), questions=move(self.questions))

    def mask(self, dtype: torch.dtype) -> torch.Tensor | None:
        """What is added to the scores [sequences, 1, longest, longest]; none: all is causal."""
        if self.questions is None:
            return None
        places = torch.arange(self.longest, device=self.questions.device)
        return hide(seen_places(places[:, None], places, self.questions[:, :, None, None]), dtype)


def seen_places(at: torch.Tensor, places: torch.Tensor, questions: torch.Tensor) -> torch.Tensor:
    """Whether what stands `at` a place sees `places`: those up to itself and, from a question's start
    on, all before its end. `questions` has starts and ends, each of a shape that fits the others."""
    start, end = questions
    return (places <= at) | ((at >= start) & (places < end))


def hide(seen: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """What is added to the scores so that only what is `seen` [B, L, L] counts: [B, 1, L, L]."""
    hidden = torch.zeros(seen.shape, dtype=dtype, device=seen.device)
    return hidden.masked_fill_(~seen, float("-inf"))[:, None]


@dataclass
class Packed:
    """Sequences laid end to end, shortest first.

    tokens [T] int64; positions [T] within each sequence; outputs [N], the places in T whose next
    token is learned; targets [N], those next tokens.
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    outputs: torch.Tensor
    targets: torch.Tensor
    groups: list[Group]

    def to(self, device: torch.device) -> "Packed":
        move = lambda t: t.to(device, non_blocking=True)  # noqa: E731
        groups = [group.to(device) for group in self.groups]
        return Packed(
            move(self.tokens), move(self.positions), move(self.outputs), move(self.targets), groups
        )

    def blocks(self, dtype: torch.dtype) -> list[tuple[Group, torch.Tensor | None]]:
        """What attention goes through: each group with what is added to its scores."""
        return [(group, group.mask(dtype)) for group in self.groups]


def pack(sequences: list[Sequence], groups: int = 4, prefix: bool = False) -> Packed:
    """Packs sequences, to be read causally or, with `prefix`, their questions in both directions.
    Attention is computed in at most `groups` blocks of about as many tokens each."""
    sequences = sorted(sequences, key=lambda s: len(s.tokens))
    share = sum(len(s.tokens) - 1 for s in sequences) / groups
    tokens, positions, outputs, targets = [], [], [], []
    blocks: list[Group] = []
    lengths: list[int] = []
    questions: list[tuple[int, int]] = []
    for number, (sequence, question, answer) in enumerate(sequences, 1):
        inputs = sequence[:-1]  # the last token is only a target
        questions.append((question, answer))
        outputs.extend(range(len(tokens) + answer - 1, len(tokens) + len(inputs)))
        targets.extend(sequence[answer:])
        positions.extend(range(len(inputs)))
        tokens.extend(inputs)
        lengths.append(len(inputs))
        if len(tokens) >= share * (len(blocks) + 1) or number == len(sequences):
            # a mask is read eight values at a time
            longest = lengths[-1] + (-lengths[-1] % 8 if prefix else 0)
            slots = [row * longest + i for row, n in enumerate(lengths) for i in range(n)]
            start = len(tokens) - sum(lengths)
            group = Group(start, len(tokens), len(lengths), longest, torch.tensor(slots))
            if prefix:
                group.questions = torch.tensor(questions).T.contiguous()
            blocks.append(group)
            lengths, questions = [], []
    as_tensor = lambda values: torch.tensor(values, dtype=torch.long)  # noqa: E731
    return Packed(
        as_tensor(tokens), as_tensor(positions), as_tensor(outputs), as_tensor(targets), blocks
    )


def rope_tables(config: Config, length: int, device) -> tuple[torch.Tensor, torch.Tensor]:
    """Cosines and sines of rotary embedding, float32 [length, head width / 2] each."""
    half = config.head_width // 2
    frequencies = config.rope_base ** (-torch.arange(half, dtype=torch.float64) / half)
    angles = torch.arange(length, dtype=torch.float64)[:, None] * frequencies[None, :]
    return angles.cos().float().to(device), angles.sin().float().to(device)


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Rotary embedding of x [T, heads, head width], halves paired; cos, sin [T, 1, half]."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


def normalize(x: torch.Tensor, weight: torch.Tensor, epsilon: float) -> torch.Tensor:
    """Root-mean-square norm of x [T, width], in the type of x."""
    return F.rms_norm(x, (x.shape[-1],), weight.to(x.dtype), epsilon)


def gate(x: torch.Tensor) -> torch.Tensor:
    """SwiGLU of x [T, 2 * ffn], gate beside up: [T, ffn]."""
    gate, up = x.chunk(2, dim=-1)
    return F.silu(gate) * up


class Matrices(NamedTuple):
    """A layer's matrices as they are used, in the compute type."""

    qkv: torch.Tensor
    out: torch.Tensor
    gate_up: torch.Tensor
    down: torch.Tensor


def project(c: Config, norm, qkv, x, cos, sin, loops: "Elementwise"):
    """Queries, keys and values of x [T, width]: [T, heads, head width] each."""
    h = loops.normalize(x, norm, c.epsilon)
    parts = F.linear(h, qkv).view(-1, c.heads + 2 * c.kv_heads, c.head_width)
    qk = loops.rotate(parts[:, : c.heads + c.kv_heads], cos, sin)
    return qk[:, : c.heads], qk[:, c.heads :], parts[:, c.heads + c.kv_heads :]


def feed_forward(c: Config, norm, gate_up, down, x, loops: "Elementwise") -> torch.Tensor:
    h = loops.normalize(x, norm, c.epsilon)
    return F.linear(loops.gate(F.linear(h, gate_up)), down)


def layer(
    c: Config, norms: tuple[torch.Tensor, torch.Tensor], m: Matrices, x, cos, sin, blocks, loops: "Elementwise"
) -> torch.Tensor:
    """What a layer makes of x [T, width]; cos and sin [T, 1, half]."""
    q, k, v = project(c, norms[0], m.qkv, x, cos, sin, loops)
    a = [attend_group(q, k, v, group, mask) for group, mask in blocks]
    x = x + loops.drop(F.linear(a[0] if len(a) == 1 else torch.cat(a), m.out))
    return x + loops.drop(feed_forward(c, norms[1], m.gate_up, m.down, x, loops))


@dataclass
class Elementwise:
    """What happens between the matrix products, as it stands or each compiled to one loop, or the whole
    layer compiled; `dropout` is the share of what a layer adds that is left out, in training."""

    rotate: Callable = rotate
    normalize: Callable = normalize
    gate: Callable = gate
    layer: Callable = layer
    dropout: float = 0.0

    def drop(self, x: torch.Tensor) -> torch.Tensor:
        return F.dropout(x, self.dropout) if self.dropout else x

    @staticmethod
    def compiled() -> "Elementwise":
        fuse = partial(torch.compile, dynamic=True)
        return Elementwise(fuse(rotate), fuse(normalize), fuse(gate))

    @staticmethod
    def compiled_layer() -> "Elementwise":
        """For batches of one shape (`rows`)."""
        return Elementwise(layer=torch.compile(layer, dynamic=False, fullgraph=True))


def pair_halves(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """Rows of a GGUF query or key matrix (neighbours paired) reordered to paired halves."""
    rows, columns = weight.shape
    return weight.view(heads, rows // heads // 2, 2, columns).transpose(1, 2).reshape(rows, columns)


def pair_neighbours(weight: torch.Tensor, heads: int) -> torch.Tensor:
    """The reverse of `pair_halves`."""
    rows, columns = weight.shape
    return weight.view(heads, 2, rows // heads // 2, columns).transpose(1, 2).reshape(rows, columns)


class Layer(nn.Module):
    """One transformer layer; query/key/value and gate/up are one matrix each, for larger products."""

    def __init__(self, config: Config, tensors: dict[str, torch.Tensor], index: int):
        super().__init__()
        self.config = config
        get = lambda name: tensors[f"blk.{index}.{name}.weight"]  # noqa: E731
        q = pair_halves(get("attn_q"), config.heads)
        k = pair_halves(get("attn_k"), config.kv_heads)
        self.attn_norm = nn.Parameter(get("attn_norm").clone())
        self.qkv = nn.Parameter(torch.cat([q, k, get("attn_v")]))
        self.out = nn.Parameter(get("attn_output").clone())
        self.ffn_norm = nn.Parameter(get("ffn_norm").clone())
        self.gate_up = nn.Parameter(torch.cat([get("ffn_gate"), get("ffn_up")]))
        self.down = nn.Parameter(get("ffn_down").clone())

    def export(self, index: int) -> dict[str, torch.Tensor]:
        """The layer's tensors under their GGUF names."""
        c = self.config
        q, k, v = self.qkv.detach().split([c.width, *[c.kv_heads * c.head_width] * 2])
        gate, up = self.gate_up.detach().chunk(2)
        tensors = {
            "attn_norm": self.attn_norm.detach(),
            "ffn_down": self.down.detach(),
            "ffn_gate": gate,
            "ffn_up": up,
            "ffn_norm": self.ffn_norm.detach(),
            "attn_k": pair_neighbours(k, c.kv_heads),
            "attn_output": self.out.detach(),
            "attn_q": pair_neighbours(q, c.heads),
            "attn_v": v,
        }
        return {f"blk.{index}.{name}.weight": tensor for name, tensor in tensors.items()}

    def parts(self) -> list[tuple[nn.Parameter, list[tuple[str, int]]]]:
        """Each matrix with the GGUF tensors it holds: their names and numbers of rows."""
        c = self.config
        narrow = c.kv_heads * c.head_width
        return [
            (self.qkv, [("attn_q", c.width), ("attn_k", narrow), ("attn_v", narrow)]),
            (self.out, [("attn_output", c.width)]),
            (self.gate_up, [("ffn_gate", c.ffn), ("ffn_up", c.ffn)]),
            (self.down, [("ffn_down", c.width)]),
        ]

    def project(self, x: torch.Tensor, weights, cos, sin, loops: Elementwise):
        """Queries, keys and values of x [T, width]: [T, heads, head width] each."""
        return project(self.config, self.attn_norm, weights(self.qkv), x, cos, sin, loops)

    def feed_forward(self, x: torch.Tensor, weights, loops: Elementwise) -> torch.Tensor:
        gate_up, down = weights(self.gate_up), weights(self.down)
        return feed_forward(self.config, self.ffn_norm, gate_up, down, x, loops)

    def forward(self, x, weights, cos, sin, blocks, loops: Elementwise) -> torch.Tensor:
        matrices = Matrices(*(weights(parameter) for parameter, _ in self.parts()))
        norms = self.attn_norm, self.ffn_norm
        return loops.layer(self.config, norms, matrices, x, cos, sin, blocks, loops)


def attend(q, k, v, mask: torch.Tensor | None = None) -> torch.Tensor:
    """Attention; q [B, heads, L, w], k and v [B, kv heads, L, w], what is added to the scores
    [B, 1, L, L] (none: causal); returns the shape of q."""
    if q.is_cuda and mask is None:
        return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    if q.is_cuda:
        # the kernel that takes masks does not share keys among queries
        k, v = (t.repeat_interleave(q.shape[1] // k.shape[1], dim=1) for t in (k, v))
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    # On a CPU, PyTorch's fused kernel is several times slower than two products and a softmax at a
    # sentence's length, above all backward. The query heads of a group share keys, so they are
    # stacked as rows.
    b, heads, length, width = q.shape
    kv_heads = k.shape[1]
    q = q.reshape(b, kv_heads, heads // kv_heads * length, width)
    scores = (q * width**-0.5) @ k.transpose(-1, -2)
    if mask is None:
        mask = torch.full((length, length), float("-inf"), dtype=q.dtype).triu(1).expand(b, 1, -1, -1)
    scores = scores.view(b, kv_heads, -1, length, length) + mask[:, :, None]
    mixed = scores.softmax(-1).view(b, kv_heads, -1, length) @ v
    return mixed.view(b, heads, length, width)


def attend_group(q, k, v, group: Group, mask: torch.Tensor | None) -> torch.Tensor:
    """Attention of one group's tokens; returns [end - start, width of the model]."""

    def apart(t: torch.Tensor) -> torch.Tensor:
        if group.slots is None:
            return t.view(group.sequences, group.longest, *t.shape[1:]).transpose(1, 2)
        padded = t.new_zeros(group.sequences * group.longest, *t.shape[1:])
        padded = padded.index_copy(0, group.slots, t[group.start : group.end])
        return padded.view(group.sequences, group.longest, *t.shape[1:]).transpose(1, 2)

    a = attend(apart(q), apart(k), apart(v), mask).transpose(1, 2)
    a = a.reshape(group.sequences * group.longest, -1)
    return a if group.slots is None else a.index_select(0, group.slots)


class Model(nn.Module):
    """The whole network. `dtype` is what it computes in; weights are kept in float32."""

    def __init__(self, config: Config, tensors: dict[str, torch.Tensor], longest: int = 4096):
        super().__init__()
        self.config = config
        self.dtype = torch.float32
        self.loops = Elementwise()
        #: whether questions are read in both directions
        self.prefix = False
        #: parameter -> how the rows of its parts are fake-quantized; see `quantize_as`
        self.fake: dict[nn.Parameter, list[tuple[int, str]]] = {}
        self.embedding = nn.Parameter(tensors["token_embd.weight"].clone())
        self.layers = nn.ModuleList(Layer(config, tensors, i) for i in range(config.layers))
        self.norm = nn.Parameter(tensors["output_norm.weight"].clone())
        cos, sin = rope_tables(config, longest, "cpu")
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    @staticmethod
    def load(file: ModelFile) -> "Model":
        """The weights of a GGUF file, in float32 on the CPU."""
        model = Model(file.config, file.tensors())
        model.prefix = file.reader.get_field(PREFIX_KEY) is not None and bool(file.field(PREFIX_KEY))
        return model

    def export(self) -> dict[str, torch.Tensor]:
        """Every tensor under its GGUF name, as `gguf_io.write` takes them."""
        tensors = {"token_embd.weight": self.embedding.detach()}
        for index, layer in enumerate(self.layers):
            tensors |= layer.export(index)
        return tensors | {"output_norm.weight": self.norm.detach()}

    def quantize_as(self, scheme: Scheme | None) -> None:
        """From now on the matrices are used as if stored by this scheme (`None`: as they are)."""
        self.fake = {}
        if scheme is not None:
            kind = kind_of(scheme, "token_embd.weight")
            self.fake[self.embedding] = [(len(self.embedding), kind)]
            for index, layer in enumerate(self.layers):
                for parameter, parts in layer.parts():
                    self.fake[parameter] = [
                        (rows, kind_of(scheme, f"blk.{index}.{name}.weight")) for name, rows in parts
                    ]

    def weights(self, parameter: nn.Parameter) -> torch.Tensor:
        """A matrix as the forward pass uses it: fake-quantized if asked, in the compute type."""
        fake = self.fake.get(parameter)
        if fake is None:
            return parameter.to(self.dtype)
        if len({kind for _, kind in fake}) == 1:
            return fake_quantize(parameter, fake[0][1]).to(self.dtype)
        pieces = parameter.split([rows for rows, _ in fake])
        return torch.cat(
            [fake_quantize(piece, kind) for piece, (_, kind) in zip(pieces, fake)]
        ).to(self.dtype)

    def hidden(self, batch: Packed) -> torch.Tensor:
        """Final-normed hidden states of the batch's `outputs`: [N, width]."""
        x = F.embedding(batch.tokens.flatten(), self.weights(self.embedding))
        cos = self.cos[batch.positions][:, None].to(self.dtype)
        sin = self.sin[batch.positions][:, None].to(self.dtype)
        blocks = batch.blocks(self.dtype)
        for layer in self.layers:
            x = layer(x, self.weights, cos, sin, blocks, self.loops)
        x = x.index_select(0, batch.outputs)
        return normalize(x, self.norm, self.config.epsilon)

    def forward(self, batch: Packed) -> torch.Tensor:
        """The mean loss over the answer tokens of a batch."""
        hidden = self.hidden(batch)
        head = self.weights(self.embedding)
        return cross_entropy(hidden, head, batch.targets)
