"""Decoding speed of the same weights in PyTorch, for the side-by-side benchmark of the managed engine.

Prints one JSON object with tokens_per_second. The prompt is computed once and its keys and values are repeated for the batch;
each step samples every row at temperature 1, as the engine does. One thread unless told otherwise.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

import model
import tokenizer


def load(folder: Path):
    """The exported weights, dequantised, in the training model."""
    made = onnx.load(str(folder / "model.onnx"))
    facts = {p.key.removeprefix("agents."): p.value for p in made.metadata_props}
    stored = {i.name: numpy_helper.to_array(i) for i in made.graph.initializer}

    def weight(name):
        w = stored[name].astype(np.float32)
        return torch.from_numpy(w * stored[name + ".scale"][:, None] if name + ".scale" in stored else w)

    n = {k: int(facts[k]) for k in ("d_model", "n_layers", "n_heads", "n_kv_heads", "head_dim", "d_ff", "vocab_size", "context_length")}
    c = model.Config(n["vocab_size"], n["d_model"], n["n_layers"], n["n_heads"], n["n_kv_heads"], n["head_dim"], n["d_ff"], n["context_length"], float(facts["rms_eps"]), float(facts["rope_theta"]))
    state = {"embed": weight("embed.weight") / c.d**0.5, "norm": weight("norm.weight") * c.d**0.5}
    for i in range(c.layers):
        a = f"layers.{i}."
        state |= {
            a + "attn_norm": weight(a + "attn_norm.weight"), a + "ffn_norm": weight(a + "ffn_norm.weight"), a + "wo": weight(a + "wo.weight"), a + "w_down": weight(a + "w_down.weight"),
            a + "wqkv": torch.cat([weight(a + f"w{x}.weight") for x in "qkv"]), a + "w_gate_up": torch.cat([weight(a + f"w_{x}.weight") for x in ("gate", "up")]),
        }  # fmt: skip
    net = model.Decoder(c)
    net.load_state_dict(state)
    return net.eval(), tokenizer.load(folder)


@torch.no_grad()
def decode(net, batch: int, prompt: int, new: int) -> float:
    """Seconds for one prompt of so many tokens and so many sampled tokens in each row."""
    ids = torch.randint(262, net.c.vocab, (1, prompt))
    started = time.perf_counter()
    hidden, past = net.hidden(ids)
    hidden = hidden[:, -1:].expand(batch, -1, -1)
    past = [(k.expand(batch, -1, -1, -1), v.expand(batch, -1, -1, -1)) for k, v in past]
    for _ in range(new):
        drawn = torch.multinomial(torch.softmax(net.logits(hidden[:, -1]), -1), 1)
        hidden, past = net.hidden(drawn, past)
    return time.perf_counter() - started


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--folder", type=Path, required=True)
    p.add_argument("--batch", type=int, default=16)
    p.add_argument("--prompt-length", type=int, default=100)
    p.add_argument("--new-tokens", type=int, default=100)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--repeats", type=int, default=3)
    p.add_argument("--logits", type=Path, help="instead: write the logits of the token ids in this JSON file beside it as .bin, float32")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    net, _ = load(a.folder)
    if a.logits:
        with torch.no_grad():
            rows = [net.logits(net.hidden(torch.tensor([row]))[0])[0].numpy().ravel() for row in json.loads(a.logits.read_text())]
        np.concatenate(rows).astype(np.float32).tofile(a.logits.with_suffix(".bin"))
        return
    decode(net, a.batch, a.prompt_length, 8)
    times = sorted(decode(net, a.batch, a.prompt_length, a.new_tokens) for _ in range(a.repeats))
    tokens = a.batch * a.new_tokens
    print(json.dumps({"tokens_per_second": tokens / times[len(times) // 2], "best": tokens / times[0], "worst": tokens / times[-1], "batch": a.batch, "threads": a.threads}))


if __name__ == "__main__":
    main()
