"""Writes a trained checkpoint as an ONNX Runtime GenAI model folder.

    python3 export.py --run RUN --out FOLDER [--weights int8|fp16|fp32]

The graph uses primitives of opset 17 only. Matrices are stored [out, in] under names that a managed reader can find, as int8
with one scale per row (cast and multiplied in the graph; the runtime folds that at load). The factor sqrt(d) of the embedding
is folded into the table and taken out of the last norm, so that readers need not know of it.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

import model
import tokenizer
import train


class Graph:
    def __init__(self):
        self.nodes, self.initializers, self.count = [], [], 0

    def constant(self, name: str, value) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, out: str | None = None, **attributes) -> str:
        self.count += 1
        out = out or f"t{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=f"{kind}_{self.count}", **attributes))
        return out

    def matrix(self, name: str, value: np.ndarray, weights: str) -> str:
        """The dequantised [out, in] matrix; the value that the graph computes with."""
        if weights == "fp32":
            return self.constant(name, value.astype(np.float32))
        if weights == "fp16":
            return self.op("Cast", self.constant(name, value.astype(np.float16)), to=TensorProto.FLOAT)
        scale = np.maximum(np.abs(value).max(1), 1e-12) / 127
        rounded = np.clip(np.rint(value / scale[:, None]), -127, 127).astype(np.int8)
        self.constant(name + ".scale", scale.astype(np.float32))
        wide = self.op("Cast", self.constant(name, rounded), to=TensorProto.FLOAT)
        return self.op("Mul", wide, self.op("Unsqueeze", name + ".scale", "axis.last"))

    def linear(self, x: str, weight: str, out: str | None = None) -> str:
        return self.op("MatMul", x, self.op("Transpose", weight, perm=[1, 0]), out=out)


def matrices(net) -> dict[str, np.ndarray]:
    """All weights by the names they have in the folder, float32; matrices [out, in]."""
    c = net.c
    state = {k: v.detach().float().cpu().numpy() for k, v in net.state_dict().items()}
    out = {"embed.weight": state["embed"] * np.float32(c.d**0.5), "norm.weight": state["norm"] / np.float32(c.d**0.5)}
    q, kv = c.heads * c.head_dim, c.kv_heads * c.head_dim
    for i in range(c.layers):
        a = f"layers.{i}."
        wqkv, gate_up = state[a + "wqkv"], state[a + "w_gate_up"]
        out |= {
            a + "attn_norm.weight": state[a + "attn_norm"], a + "wq.weight": wqkv[:q], a + "wk.weight": wqkv[q : q + kv], a + "wv.weight": wqkv[q + kv :],
            a + "wo.weight": state[a + "wo"], a + "ffn_norm.weight": state[a + "ffn_norm"], a + "w_gate.weight": gate_up[: c.ff], a + "w_up.weight": gate_up[c.ff :],
            a + "w_down.weight": state[a + "w_down"],
        }  # fmt: skip
    return out


def build(net, weights: str) -> onnx.ModelProto:
    c, g = net.c, Graph()
    values = matrices(net)
    for name, value in (("axis.last", [-1]), ("axis.0", [0]), ("axis.1", [1]), ("axis.2", [2])):
        g.constant(name, np.array(value, np.int64))
    g.constant("eps", np.array(c.eps, np.float32))
    g.constant("scale.heads", np.array(c.head_dim**-0.5, np.float32))
    g.constant("masked", np.array(-1e9, np.float32))
    g.constant("zero", np.array(0.0, np.float32))
    g.constant("zero.int", np.array(0, np.int64))
    g.constant("one.int", np.array(1, np.int64))
    group = c.heads // c.kv_heads
    g.constant("shape.q", np.array([0, 0, c.heads, c.head_dim], np.int64))
    g.constant("shape.kv", np.array([0, 0, c.kv_heads, c.head_dim], np.int64))
    g.constant("shape.grouped", np.array([0, c.kv_heads, group, -1, c.head_dim], np.int64))
    g.constant("shape.heads", np.array([0, c.heads, -1, c.head_dim], np.int64))
    g.constant("shape.joined", np.array([0, 0, c.heads * c.head_dim], np.int64))
    half = c.head_dim // 2
    g.constant("half", np.array([half], np.int64))
    g.constant("whole", np.array([c.head_dim], np.int64))
    g.constant("start", np.array([0], np.int64))
    g.constant("rope.cos", net.cos.cpu().numpy())
    g.constant("rope.sin", net.sin.cpu().numpy())

    embed = g.matrix("embed.weight", values["embed.weight"], weights)
    x = g.op("Gather", embed, "input_ids")
    # [B, S, 1, hd/2], by position
    cos = g.op("Unsqueeze", g.op("Gather", "rope.cos", "position_ids"), "axis.2")
    sin = g.op("Unsqueeze", g.op("Gather", "rope.sin", "position_ids"), "axis.2")
    # A query sees the keys up to its own place in the sequence that the attention mask admits.
    total = g.op("Gather", g.op("Shape", "attention_mask"), "one.int")
    new = g.op("Gather", g.op("Shape", "input_ids"), "one.int")
    keys = g.op("Unsqueeze", g.op("Range", "zero.int", total, "one.int"), "axis.0")
    queries = g.op("Unsqueeze", g.op("Range", g.op("Sub", total, new), total, "one.int"), "axis.1")
    causal = g.op("LessOrEqual", keys, queries)  # [S, T]
    admitted = g.op("Cast", g.op("Unsqueeze", "attention_mask", "axis.1"), to=TensorProto.BOOL)  # [B, 1, T]
    bias = g.op("Where", g.op("And", causal, admitted), "zero", "masked")  # [B, S, T]
    bias = g.op("Unsqueeze", g.op("Unsqueeze", bias, "axis.1"), "axis.1")  # [B, 1, 1, S, T]

    def norm(x: str, name: str) -> str:
        weight = g.constant(name, values[name].astype(np.float32))
        mean = g.op("ReduceMean", g.op("Mul", x, x), axes=[-1], keepdims=1)
        return g.op("Mul", g.op("Div", x, g.op("Sqrt", g.op("Add", mean, "eps"))), weight)

    def rotate(x: str) -> str:
        a, b = g.op("Slice", x, "start", "half", "axis.last"), g.op("Slice", x, "half", "whole", "axis.last")
        real = g.op("Sub", g.op("Mul", a, cos), g.op("Mul", b, sin))
        imaginary = g.op("Add", g.op("Mul", b, cos), g.op("Mul", a, sin))
        return g.op("Concat", real, imaginary, axis=-1)

    for i in range(c.layers):
        a = f"layers.{i}."
        h = norm(x, a + "attn_norm.weight")
        q, k, v = (
            g.op("Reshape", g.linear(h, g.matrix(a + n + ".weight", values[a + n + ".weight"], weights)), shape)
            for n, shape in (("wq", "shape.q"), ("wk", "shape.kv"), ("wv", "shape.kv"))
        )
        q = g.op("Transpose", rotate(q), perm=[0, 2, 1, 3])
        k = g.op("Transpose", rotate(k), perm=[0, 2, 1, 3])
        v = g.op("Transpose", v, perm=[0, 2, 1, 3])
        k = g.op("Concat", f"past_key_values.{i}.key", k, axis=2, out=f"present.{i}.key")
        v = g.op("Concat", f"past_key_values.{i}.value", v, axis=2, out=f"present.{i}.value")
        q = g.op("Reshape", g.op("Mul", q, "scale.heads"), "shape.grouped")  # [B, KV, group, S, hd]
        scores = g.op("MatMul", q, g.op("Unsqueeze", g.op("Transpose", k, perm=[0, 1, 3, 2]), "axis.2"))
        seen = g.op("Softmax", g.op("Add", scores, bias), axis=-1)
        out = g.op("Reshape", g.op("MatMul", seen, g.op("Unsqueeze", v, "axis.2")), "shape.heads")
        out = g.op("Reshape", g.op("Transpose", out, perm=[0, 2, 1, 3]), "shape.joined")
        x = g.op("Add", x, g.linear(out, g.matrix(a + "wo.weight", values[a + "wo.weight"], weights)))
        h = norm(x, a + "ffn_norm.weight")
        gate, up = (g.linear(h, g.matrix(a + n + ".weight", values[a + n + ".weight"], weights)) for n in ("w_gate", "w_up"))
        inner = g.op("Mul", g.op("Mul", gate, g.op("Sigmoid", gate)), up)
        x = g.op("Add", x, g.linear(inner, g.matrix(a + "w_down.weight", values[a + "w_down.weight"], weights)))
    g.linear(norm(x, "norm.weight"), embed, out="logits")

    cache = [("batch", c.kv_heads, "past", c.head_dim), ("batch", c.kv_heads, "total", c.head_dim)]
    tensor = helper.make_tensor_value_info
    inputs = [tensor("input_ids", TensorProto.INT64, ["batch", "new"]), tensor("attention_mask", TensorProto.INT64, ["batch", "total"]), tensor("position_ids", TensorProto.INT64, ["batch", "new"])]
    outputs = [tensor("logits", TensorProto.FLOAT, ["batch", "new", c.vocab])]
    for i in range(c.layers):
        for part in ("key", "value"):
            inputs.append(tensor(f"past_key_values.{i}.{part}", TensorProto.FLOAT, cache[0]))
            outputs.append(tensor(f"present.{i}.{part}", TensorProto.FLOAT, cache[1]))
    graph = helper.make_graph(g.nodes, "agents-embedded", inputs, outputs, g.initializers)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="agents")
    made.ir_version = 8
    facts = {
        "d_model": c.d, "n_layers": c.layers, "n_heads": c.heads, "n_kv_heads": c.kv_heads, "head_dim": c.head_dim, "d_ff": c.ff,
        "vocab_size": c.vocab, "context_length": c.context, "rms_eps": c.eps, "rope_theta": c.theta,
    }  # fmt: skip
    helper.set_model_props(made, {"agents." + k: repr(v) for k, v in facts.items()})
    onnx.checker.check_model(made, full_check=True)
    return made


def genai_config(c, tok) -> dict:
    names = {"past_key_names": "past_key_values.%d.key", "past_value_names": "past_key_values.%d.value"}
    return {
        "model": {
            "type": "decoder", "vocab_size": c.vocab, "context_length": c.context,
            "bos_token_id": tok.bos, "eos_token_id": tok.end, "pad_token_id": tok.pad,
            "decoder": {
                "session_options": {"log_id": "agents-embedded", "intra_op_num_threads": 1, "provider_options": []},
                "filename": "model.onnx", "head_size": c.head_dim, "hidden_size": c.d, "num_attention_heads": c.heads,
                "num_hidden_layers": c.layers, "num_key_value_heads": c.kv_heads,
                "inputs": {"input_ids": "input_ids", "attention_mask": "attention_mask", "position_ids": "position_ids", **names},
                "outputs": {"logits": "logits", "present_key_names": "present.%d.key", "present_value_names": "present.%d.value"},
            },
        },
        "search": {"do_sample": False, "max_length": c.context, "min_length": 0, "num_beams": 1, "num_return_sequences": 1, "past_present_share_buffer": False, "repetition_penalty": 1.0, "temperature": 1.0, "top_k": 1, "top_p": 1.0},
    }  # fmt: skip


def write(net, tok: tokenizer.Tokenizer, out: Path, weights: str) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "model.onnx").write_bytes(build(net, weights).SerializeToString())
    tok.save(out)
    (out / "genai_config.json").write_text(json.dumps(genai_config(net.c, tok), indent=1) + "\n")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--weights", choices=("int8", "fp16", "fp32"), default="int8")
    a = p.parse_args()
    net, tok = train.restore(a.run)
    write(net, tok, a.out, a.weights)
    for f in sorted(a.out.iterdir()):
        print(f"{f.stat().st_size:>9,}  {f.name}")


if __name__ == "__main__":
    main()
