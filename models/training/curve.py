"""Draws accuracy against the number of samples, from recorded samples: the plurality vote and the coverage (any of n right).

    python3 curve.py --samples samples.jsonl --greedy 0.61 --out curve.svg
"""

import argparse
import json
from collections import Counter
from math import comb
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 330, 52, 150, 24, 46


def vote(samples, n: int) -> bool:
    """Whether the most frequent answer of the first n is right; ties to the first seen."""
    counts = Counter(s["answer"] for s in samples[:n] if s.get("answer") is not None)
    if not counts:
        return False
    leader = max(counts, key=counts.get)
    return next(bool(s["correct"]) for s in samples if s.get("answer") == leader)


def coverage(samples, n: int) -> float:
    """The unbiased estimate of any of n right. Chen et al. 2021, arXiv:2107.03374."""
    right = sum(bool(s.get("correct")) for s in samples)
    return 1 - comb(len(samples) - right, n) / comb(len(samples), n)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--samples", type=Path, required=True)
    p.add_argument("--greedy", type=float, required=True, help="accuracy of one greedy chain of thought")
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    rows = [json.loads(line)["samples"] for line in a.samples.open()]
    most = max(map(len, rows))
    # Every rotation of the samples is a draw of its own: the curve does not hang on who came first.
    votes = [sum(vote(r[k:] + r[:k], n) for r in rows for k in range(len(r))) / sum(map(len, rows)) for n in range(1, most + 1)]
    covered = [sum(coverage(r, n) for r in rows) / len(rows) for n in range(1, most + 1)]
    low, high = 0.4, 0.9
    x = lambda n: LEFT + (WIDTH - LEFT - RIGHT) * (n - 1) / (most - 1)  # noqa: E731
    y = lambda v: TOP + (HEIGHT - TOP - BOTTOM) * (high - v) / (high - low)  # noqa: E731
    line = lambda values: " ".join(f"{x(i + 1):.1f},{y(v):.1f}" for i, v in enumerate(values))  # noqa: E731
    ink = "#6b7280"
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Accuracy against the number of samples">']
    for percent in range(40, 91, 10):
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(percent / 100):.1f}" y2="{y(percent / 100):.1f}" stroke="{ink}" stroke-opacity=".25"/><text x="{LEFT - 8}" y="{y(percent / 100) + 4:.1f}" text-anchor="end" fill="{ink}">{percent} %</text>')
    for n in (1, 2, 4, 8, 12, 16):
        parts.append(f'<text x="{x(n):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="{ink}">{n}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle" fill="{ink}">samples a question</text>')
    parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(a.greedy):.1f}" y2="{y(a.greedy):.1f}" stroke="{ink}" stroke-dasharray="4 4"/><text x="{WIDTH - RIGHT + 8}" y="{y(a.greedy) - 6:.1f}" fill="{ink}">greedy {100 * a.greedy:.1f} %</text>')
    for values, colour, name in ((covered, "#d97706", "any right"), (votes, "#2563eb", "vote")):
        below = 14 if name == "vote" else 4
        parts.append(f'<polyline points="{line(values)}" fill="none" stroke="{colour}" stroke-width="2.5"/><text x="{WIDTH - RIGHT + 8}" y="{y(values[-1]) + below:.1f}" fill="{colour}">{name} {100 * values[-1]:.1f} %</text>')
    parts.append(f'<text x="{x(1) + 6:.1f}" y="{y(votes[0]) + 18:.1f}" fill="#2563eb">one sample {100 * votes[0]:.1f} %</text></svg>')
    a.out.write_text("\n".join(parts) + "\n")
    print(json.dumps({"questions": len(rows), "vote": [round(v, 4) for v in votes], "any": [round(v, 4) for v in covered]}))


if __name__ == "__main__":
    main()
