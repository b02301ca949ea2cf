"""An outcome-reward round: the shipped model learns from rewards alone. One command:

    python3 reinforce.py --work WORK

Each step draws fresh training problems, samples a group of solutions of each with the present model, lets `agents reward` judge
them by recipes/rewards.json and turn rewards into advantages within the group (GRPO, arXiv:2402.03300), and raises or lowers the
probability of their tokens by the clipped objective with the wider upper bound and the mean over tokens of DAPO
(arXiv:2503.14476), held near the model at the start by GRPO's divergence term. Unlikely tokens
count less (arXiv:2505.12929); without these two, 30 steps left two models of three worse than they began. Groups whose rewards are all equal teach nothing and are left out. Measured on the
demo set, whose operation graphs are in no training. Interrupted, the same command goes on at the last finished step.
"""

import argparse
import json
import random
from pathlib import Path

import torch
import torch.nn.functional as F

import batches
import export
import measure
import model
import optim
import prompts
import rollouts
import shipped
import train
from command import agents, sample

HERE = Path(__file__).resolve().parent
PROMPT = "Reasoning/ZeroShotCot"


def rewarded(samples: Path, out: Path, rule: str) -> list[tuple[str, str, float]]:
    """(question, completion, advantage) of each sample, 0 where the model was cut off: its last token is not its own. Keeps the rewards beside."""
    completions, rows = out / "completions.jsonl", []
    with samples.open(encoding="utf-8") as lines:
        # Samples are recorded as they finish; the order of the questions must not depend on that.
        read = sorted(map(json.loads, lines), key=lambda r: r["id"])
    with completions.open("w", encoding="utf-8") as file:
        for r in read:
            for i, s in enumerate(r["samples"]):
                rows.append((r["question"], s["text"], s.get("finish_reason") == "stop"))
                print(json.dumps({"id": f"{r['id']}#{i}", "group": r["id"], "completion": s["text"], "gold": r["gold"]}), file=file)
    agents("reward", completions.resolve(), "--rewards", HERE / "recipes/rewards.json", "--advantages", rule, "--out", (out / "rewards.jsonl").resolve(), quiet=True)
    with (out / "rewards.jsonl").open(encoding="utf-8") as lines:
        judged = [json.loads(line) for line in lines]
    if len(judged) != len(rows):
        raise SystemExit(f"{len(rows)} completions were sent to agents reward, {len(judged)} came back")
    return [(q, t, j["advantage"] if ended else 0.0) for (q, t, ended), j in zip(rows, judged, strict=True)]


def log_probabilities(net, ids, targets, taken):
    """Of each learnt token, in the order of the batch's mask."""
    hidden, _ = net.hidden(ids)
    return -F.cross_entropy(net.logits(hidden[taken]).float(), targets[taken], reduction="none")


def objective(new, old, advantages, low: float = 0.2, high: float = 0.28):
    """The clipped surrogate of each token, to be raised."""
    ratio = torch.exp(new - old)
    return torch.minimum(ratio * advantages, ratio.clamp(1 - low, 1 + high) * advantages)


def divergence(new, reference):
    """The estimate of KL(new, reference) at each token that is never negative (GRPO, arXiv:2402.03300, equation 4)."""
    return torch.exp(reference - new) - (reference - new) - 1


def prepared(net, reference, tok, rows, seed: int, batch: int, alpha: float) -> list:
    """Batches with each token's advantage and its log-probabilities: before this step's updates, and by the reference."""
    encoded = []
    for question, text, advantage in rows:
        if advantage != 0:
            ids, start, _ = batches.encode(tok, [*prompts.render(PROMPT, input=question), ("assistant", text)])
            if len(ids) <= net.c.context:
                encoded.append((ids, start, [advantage] * (len(ids) - start)))
    random.Random(seed).shuffle(encoded)
    made, group = [], []
    for row in encoded:
        width = max(len(r[0]) for r in [*group, row])
        if group and (len(group) + 1) * width > batch:
            made.append(group)
            group = []
        group.append(row)
    if group:
        made.append(group)
    maker, out = batches.Batches(tok, None, seed, batch, net.c.context), []
    for g in made:
        ids, targets, advantages = maker.tensors(g)
        taken = advantages != 0
        with torch.no_grad():
            old = log_probabilities(net, ids, targets, taken)
            out.append((ids, targets, taken, advantages[taken] * (alpha * old.exp() + 1 - alpha), old, log_probabilities(reference, ids, targets, taken)))
    return out


def update(net, adam, made, scale: float, group: int, beta: float) -> dict:
    """One pass over the batches, an optimiser step for every few of them."""
    clipped = tokens = apart = 0
    for at in range(0, len(made), group):
        part = made[at : at + group]
        total = sum(old.numel() for *_, old, _ in part)
        for ids, targets, taken, advantages, old, reference in part:
            new = log_probabilities(net, ids, targets, taken)
            gained = objective(new, old, advantages)
            away = divergence(new, reference)
            ((beta * away - gained).sum() / total).backward()
            with torch.no_grad():
                apart += float(away.sum())
                clipped += int((gained != torch.exp(new - old) * advantages).sum())
            tokens += new.numel()
        adam.step(scale)
    return {"tokens": tokens, "clipped": round(clipped / max(1, tokens), 4), "divergence": round(apart / max(1, tokens), 5)}


def reinforce(start: Path, work: Path, seed: int, a) -> tuple[Path, list[dict]]:
    """Trains one student; returns its folder and the log of its steps."""
    work.mkdir(parents=True, exist_ok=True)
    student, state, log = work / "student", work / "state.pt", []
    if (student / "model.onnx").exists():
        return student, json.loads((work / "log.json").read_text())
    train.keep_freed_memory()
    torch.manual_seed(seed)
    net, tok = shipped.load(start)
    reference, _ = shipped.load(start)
    adam, first = optim.AdamW(net.parameters(), a.rate, decay=0.0, betas=(0.9, 0.99)), 0
    if state.exists():
        kept = torch.load(state)
        net.load_state_dict(kept["net"])
        adam.state, adam.steps, first, log = kept["adam"], kept["steps"], kept["step"] + 1, kept["log"]
    for step in range(first, a.steps):
        here = work / f"step-{step}"
        here.mkdir(exist_ok=True)
        rollouts.write(here / "questions.jsonl", "hard", 5000 + seed, step * a.questions, a.questions)
        export.write(net, tok, here / "model", "int8")
        sample(here / "questions.jsonl", here / "model", a.samples, here / "samples.jsonl", 1.0, 1000 * seed + step)
        rows = rewarded(here / "samples.jsonl", here, a.advantages)
        model.set_compute_type(torch.bfloat16)
        made = prepared(net, reference, tok, rows, 1000 * seed + step, a.batch, a.alpha)
        said = update(net, adam, made, min(1.0, (step + 1) / 4) * max(0.05, 1 - step / a.steps), max(1, -(-len(made) // a.updates)), a.beta)
        model.set_compute_type(torch.float32)
        with (here / "rewards.jsonl").open(encoding="utf-8") as lines:
            rewards = [json.loads(line) for line in lines]
        right = measure.mean(measure.shares(here / "samples.jsonl").values())
        log.append({"step": step, "reward": round(measure.mean(r["reward"] for r in rewards), 4), "right": round(right, 4), "flat": round(measure.mean(x[2] == 0 for x in rows), 3), **said})
        print("  " + json.dumps(log[-1]), flush=True)
        torch.save({"net": net.state_dict(), "adam": adam.state, "steps": adam.steps, "step": step, "log": log}, state.with_suffix(".tmp"))
        state.with_suffix(".tmp").replace(state)
    (work / "log.json").write_text(json.dumps(log) + "\n")
    export.write(net, tok, student, "int8")
    return student, log


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--start", type=Path, default=HERE.parent / "embedded", help="the model folder to start from")
    p.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    p.add_argument("--steps", type=int, default=16)
    p.add_argument("--questions", type=int, default=128, help="problems a step")
    p.add_argument("--samples", type=int, default=8, help="solutions of each problem: the group")
    p.add_argument("--updates", type=int, default=2, help="optimiser steps for each step's solutions")
    p.add_argument("--rate", type=float, default=3e-4)
    p.add_argument("--beta", type=float, default=0.04, help="weight of the divergence from the model at the start")
    p.add_argument("--alpha", type=float, default=0.9, help="how much less an unlikely token counts: from 0, not at all, to 1, by its probability")
    p.add_argument("--batch", type=int, default=6144, help="tokens in a batch, padding included")
    p.add_argument("--advantages", choices=("Grpo", "DrGrpo"), default="Grpo")
    p.add_argument("--measured-on", type=Path, default=measure.DEMO, help="the question set that counts; choose settings on another one")
    p.add_argument("--out", type=Path, default=HERE / "runs/reinforcement.json")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    teacher = measure.record(a.start, a.work / "teacher", a.measured_on)
    students, logs = [], []
    for seed in a.seeds:
        print(f"seed {seed}", flush=True)
        folder, log = reinforce(a.start, a.work / f"seed-{seed}", seed, a)
        logs.append(log)
        students.append(measure.record(folder, a.work / f"seed-{seed}/measured", a.measured_on))
    report = {
        "settings": {n: getattr(a, n) for n in ("seeds", "steps", "questions", "samples", "updates", "rate", "beta", "alpha", "batch", "advantages")},
        "teacher": {way: measure.percent(measure.mean(of.values())) for way, of in teacher.items()},
        "students": {"outcome reward": measure.compare(students, teacher)},
        "steps": logs,
    }
    a.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(measure.table(report))


if __name__ == "__main__":
    main()
