"""Writes the held-out problems on which the figures of the model card are measured.

    python3 heldout.py --out held-out.jsonl
    python3 heldout.py --demo --seed 2027 --out demo.jsonl

Every graph is held out from training. The set `levels` has the same number of problems in each family and level; the set
`template` has word problems whose combination of sentence forms was not trained on either. The set `demo` has the harder levels,
on which one sample is right about half of the time, so that strategies have something to win; the levels were chosen by the
results on the set `levels`, and its problems are others.
"""

import argparse
import json
import random
from pathlib import Path

from problems import FAMILIES, make

LEVELS = {"arith": range(1, 8), "expr": range(2, 9), "word": range(2, 9)}


def problems(seed: int, per_cell: int, templates: int):
    rng, seen = random.Random(seed), set()

    def fresh(family, level, wanted):
        while True:
            p = make(rng, family, level)
            if p.is_held_out() and p.key not in seen and wanted(p):
                seen.add(p.key)
                return p

    for family in FAMILIES:
        for level in LEVELS[family]:
            for i in range(few(family, level, per_cell)):
                yield "levels", fresh(family, level, lambda p: not p.is_new_template()), i
    for i in range(templates):
        yield "template", fresh("word", 3 + i % 5, lambda p: p.is_new_template()), i


DEMO = {"arith": range(4, 7), "expr": range(5, 9), "word": range(5, 9)}


def demo(seed: int, per_cell: int, others: Path):
    rng = random.Random(seed)
    seen = {json.loads(line)["question"] for line in others.open()}
    for family, levels in DEMO.items():
        for level in levels:
            for i in range(per_cell):
                while True:
                    p = make(rng, family, level)
                    if p.is_held_out() and not p.is_new_template() and p.question not in seen:
                        break
                seen.add(p.question)
                yield "demo", p, i


def few(family: str, level: int, per_cell: int) -> int:
    """The lowest level of arithmetic has hardly more held-out graphs than are asked for."""
    return min(per_cell, 20) if family == "arith" and level == 1 else per_cell


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--seed", type=int, default=2026)
    p.add_argument("--per-cell", type=int, default=60)
    p.add_argument("--templates", type=int, default=240)
    p.add_argument("--demo", action="store_true", help="the set demo, 100 of each cell, none of which is in held-out.jsonl")
    a = p.parse_args()
    with a.out.open("w") as out:
        drawn = demo(a.seed, 100, Path(__file__).with_name("held-out.jsonl")) if a.demo else problems(a.seed, a.per_cell, a.templates)
        for name, made, i in drawn:
            row = {"id": f"{name}/{made.family}{made.level}/{i}", "question": made.question, "gold": str(made.answer), "family": made.family, "level": made.level, "set": name}
            print(json.dumps(row, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
