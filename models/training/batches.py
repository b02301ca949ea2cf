"""Training batches: sequences of similar length side by side, at most so many tokens with padding."""

import random

import torch


def encode(tok, turns, weights=None):
    """(ids, first index of the model's turn, weights of its tokens or None): the model's turn ends with <|end|>."""
    ids = tok.prompt(turns[:-1])
    start = len(ids)
    return ids + tok.encode(turns[-1][1]) + [tok.end], start, weights


class Batches:
    """An endless, seeded stream of (ids [B, T], targets [B, T], weights [B, T]); the targets of what is not learnt weigh 0."""

    def __init__(self, tok, draw, seed: int, tokens: int, context: int, chunk: int = 4096):
        self.tok, self.draw, self.tokens, self.context, self.chunk = tok, draw, tokens, context, chunk
        self.rng = random.Random(seed)

    def __iter__(self):
        while True:
            rows = []
            while len(rows) < self.chunk:
                row = self.draw(self.rng, self.tok)
                if len(row[0]) <= self.context:
                    rows.append(row)
            rows.sort(key=lambda r: len(r[0]) + self.rng.random())
            groups, group = [], []
            for row in rows:
                if group and (len(group) + 1) * len(row[0]) > self.tokens:
                    groups.append(group)
                    group = []
                group.append(row)
            if group:
                groups.append(group)
            self.rng.shuffle(groups)
            for g in groups:
                yield self.tensors(g)

    def tensors(self, rows):
        width = max(len(r[0]) for r in rows)
        ids = torch.full((len(rows), width), self.tok.pad, dtype=torch.long)
        weights = torch.zeros(len(rows), width)
        for i, (row, start, own) in enumerate(rows):
            ids[i, : len(row)] = torch.tensor(row)
            weights[i, start - 1 : len(row) - 1] = 1 if own is None else torch.tensor(own)
        targets = torch.roll(ids, -1, 1)
        return ids, targets, weights
