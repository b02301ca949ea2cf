"""Tables of the model card, from an evaluation and from recorded samples of the same problems.

    python3 card.py --problems held-out.jsonl --results OUT/results.jsonl --samples samples.jsonl
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path


def rows(path: Path):
    with path.open() as lines:
        return [json.loads(line) for line in lines]


def share(values) -> str:
    values = [v for v in values if v is not None]
    return f"{100 * sum(values) / len(values):.0f}" if values else "–"


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--problems", type=Path, required=True)
    p.add_argument("--results", type=Path, required=True)
    p.add_argument("--samples", type=Path, required=True)
    a = p.parse_args()
    problems = {r["id"]: r for r in rows(a.problems)}
    right = defaultdict(dict)
    for r in rows(a.results):
        right[r["strategy"]][r["id"]] = bool(r["correct"])
    flags = {r["id"]: [bool(s.get("correct")) for s in r["samples"]] for r in rows(a.samples)}
    columns = list(right)
    print("| family | level | n | " + " | ".join(columns) + " | one sample | any of 16 |")
    print("|" + "---|" * (len(columns) + 5))
    cells = sorted({(r["set"], r["family"], r["level"]) for r in problems.values()})
    for cell in [*cells, None]:
        ids = [i for i, r in problems.items() if cell is None and r["set"] == "levels" or (r["set"], r["family"], r["level"]) == cell]
        name = "all levels" if cell is None else cell[1] + (" (new template)" if cell[0] == "template" else "")
        line = [name, "" if cell is None else cell[2], len(ids), *(share([right[c].get(i) for i in ids]) for c in columns)]
        line += [share([f for i in ids for f in flags.get(i, [])]), share([any(flags[i]) for i in ids if i in flags])]
        print("| " + " | ".join(map(str, line)) + " |")


if __name__ == "__main__":
    main()
