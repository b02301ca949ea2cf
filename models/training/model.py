"""The decoder: llama-style (RMSNorm, rotary positions in the half-split form, grouped-query attention, SwiGLU, tied embeddings)."""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Config:
    vocab: int
    d: int = 192
    layers: int = 6
    heads: int = 6
    kv_heads: int = 2
    head_dim: int = 32
    ff: int = 512
    context: int = 512
    eps: float = 1e-5
    theta: float = 10_000.0

    def as_dict(self) -> dict:
        return asdict(self)


class Layer(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.attn_norm = nn.Parameter(torch.ones(c.d))
        self.wqkv = nn.Parameter(torch.randn((c.heads + 2 * c.kv_heads) * c.head_dim, c.d) / c.d**0.5)
        self.wo = nn.Parameter(torch.randn(c.d, c.heads * c.head_dim) / (c.heads * c.head_dim * 2 * c.layers) ** 0.5)
        self.ffn_norm = nn.Parameter(torch.ones(c.d))
        self.w_gate_up = nn.Parameter(torch.randn(2 * c.ff, c.d) / c.d**0.5)
        self.w_down = nn.Parameter(torch.randn(c.d, c.ff) / (c.ff * 2 * c.layers) ** 0.5)

    def forward(self, x, rotary, mask, past=None):
        """x [B, T, d]; mask [T, S] added to the scores; past (keys, values) [B, KV, P, hd] each, or None."""
        c = self.c
        B, T, _ = x.shape
        qkv = linear(norm(x, self.attn_norm, c.eps), self.wqkv).view(B, T, -1, c.head_dim)
        qk, v = qkv[:, :, : c.heads + c.kv_heads], qkv[:, :, c.heads + c.kv_heads :]
        qk = rotate(qk, rotary)
        q, k = qk[:, :, : c.heads].transpose(1, 2), qk[:, :, c.heads :].transpose(1, 2)
        v = v.transpose(1, 2)
        if past is not None:
            k, v = torch.cat((past[0], k), 2), torch.cat((past[1], v), 2)
        S, group = k.shape[2], c.heads // c.kv_heads
        # Query heads of one key/value head are folded into its rows: no copy of the keys.
        q = q.reshape(B * c.kv_heads, group * T, c.head_dim) * c.head_dim**-0.5
        scores = torch.bmm(q, k.reshape(B * c.kv_heads, S, c.head_dim).transpose(1, 2)).view(B * c.kv_heads, group, T, S) + mask
        weights = torch.softmax(scores, -1).view(B * c.kv_heads, group * T, S)
        out = torch.bmm(weights, v.reshape(B * c.kv_heads, S, c.head_dim)).view(B, c.heads, T, c.head_dim).transpose(1, 2).reshape(B, T, -1)
        x = x + linear(out, self.wo)
        gate, up = linear(norm(x, self.ffn_norm, c.eps), self.w_gate_up).chunk(2, -1)
        return x + linear(swiglu(gate, up), self.w_down), (k, v)


class Decoder(nn.Module):
    def __init__(self, c: Config):
        super().__init__()
        self.c = c
        self.embed = nn.Parameter(torch.randn(c.vocab, c.d) / c.d**0.5)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.norm = nn.Parameter(torch.ones(c.d))
        angle = torch.arange(c.context)[:, None] / c.theta ** (torch.arange(0, c.head_dim, 2) / c.head_dim)[None]
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)

    def hidden(self, ids, past=None):
        """ids [B, T] -> final normed states [B, T, d], and the keys and values of every layer."""
        T, P = ids.shape[1], 0 if past is None else past[0][0].shape[2]
        x = self.embed[ids] * self.c.d**0.5
        dtype = compute_type()
        x = x.to(dtype)
        mask = torch.full((T, P + T), float("-inf"), dtype=dtype, device=ids.device).triu(P + 1)
        rotary = tuple(t[P : P + T].to(dtype)[None, :, None] for t in (self.cos, self.sin))
        kept = []
        for i, layer in enumerate(self.layers):
            x, kv = layer(x, rotary, mask, None if past is None else past[i])
            kept.append(kv)
        return norm(x, self.norm, self.c.eps), kept

    def logits(self, hidden):
        return linear(hidden, self.embed)


_compute = torch.float32


def compute_type():
    return _compute


def set_compute_type(dtype) -> None:
    """float32, or bfloat16 for training: master weights stay float32 and are rounded on use."""
    global _compute
    _compute = dtype


def linear(x, weight):
    return F.linear(x, weight.to(x.dtype))


def wide_of(x):
    return torch.float32 if x.dtype == torch.bfloat16 else x.dtype


class RmsNorm(torch.autograd.Function):
    """x / rms(x) * weight, with few passes over x in either direction."""

    @staticmethod
    def forward(ctx, x, weight, eps):
        wide = wide_of(x)
        r = torch.linalg.vector_norm(x, dim=-1, keepdim=True, dtype=wide).square_().div_(x.shape[-1]).add_(eps).rsqrt_().to(x.dtype)
        w = weight.to(x.dtype)
        n = x * r
        ctx.save_for_backward(n, r, w)
        return n * w

    @staticmethod
    def backward(ctx, d):
        n, r, w = ctx.saved_tensors
        dn = d * w
        along = (dn * n).mean(-1, keepdim=True)
        dw = (d * n).view(-1, d.shape[-1]).sum(0, dtype=wide_of(d))
        return dn.addcmul_(n, along, value=-1).mul_(r), dw, None


norm = RmsNorm.apply


def rotate(x, rotary):
    """x [B, T, heads, hd]; the halves of each head are the real and imaginary parts."""
    cos, sin = rotary
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)


class Swiglu(torch.autograd.Function):
    """silu(gate) * up with a backward of plain products: torch's own is slow in bfloat16."""

    @staticmethod
    def forward(ctx, gate, up):
        s = torch.sigmoid(gate)
        ctx.save_for_backward(gate, up, s)
        return gate * s * up

    @staticmethod
    def backward(ctx, d):
        gate, up, s = ctx.saved_tensors
        silu = gate * s
        return d * up * (s + silu * (1 - s)), d * silu


swiglu = Swiglu.apply
