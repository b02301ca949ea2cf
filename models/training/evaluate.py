"""Quick looks at a model while it trains: greedy answers to held-out problems. The tables of the model card come from `agents eval`."""

import random

import torch

import prompts
from problems import FAMILIES, make


def held_out(seed: int, family: str, count: int, levels):
    rng, found = random.Random(seed), []
    while len(found) < count:
        p = make(rng, family, levels[len(found) % len(levels)])
        if p.is_held_out():
            found.append(p)
    return found


LOOK = {"arith": (3, 4, 5, 6), "expr": (3, 4, 5, 6, 7), "word": (3, 4, 5, 6, 7)}
_cache = {}


def exact(net, tok, per_family: int = 60, device="cpu") -> dict:
    """Share of greedy chain-of-thought answers that are right, per family."""
    right = {}
    for f in FAMILIES:
        if f not in _cache:
            _cache[f] = held_out(777, f, per_family, LOOK[f])
        said = generate(net, tok, [prompts.render("Reasoning/ZeroShotCot", input=p.question) for p in _cache[f]], device=device)
        right[f] = round(sum(t.endswith(f"<answer>{p.answer}</answer>") for t, p in zip(said, _cache[f], strict=True)) / per_family, 3)
    return right


@torch.no_grad()
def generate(net, tok, conversations, temperature: float = 0.0, most: int = 260, generator=None, device="cpu", prefill=None) -> list[str]:
    """One text a conversation. Prompts of equal length run together, so that no padding reaches the keys."""
    texts: list[str] = [""] * len(conversations)
    ids = [tok.prompt(c) + (tok.encode(prefill[i]) if prefill else []) for i, c in enumerate(conversations)]
    groups: dict[int, list[int]] = {}
    for i, row in enumerate(ids):
        groups.setdefault(len(row), []).append(i)
    for length, members in groups.items():
        hidden, past = net.hidden(torch.tensor([ids[i] for i in members], device=device))
        said = [[] for _ in members]
        alive = list(range(len(members)))
        for _ in range(min(most, net.c.context - length)):
            logits = net.logits(hidden[:, -1]).float()
            if temperature == 0:
                drawn = logits.argmax(-1)
            else:
                drawn = torch.multinomial(torch.softmax(logits / temperature, -1), 1, generator=generator)[:, 0]
            keep = []
            for row, token in enumerate(drawn.tolist()):
                if token != tok.end:
                    said[alive[row]].append(token)
                    keep.append(row)
            if not keep:
                break
            alive = [alive[r] for r in keep]
            if len(keep) < drawn.shape[0]:
                index = torch.tensor(keep, device=device)
                drawn, past = drawn[index], [(k[index], v[index]) for k, v in past]
            hidden, past = net.hidden(drawn[:, None], past)
        for i, row in zip(members, said, strict=True):
            texts[i] = tok.decode(row)
    return texts
