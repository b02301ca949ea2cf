"""Solutions that slip, notice it and go back, made from the model's own wrong steps.

Right steps as the model wrote them, its wrong step, then "Wait, that is wrong." with the right step and the rest. The wrong
step carries no weight in the loss: the model learns to notice it, not to write it. Kept right solutions of the same problems
teach it when nothing is wrong.
"""

import random
from pathlib import Path

import checker
import prompts
import rollouts
import traces

NOTICED = "Wait, that is wrong. "


def collect(path: Path, tries: int = 40):
    """[(problem, steps, index of the wrong step or None)]: what can be made of a file of samples, in its order."""
    found = []
    for p, samples in rollouts.read(path):
        known = checker.expected(p)
        for text in dict.fromkeys(s["text"] for s in samples):
            steps, answer = checker.parse(text)
            if answer == p.answer:
                if all(checker.holds(p, s, known) for s in steps):
                    found.append((p, steps, None))
                continue
            at = checker.first_wrong(p, steps, answer)
            if at is None or at >= len(steps):
                continue
            for k in range(tries):
                way = p.solve(random.Random(k))
                if at < len(way) and way[:at] == steps[:at]:
                    found.append((p, [*steps[: at + 1], NOTICED + way[at], *way[at + 1 :]], at))
                    break
    return found


def conversation(rng, tok, row):
    """Like batches.encode, with the plan in front and the wrong step masked."""
    p, steps, at = row
    plan = traces.plan(p.solve(random.Random(0)))
    turns = prompts.render("Reasoning/SupervisedCot", input=p.question)
    ids, weights = tok.prompt(turns), []
    start = len(ids)
    parts = ["<think>", f"<step>{plan}</step>", *(f"<step>{s}</step>" for s in steps), f"</think><answer>{p.answer}</answer>"]
    for i, part in enumerate(parts):
        some = tok.encode(part)
        ids += some
        weights += [0.0 if at is not None and i == at + 2 else 1.0] * len(some)
    return ids + [tok.end], start, [*weights, 1.0]
