"""Trains a small head on the model's own states at the ends of steps, and measures it like the verifier.

    python3 head.py --run RUN --samples samples.jsonl --out report.json [--problems 12000]

What it sees of a step: the states after </step> and at the step's least likely token, and the log-probabilities and entropies
of its tokens. A hidden layer of 64 says how likely the solution is right so far; a solution's score is the product. The loss is
the cross-entropy up to the first error plus the ranking of right over wrong solutions of one problem. The report gives the area
under the curve within problems for the states alone, the numbers alone and both, against the log-probability on its own, with a
paired bootstrap over problems.
"""

import argparse
import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F

import model
import train
import verifier

EPOCHS, BATCH, RATE = 6, 64, 2e-3
NUMBERS = 6


@torch.no_grad()
def features(base, tok, groups):
    """For each group the list of (features [steps, 2 d + 6], labels, right, mean log-probability)."""
    out, i = [], 0
    while i < len(groups):
        taken, rows = [], []
        while i < len(groups) and len(rows) < 48:
            taken.append(groups[i])
            rows += groups[i]
            i += 1
        ids = verifier.tensors(rows, tok.pad)
        states = base.hidden(ids)[0].float()
        logs = torch.log_softmax(base.logits(states).float(), -1)
        own = logs[:, :-1].gather(2, ids[:, 1:, None])[..., 0]
        entropy = -(logs.exp() * logs).sum(-1)
        row = 0
        for group in taken:
            of_group = []
            for tokens, start, marks, labels, right in group:
                cuts = [start, *[m + 1 for m in marks]]
                found = []
                for a, b, mark in zip(cuts, cuts[1:], marks, strict=False):
                    p = own[row, a - 1 : b - 1] if b > a else torch.zeros(1)
                    e = entropy[row, a - 1 : b - 1] if b > a else torch.zeros(1)
                    numbers = torch.tensor([float(p.sum()), float(p.min()), float(p.mean()), float(e.max()), float(e.mean()), (b - a) / 32])
                    found.append(torch.cat([states[row, mark], states[row, int(p.argmin()) + a - 1], numbers]).half())
                of_group.append((torch.stack(found), torch.tensor(labels), right, float(own[row, start - 1 : len(tokens) - 1].mean())))
                row += 1
            out.append(of_group)
    return out


def fit(data, columns, mean, deviation, seed):
    width = len(range(*columns.indices(mean.numel())))
    net = torch.nn.Sequential(torch.nn.Linear(width, 64), torch.nn.SiLU(), torch.nn.Dropout(0.1), torch.nn.Linear(64, 1))
    optimiser = torch.optim.AdamW(net.parameters(), RATE, weight_decay=0.01)
    steps, done, data = EPOCHS * (len(data) // BATCH), 0, list(data)
    for epoch in range(EPOCHS):
        random.Random(f"{seed}:{epoch}").shuffle(data)
        net.train()
        for i in range(0, len(data) - BATCH + 1, BATCH):
            groups = data[i : i + BATCH]
            logits, labels, score = scored(net, groups, columns, mean, deviation)
            known = labels >= 0
            loss = F.binary_cross_entropy_with_logits(logits[known], labels[known].float())
            pairs, first = [], 0
            for group in groups:
                right = [first + k for k, x in enumerate(group) if x[2]]
                wrong = [first + k for k, x in enumerate(group) if not x[2]]
                pairs += [(a, b) for a in right for b in wrong]
                first += len(group)
            a, b = zip(*pairs, strict=True)
            loss = loss + F.softplus(-(score[list(a)] - score[list(b)])).mean()
            for group in optimiser.param_groups:
                group["lr"] = RATE * max(0.02, 1 - done / steps)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
    net.eval()
    return net


def scored(net, groups, columns, mean, deviation):
    rows = [x for g in groups for x in g]
    logits = net(((torch.cat([x[0] for x in rows]).float() - mean) / deviation)[:, columns])[:, 0]
    owner = torch.cat([torch.full((len(x[0]),), i) for i, x in enumerate(rows)])
    return logits, torch.cat([x[1] for x in rows]), torch.zeros(len(rows)).index_add(0, owner, F.logsigmoid(logits))


def shares(groups, scores) -> list[float]:
    """For each problem the share of right-wrong pairs in order; ties count half."""
    out, it = [], iter(scores)
    for group in groups:
        own = [(x[2], next(it)) for x in group]
        right, wrong = [s for r, s in own if r], [s for r, s in own if not r]
        out.append(sum((a > b) + 0.5 * (a == b) for a in right for b in wrong) / (len(right) * len(wrong)))
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--samples", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--problems", type=int, default=12_000, help="problems to train on; 400 more are measured on")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    train.keep_freed_memory()
    base, tok = train.restore(a.run)
    groups = verifier.groups(a.samples, tok, base.c.context)[: 400 + a.problems]
    model.set_compute_type(torch.bfloat16)
    data = features(base, tok, groups)
    model.set_compute_type(torch.float32)
    tests, data = data[:400], data[400:]
    sample = torch.cat([x[0] for g in data[:3000] for x in g]).float()
    mean, deviation = sample.mean(0), sample.std(0) + 1e-4
    width = mean.numel()
    own = shares(tests, [x[3] for g in tests for x in g])
    report = {"problems": len(data), "solutions": sum(map(len, data)), "measured on": len(tests), "log-probability, mean": round(sum(own) / len(own), 4)}
    rng = random.Random(a.seed)
    for name, columns in (("states", slice(0, width - NUMBERS)), ("numbers", slice(width - NUMBERS, width)), ("both", slice(0, width))):
        net = fit(data, columns, mean, deviation, a.seed)
        with torch.no_grad():
            got = shares(tests, scored(net, tests, columns, mean, deviation)[2].tolist())
        differences = [x - y for x, y in zip(got, own, strict=True)]
        drawn = sorted(sum(rng.choices(differences, k=len(differences))) / len(differences) for _ in range(2000))
        report[f"head on {name}"] = round(sum(got) / len(got), 4)
        report[f"head on {name}, less the log-probability"] = [round(v, 4) for v in (sum(differences) / len(differences), drawn[50], drawn[1949])]
        print(json.dumps(report), flush=True)
    a.out.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
