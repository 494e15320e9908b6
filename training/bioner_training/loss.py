"""Cross-entropy over a large vocabulary, without ever holding all its logits.

The logits of a batch, [N, vocabulary], are by far its largest tensor, and in float32 there are
several of them: the logits, their softmax, its gradient. Here rows go through in slices that stay
in the cache, and the gradient is taken on the way: what is kept is [N, width] and
[vocabulary, width].
"""

from __future__ import annotations

import torch
import torch.nn.functional as F

#: rows of a slice on a CPU: 256 x 49,152 float32 logits are 50 MB
ROWS = 256


class _CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, hidden, head, targets):
        rows = ROWS if hidden.device.type == "cpu" else 1024
        learned = len(targets)
        loss = torch.zeros((), device=hidden.device)
        slope_hidden = torch.empty_like(hidden)
        slope_head = torch.zeros_like(head)
        for start in range(0, learned, rows):
            part, wanted = hidden[start : start + rows], targets[start : start + rows, None]
            slope = F.linear(part, head).float().log_softmax(-1)
            loss -= slope.gather(1, wanted).sum()
            # the gradient of cross-entropy in its logits: probability, less one at the target
            slope.exp_().scatter_add_(1, wanted, torch.full_like(wanted, -1.0, dtype=slope.dtype))
            slope = slope.mul_(1 / learned).to(part.dtype)
            torch.mm(slope, head, out=slope_hidden[start : start + rows])
            slope_head.addmm_(slope.t(), part)
        ctx.save_for_backward(slope_hidden, slope_head)
        return loss / learned

    @staticmethod
    def backward(ctx, gradient):
        slope_hidden, slope_head = ctx.saved_tensors
        return slope_hidden * gradient, slope_head * gradient, None


def cross_entropy(hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """The mean of -log softmax(hidden head^T)[target] over the rows: hidden [N, width], head
    [vocabulary, width], targets [N] int64. Logits are float32; gradients have their input's type."""
    return _CrossEntropy.apply(hidden, head, targets)


def weighted(hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor):
    """The same, each row counting by its weight [N] instead of 1/N."""
    logits = F.linear(hidden, head).float()
    return (F.cross_entropy(logits, targets, reduction="none") * weights).sum()


def agreeing(
    hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor, agreement: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss of sequences that were read twice with different dropout, and how far the two readings
    are apart (R-Drop: Liang et al., arXiv 2106.14448). hidden [2 N, width], the second reading behind
    the first; targets and weights [N]. Returns what to minimize, cross-entropy plus `agreement` times the
    mean of the two Kullback-Leibler divergences, and the cross-entropy alone."""
    first, second = F.linear(hidden, head).float().log_softmax(-1).chunk(2)
    wanted = targets[:, None]
    likelihood = (first.gather(1, wanted) + second.gather(1, wanted)).squeeze(1) / 2
    entropy = -(likelihood * weights).sum()
    apart = ((first.exp() - second.exp()) * (first - second)).sum(-1) / 2
    return entropy + agreement * (apart * weights).sum(), entropy.detach()
