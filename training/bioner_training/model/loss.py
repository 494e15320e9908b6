"""Cross-entropy over a large vocabulary, without all logits in memory at once.

The logits of a batch, [N, vocabulary], are by far its largest tensor, and there are several of that
size in float32: the logits, their softmax and its gradient. Here the rows are processed in slices
that fit in the cache, and the gradient is computed in the forward pass. What is kept is [N, width]
and [vocabulary, width].
"""

from __future__ import annotations

import torch
import torch.nn.functional as F

#: rows of a slice on a CPU: 256 x 49,152 float32 logits are 50 MB
ROWS = 256
#: rows of a slice on a GPU
ROWS_GPU = 1024


class _CrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(ctx, hidden, head, targets, frozen):
        rows = ROWS if hidden.device.type == "cpu" else ROWS_GPU
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
            slope_head[frozen:].addmm_(slope[:, frozen:].t(), part)
        ctx.save_for_backward(slope_hidden, slope_head)
        return loss / learned

    @staticmethod
    def backward(ctx, gradient):
        slope_hidden, slope_head = ctx.saved_tensors
        return slope_hidden * gradient, slope_head * gradient, None, None


def cross_entropy(
    hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor, frozen: int = 0
) -> torch.Tensor:
    """The mean of -log softmax(hidden head^T)[target] over the rows.

    hidden [N, width], head [vocabulary, width], targets [N] int64. Logits are float32; gradients
    have the type of their input. The first `frozen` rows of the head have none.
    """
    return _CrossEntropy.apply(hidden, head, targets, frozen)


def weighted_cross_entropy(
    hidden: torch.Tensor, head: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor
) -> torch.Tensor:
    """As `cross_entropy`, but a sum over the rows with `weights` [N]."""
    logits = F.linear(hidden, head).float()
    return (F.cross_entropy(logits, targets, reduction="none") * weights).sum()


def agreement_loss(
    hidden: torch.Tensor,
    head: torch.Tensor,
    targets: torch.Tensor,
    weights: torch.Tensor,
    agreement: float,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss of sequences read twice with different dropout.

    This is R-Drop (Liang et al., arXiv 2106.14448). hidden [2 N, width], the second reading behind
    the first; targets and weights [N]. Returns the objective, which is the cross-entropy plus
    `agreement` times the mean of the two Kullback-Leibler divergences between the readings, and the
    cross-entropy alone, detached.
    """
    first, second = F.linear(hidden, head).float().log_softmax(-1).chunk(2)
    wanted = targets[:, None]
    likelihood = (first.gather(1, wanted) + second.gather(1, wanted)).squeeze(1) / 2
    entropy = -(likelihood * weights).sum()
    apart = ((first.exp() - second.exp()) * (first - second)).sum(-1) / 2
    return entropy + agreement * (apart * weights).sum(), entropy.detach()
