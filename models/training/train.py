"""Trains the base model on drawn conversations. The schedule counts tokens, so a run is the same on any machine's clock.

    python3 train.py --out BASE --tokens 20000000
    python3 train.py --out FINAL --start BASE --tokens 20000000 --schedule decay --corrections samples.jsonl --seed 2
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
import corrections
import evaluate
import model
import optim
import tokenizer
import traces


WARM_UP = 400_000


def hold(done: int, total: int) -> float:
    """Warm-up, then constant: such a run can be stopped or continued anywhere."""
    return min(1.0, 0.1 + 0.9 * done / WARM_UP)


def decay(done: int, total: int) -> float:
    """A short warm-up for the fresh optimiser state, then linear to 1 %."""
    return min(1.0, 0.2 + done / WARM_UP) * max(0.01, 1 - done / total)


SCHEDULES = {"hold": hold, "decay": decay}


def loss_of(net, ids, targets, weights):
    hidden, _ = net.hidden(ids)
    taken = weights > 0
    logits = net.logits(hidden[taken]).float()
    w = weights[taken]
    return (F.cross_entropy(logits, targets[taken], reduction="none") * w).sum() / w.sum()


def run(net, tok, draw, out: Path, tokens: int, seed: int, muon_lr: float, adam_lr: float, batch: int, schedule=hold, check_every: int = 4_000_000, log_name: str = "train.jsonl", device="cpu"):
    muon, adam = optim.optimisers(net, muon_lr, adam_lr)
    done, steps, shown, started, running = 0, 0, 0, time.time(), []
    next_check = check_every
    with (out / log_name).open("a") as log:
        for ids, targets, weights in batches.Batches(tok, draw, seed, batch, net.c.context):
            loss = loss_of(net, ids.to(device), targets.to(device), weights.to(device))
            loss.backward()
            s = schedule(done, tokens)
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


def draw_with(rows, share: float):
    """The base conversations, and a share of corrections, of which two thirds hold a mistake."""
    wrong, right = [r for r in rows if r[2] is not None], [r for r in rows if r[2] is None]

    def draw(rng, tok):
        if rng.random() >= share:
            return draw_base(rng, tok)
        return corrections.conversation(rng, tok, rng.choice(wrong if rng.random() < 2 / 3 else right))

    return draw


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--tokens", type=int, default=40_000_000, help="tokens to train on, padding included")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--batch", type=int, default=6144, help="tokens in a batch, padding included")
    p.add_argument("--muon-lr", type=float, default=0.02)
    p.add_argument("--adam-lr", type=float, default=0.004)
    p.add_argument("--schedule", choices=SCHEDULES, default="hold")
    p.add_argument("--start", type=Path, help="the run to go on from; without it a fresh model")
    p.add_argument("--corrections", type=Path, help="samples of the model, to make corrections from")
    p.add_argument("--corrections-share", type=float, default=0.06)
    p.add_argument("--layers", type=int, default=6)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    keep_freed_memory()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    random.seed(a.seed)
    if a.start:
        net, tok = restore(a.start)
        net = net.to(a.device)
    else:
        tok = tokenizer.build()
        net = model.Decoder(model.Config(vocab=tok.size, layers=a.layers)).to(a.device)
    draw = draw_base
    if a.corrections:
        rows = corrections.collect(a.corrections)
        print(json.dumps({"corrections": sum(r[2] is not None for r in rows), "right": sum(r[2] is None for r in rows)}), flush=True)
        draw = draw_with(rows, a.corrections_share)
    model.set_compute_type(torch.bfloat16)
    print(json.dumps({"parameters": sum(p.numel() for p in net.parameters()), "vocabulary": tok.size, "device": a.device}), flush=True)
    save(net, tok, a.out)
    run(net, tok, draw, a.out, a.tokens, a.seed, a.muon_lr, a.adam_lr, a.batch, SCHEDULES[a.schedule], device=a.device)
    save(net, tok, a.out)


if __name__ == "__main__":
    main()
