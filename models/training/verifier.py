"""Trains a process verifier on the model's own solutions: right and wrong ones of the same problem, labelled up to the first error.

    python3 verifier.py --run RUN --samples samples.jsonl --out VERIFIER [--tokens 8000000]

The verifier is a second model of the same kind and vocabulary, started from the model's weights. After every </step> and after
</answer> of a solution it says " yes" or " no": right so far, given the question, or not. So it needs no head of its own and
runs wherever the model runs; the score is the logit of " yes" less that of " no". The loss is the cross-entropy of that word
plus a ranking loss between right and wrong solutions of one problem, because what counts is telling those apart. The report gives the area under the
curve *within problems* (the share of right-wrong pairs of one problem that a score puts in order), for the verifier, for the
log-probability of the solution, and for both together, on problems that were not trained on.
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import checker
import model
import optim
import rollouts
import train


def marked(net, ids, places):
    """Logits [n, V] at the places [(row, position)]."""
    hidden, _ = net.hidden(ids)
    rows, positions = zip(*places, strict=True)
    return net.logits(hidden[list(rows), list(positions)]).float()


def encode(tok, p, text):
    """(ids, places of the marks, their labels or -1, whether the solution is right)."""
    steps, answer = checker.parse(text)
    ids = tok.prompt([("user", p.question)])
    start = len(ids)
    ids += tok.encode(text)
    wrong = checker.first_wrong(p, steps, answer)
    marks = [i for i in range(start, len(ids)) if ids[i] == tok.added_ids["</step>"]]
    # Up to the first error: what follows it is neither right nor a new fault. The end is labelled always.
    labels = [-1 if wrong is not None and k > wrong else int(wrong is None or k < wrong) for k in range(len(marks))]
    end = [i for i in range(start, len(ids)) if ids[i] == tok.added_ids["</answer>"]][-1:] or [len(ids) - 1]
    return ids, start, marks + end, [*labels, int(wrong is None)], wrong is None


def groups(path: Path, tok, context: int, most: int = 8):
    """The distinct solutions of each problem that has right ones and wrong ones."""
    found = []
    for p, samples in rollouts.read(path):
        rows = [encode(tok, p, t) for t in dict.fromkeys(s["text"] for s in samples) if "<answer>" in t]
        rows = [r for r in rows if len(r[0]) <= context]
        right, wrong = [r for r in rows if r[4]], [r for r in rows if not r[4]]
        if right and wrong:
            half = most // 2
            found.append(right[: max(half, most - len(wrong))][:most] + wrong[: max(half, most - len(right))][:most])
    return found


def tensors(rows, pad: int):
    ids = torch.full((len(rows), max(len(r[0]) for r in rows)), pad, dtype=torch.long)
    for i, r in enumerate(rows):
        ids[i, : len(r[0])] = torch.tensor(r[0])
    return ids


def places_of(batch):
    """[(row, position)], the labels, and for each row the index of its last mark."""
    places, labels, last, row = [], [], [], 0
    for group in batch:
        for _, _, marks, label, _ in group:
            for m, v in zip(marks, label, strict=True):
                if v >= 0 or m == marks[-1]:
                    places.append((row, m))
                    labels.append(v)
            last.append(len(places) - 1)
            row += 1
    return places, labels, last


def loss_of(net, tok, ids, batch, ranking: float):
    """batch: groups of solutions whose rows lie one after the other in ids."""
    yes, no = words(tok)
    places, labels, last = places_of(batch)
    logits = marked(net, ids, places)
    score = logits[:, yes] - logits[:, no]
    said = F.cross_entropy(logits, torch.tensor([yes if v else no for v in labels], device=logits.device))
    pairs, row = [], 0
    for group in batch:
        right = [last[row + i] for i, r in enumerate(group) if r[4]]
        wrong = [last[row + i] for i, r in enumerate(group) if not r[4]]
        pairs += [score[a] - score[b] for a in right for b in wrong]
        row += len(group)
    return said + ranking * F.softplus(-torch.stack(pairs)).mean()


def words(tok) -> tuple[int, int]:
    return tok.encode(" yes")[0], tok.encode(" no")[0]


@torch.no_grad()
def measure(net, base, tok, data, device):
    """For each group a list of (right, answer score, least step score, mean log-probability, least step log-probability, sum)."""
    yes, no = words(tok)
    out = []
    for group in data:
        ids = tensors(group, tok.pad).to(device)
        logits = net.logits(net.hidden(ids)[0]).float()
        scores = logits[..., yes] - logits[..., no]
        logs = torch.log_softmax(base.logits(base.hidden(ids)[0]).float(), -1)[:, :-1].gather(2, ids[:, 1:, None])[..., 0]
        rows = []
        for i, (tokens, start, marks, _, right) in enumerate(group):
            own = logs[i, start - 1 : len(tokens) - 1]
            cuts = [start, *[m + 1 for m in marks]]
            steps = [float(logs[i, a - 1 : b - 1].sum()) for a, b in zip(cuts, cuts[1:], strict=False) if b > a]
            rows.append((right, float(scores[i, marks[-1]]), float(scores[i, marks].min()), float(own.mean()), min(steps), float(own.sum())))
        out.append(rows)
    return out


def within(measured, score) -> float:
    """Share of right-wrong pairs within a problem that the score orders rightly; ties count half. Every problem weighs the same."""
    shares = []
    for rows in measured:
        right, wrong = [score(r) for r in rows if r[0]], [score(r) for r in rows if not r[0]]
        if right and wrong:
            shares.append(sum((a > b) + 0.5 * (a == b) for a in right for b in wrong) / (len(right) * len(wrong)))
    return sum(shares) / len(shares)


SCORES = {
    "verifier, answer": lambda r: r[1], "verifier, least step": lambda r: r[2], "log-probability, mean": lambda r: r[3],
    "log-probability, least step": lambda r: r[4], "log-probability, sum": lambda r: r[5],
}  # fmt: skip


def stack(measured):
    """Weights of (answer score, log-probability sum) by logistic regression on differences within problems."""
    x = torch.tensor([[a[1] - b[1], a[2] - b[2], a[3] - b[3], a[5] - b[5]] for rows in measured for a in rows if a[0] for b in rows if not b[0]])
    w = torch.zeros(x.shape[1], requires_grad=True)
    scale = x.std(0)
    opt = torch.optim.LBFGS([w], max_iter=200)

    def closure():
        opt.zero_grad()
        loss = F.softplus(-(x / scale) @ w).mean() + 1e-4 * w.pow(2).sum()
        loss.backward()
        return loss

    opt.step(closure)
    return (w.detach() / scale).tolist()


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--samples", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--tokens", type=int, default=8_000_000)
    p.add_argument("--batch", type=int, default=6144)
    p.add_argument("--ranking", type=float, default=1.0)
    p.add_argument("--muon-lr", type=float, default=0.005)
    p.add_argument("--adam-lr", type=float, default=0.001)
    p.add_argument("--held-back", type=int, default=400, help="problems to measure on")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = p.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    train.keep_freed_memory()
    net, tok = train.restore(a.run)
    base, _ = train.restore(a.run)
    net, base = net.to(a.device), base.to(a.device)
    data = groups(a.samples, tok, net.c.context)
    tests, tuning, data = data[: a.held_back], data[a.held_back : 2 * a.held_back], data[2 * a.held_back :]
    print(json.dumps({"problems": len(data), "solutions": sum(map(len, data)), "tokens": sum(len(r[0]) for g in data for r in g)}), flush=True)
    model.set_compute_type(torch.bfloat16)
    muon, adam = optim.optimisers(net, a.muon_lr, a.adam_lr)
    rng, done, steps, running, started, shown = random.Random(a.seed), 0, 0, [], time.time(), 0
    while done < a.tokens:
        rng.shuffle(data)
        data.sort(key=lambda g: max(len(r[0]) for r in g) // 16)
        batches, batch, size = [], [], 0
        for g in data:
            width = max(len(r[0]) for r in g)
            if batch and (size + len(g)) * width > a.batch:
                batches.append(batch)
                batch, size = [], 0
            batch.append(g)
            size += len(g)
        rng.shuffle(batches)
        for batch in batches:
            ids = tensors([r for g in batch for r in g], tok.pad).to(a.device)
            loss = loss_of(net, tok, ids, batch, a.ranking)
            loss.backward()
            s = min(1.0, (steps + 1) / 30) * max(0.02, 1 - done / a.tokens)
            muon.step(s)
            adam.step(s)
            done, steps = done + ids.numel(), steps + 1
            running.append(loss.item())
            if done - shown > 400_000:
                print(json.dumps({"tokens": done, "loss": round(sum(running) / len(running), 4), "seconds": round(time.time() - started)}), flush=True)
                running, shown = [], done
            if done >= a.tokens:
                break
    model.set_compute_type(torch.float32)
    tuned, tested = (measure(net, base, tok, d, a.device) for d in (tuning, tests))
    w = stack(tuned)
    report = {name: round(within(tested, f), 4) for name, f in SCORES.items()}
    report["together"] = round(within(tested, lambda r: w[0] * r[1] + w[1] * r[2] + w[2] * r[3] + w[3] * r[5]), 4)
    report["weights"] = w
    print(json.dumps(report, indent=1))
    (a.out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    train.save(net, tok, a.out)


if __name__ == "__main__":
    main()
