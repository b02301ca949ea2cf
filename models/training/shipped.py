"""Reads a model folder that export.py wrote back into the decoder: the shipped model, ready to be trained on.

int8 weights come back as what the graph computes with, so the decoder starts as exactly the model that ships.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

import model
import tokenizer

FACTS = {"d": "d_model", "layers": "n_layers", "heads": "n_heads", "kv_heads": "n_kv_heads", "head_dim": "head_dim", "ff": "d_ff", "vocab": "vocab_size", "context": "context_length", "eps": "rms_eps", "theta": "rope_theta"}  # fmt: skip


def load(folder: Path):
    """(decoder, tokenizer) of a folder."""
    file = folder / "model.onnx"
    if not file.exists():
        raise SystemExit(f"{folder} holds no model.onnx")
    made = onnx.load(str(file))
    facts = {p.key.removeprefix("agents."): p.value for p in made.metadata_props}
    missing = [n for n in FACTS.values() if n not in facts]
    if missing:
        raise SystemExit(f"{file} was not written by export.py: its properties lack {', '.join(missing)}")
    config = model.Config(**{k: (float if k in ("eps", "theta") else int)(facts[n]) for k, n in FACTS.items()})
    net = model.Decoder(config)
    net.load_state_dict({k: torch.tensor(v) for k, v in state(config, values(made)).items()})
    return net, tokenizer.load(folder)


def values(made) -> dict[str, np.ndarray]:
    held = {i.name: numpy_helper.to_array(i) for i in made.graph.initializer}
    scaled = {n: held[n].astype(np.float32) * held[n + ".scale"][:, None] for n in held if n + ".scale" in held}
    return {n: v.astype(np.float32) for n, v in (held | scaled).items() if n.endswith(".weight")}


def state(c: model.Config, v: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The reverse of export.matrices."""
    out = {"embed": v["embed.weight"] / np.float32(c.d**0.5), "norm": v["norm.weight"] * np.float32(c.d**0.5)}
    for i in range(c.layers):
        a = f"layers.{i}."
        out |= {a + n: v[a + n + ".weight"] for n in ("attn_norm", "wo", "ffn_norm", "w_down")}
        out[a + "wqkv"] = np.concatenate([v[a + n + ".weight"] for n in ("wq", "wk", "wv")])
        out[a + "w_gate_up"] = np.concatenate([v[a + n + ".weight"] for n in ("w_gate", "w_up")])
    return out
