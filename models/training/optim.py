"""Muon for matrices, AdamW for embeddings and norms. Jordan et al. 2024 (Muon); Loshchilov and Hutter, arXiv:1711.05101."""

import torch


def orthogonalised(g, steps: int = 5):
    """The nearest semi-orthogonal matrix, roughly, by a quintic Newton-Schulz iteration in bfloat16."""
    x = g.bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.t() if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        a = x @ x.t()
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.t() if tall else x).to(g.dtype)


class Muon:
    def __init__(self, parameters, lr: float, momentum: float = 0.95, decay: float = 0.02):
        self.parameters, self.lr, self.momentum, self.decay = list(parameters), lr, momentum, decay
        self.state = [torch.zeros_like(p) for p in self.parameters]

    @torch.no_grad()
    def step(self, scale: float) -> None:
        for p, m in zip(self.parameters, self.state, strict=True):
            m.mul_(self.momentum).add_(p.grad)
            update = orthogonalised(p.grad + self.momentum * m)
            p.mul_(1 - self.lr * scale * self.decay)
            p.add_(update, alpha=-self.lr * scale * max(1, p.shape[0] / p.shape[1]) ** 0.5)
            p.grad = None


class AdamW:
    def __init__(self, parameters, lr: float, decay: float = 0.01, betas=(0.9, 0.95), clip: float = 1.0):
        self.parameters, self.lr, self.decay, self.betas, self.clip = list(parameters), lr, decay, betas, clip
        self.state = [(torch.zeros_like(p), torch.zeros_like(p)) for p in self.parameters]
        self.steps = 0

    @torch.no_grad()
    def step(self, scale: float) -> None:
        self.steps += 1
        b1, b2 = self.betas
        total = torch.sqrt(sum(p.grad.pow(2).sum() for p in self.parameters))
        shrink = min(1.0, self.clip / (float(total) + 1e-6))
        for p, (m, v) in zip(self.parameters, self.state, strict=True):
            g = p.grad * shrink
            m.mul_(b1).add_(g, alpha=1 - b1)
            v.mul_(b2).addcmul_(g, g, value=1 - b2)
            step = (m / (1 - b1**self.steps)) / ((v / (1 - b2**self.steps)).sqrt() + 1e-8)
            if p.dim() > 1:
                p.mul_(1 - self.lr * scale * self.decay)
            p.add_(step, alpha=-self.lr * scale)
            p.grad = None


def optimisers(model, muon_lr: float, adam_lr: float):
    matrices = [p for n, p in model.named_parameters() if p.dim() == 2 and n != "embed"]
    rest = [p for n, p in model.named_parameters() if p.dim() == 1 or n == "embed"]
    return Muon(matrices, muon_lr), AdamW(rest, adam_lr)
