"""Grouped-query attention over the groups of a batch."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from .batch import Group


def attend(q, k, v, mask: torch.Tensor | None = None) -> torch.Tensor:
    """Attention of q [B, heads, L, w] over k and v [B, kv heads, L, w]; returns the shape of q.

    `mask` [B, 1, L, L] is added to the scores; without it attention is causal.
    """
    if q.is_cuda and mask is None:
        return F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
    if q.is_cuda:
        # the kernel that takes masks does not support grouped queries
        k, v = (t.repeat_interleave(q.shape[1] // k.shape[1], dim=1) for t in (k, v))
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    # On a CPU, PyTorch's fused kernel is several times slower than two products and a softmax at
    # the length of a sentence, mostly in the backward pass. The query heads of a group share keys,
    # so they are stacked as rows.
    b, heads, length, width = q.shape
    kv_heads = k.shape[1]
    q = q.reshape(b, kv_heads, heads // kv_heads * length, width)
    scores = (q * width**-0.5) @ k.transpose(-1, -2)
    if mask is None:
        mask = (
            torch.full((length, length), float("-inf"), dtype=q.dtype).triu(1).expand(b, 1, -1, -1)
        )
    scores = scores.view(b, kv_heads, -1, length, length) + mask[:, :, None]
    mixed = scores.softmax(-1).view(b, kv_heads, -1, length) @ v
    return mixed.view(b, heads, length, width)


def attend_group(q, k, v, group: Group, mask: torch.Tensor | None) -> torch.Tensor:
    """Attention of the tokens of one group; returns [end - start, width of the model]."""

    def unpack(t: torch.Tensor) -> torch.Tensor:
        if group.slots is None:
            return t.view(group.sequences, group.longest, *t.shape[1:]).transpose(1, 2)
        padded = t.new_zeros(group.sequences * group.longest, *t.shape[1:])
        padded = padded.index_copy(0, group.slots, t[group.start : group.end])
        return padded.view(group.sequences, group.longest, *t.shape[1:]).transpose(1, 2)

    a = attend(unpack(q), unpack(k), unpack(v), mask).transpose(1, 2)
    a = a.reshape(group.sequences * group.longest, -1)
    return a if group.slots is None else a.index_select(0, group.slots)
