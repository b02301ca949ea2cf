"""Trains the base model on drawn conversations. The schedule counts tokens, so a run is the same on any machine's clock.

    python3 train.py --out RUN --tokens 40000000
"""

import argparse
import ctypes
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import batches
import evaluate
import model
import optim
import tokenizer
import traces


def scale_at(done: float) -> float:
    """Warm-up over the first 1 %, constant to 55 %, then linear to 1 %."""
    if done < 0.01:
        return 0.1 + 90 * done
    return 1.0 if done < 0.55 else max(0.01, 1 - (done - 0.55) / 0.45)


def loss_of(net, ids, targets, weights):
    hidden, _ = net.hidden(ids)
    taken = weights > 0
    logits = net.logits(hidden[taken]).float()
    w = weights[taken]
    return (F.cross_entropy(logits, targets[taken], reduction="none") * w).sum() / w.sum()


def run(net, tok, draw, out: Path, tokens: int, seed: int, muon_lr: float, adam_lr: float, batch: int, schedule=scale_at, check_every: int = 4_000_000, log_name: str = "train.jsonl", device="cpu"):
    muon, adam = optim.optimisers(net, muon_lr, adam_lr)
    done, steps, shown, started, running = 0, 0, 0, time.time(), []
    next_check = check_every
    with (out / log_name).open("a") as log:
        for ids, targets, weights in batches.Batches(tok, draw, seed, batch, net.c.context):
            loss = loss_of(net, ids.to(device), targets.to(device), weights.to(device))
            loss.backward()
            s = schedule(done / tokens)
            muon.step(s)
            adam.step(s)
            done += ids.numel()
            steps += 1
            running.append(loss.item())
            if done - shown >= 500_000 or done >= tokens:
                line = {"tokens": done, "steps": steps, "loss": round(sum(running) / len(running), 4), "scale": round(s, 3), "seconds": round(time.time() - started)}
                if done >= next_check or done >= tokens:
                    next_check += check_every
                    line["exact"] = evaluate.exact(net, tok, device=device)
                    save(net, tok, out)
                running, shown = [], done
                print(json.dumps(line), flush=True)
                print(json.dumps(line), file=log, flush=True)
            if done >= tokens:
                return


def save(net, tok, out: Path) -> None:
    tok.save(out)
    torch.save({"config": net.c.as_dict(), "state": net.state_dict()}, out / "checkpoint.tmp")
    (out / "checkpoint.tmp").replace(out / "checkpoint.pt")


def restore(out: Path):
    kept = torch.load(out / "checkpoint.pt", map_location="cpu")
    net = model.Decoder(model.Config(**kept["config"]))
    net.load_state_dict(kept["state"])
    return net, tokenizer.load(out)


def keep_freed_memory() -> None:
    """Large tensors come from the heap instead of fresh mappings: on Linux a tenth of a training step is page faults otherwise."""
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(-3, 2_000_000_000)  # M_MMAP_THRESHOLD
        libc.mallopt(-1, 2_000_000_000)  # M_TRIM_THRESHOLD
    except (OSError, AttributeError):
        pass


def draw_base(rng, tok):
    return batches.encode(tok, traces.sample(rng))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--tokens", type=int, default=40_000_000, help="tokens to train on, padding included")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--batch", type=int, default=6144, help="tokens in a batch, padding included")
    p.add_argument("--muon-lr", type=float, default=0.02)
    p.add_argument("--adam-lr", type=float, default=0.004)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    keep_freed_memory()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    tok = tokenizer.build()
    net = model.Decoder(model.Config(vocab=tok.size, layers=a.layers)).to(a.device)
    model.set_compute_type(torch.bfloat16)
    print(json.dumps({"parameters": sum(p.numel() for p in net.parameters()), "vocabulary": tok.size, "device": a.device}), flush=True)
    save(net, tok, a.out)
    run(net, tok, draw_base, a.out, a.tokens, a.seed, a.muon_lr, a.adam_lr, a.batch, device=a.device)
    save(net, tok, a.out)


if __name__ == "__main__":
    main()
