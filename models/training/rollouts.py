"""Problems for rollouts, and the model's own samples of them read back.

Problem i of a seed is always the same, so a file of samples needs to hold only the texts. The samples are drawn by the managed
engine (fast) or, without it, by PyTorch:

    python3 rollouts.py problems --seed 7 --count 20000 --out problems.jsonl
    python3 rollouts.py sample --run RUN --seed 7 --count 2000 --samples 4 --out samples.jsonl
"""

import argparse
import json
import random
from pathlib import Path

import torch

import evaluate
import prompts
import traces

# family -> (share, weight of each level from 1). Rollouts for corrections come from hard problems, where mistakes are many; those
# for the verifier from levels at which the model is sometimes right and sometimes wrong: what it is sure of teaches nothing.
PROFILES = {
    "hard": {"arith": (0.12, (0, 0, 1, 2, 3, 3, 3)), "expr": (0.44, (0, 0, 1, 2, 3, 3, 3, 2)), "word": (0.44, (0, 0, 1, 2, 3, 3, 3, 2))},
    "mixed": {"arith": (0.12, (0, 1, 2, 3, 3, 1, 0)), "expr": (0.44, (0, 2, 3, 3, 3, 2, 1, 0)), "word": (0.44, (0, 2, 3, 3, 3, 2, 1, 0))},
}


def problem(seed: int, index: int, profile: str = "hard"):
    rng = random.Random(f"{seed}:{index}")
    families = PROFILES[profile]
    family = rng.choices(list(families), [w for w, _ in families.values()])[0]
    levels = families[family][1]
    return traces.draw(rng, family, rng.choices(range(1, len(levels) + 1), levels)[0])


def read(path: Path):
    """(problem, [sample {text, log_probabilities?}]) of each line."""
    with path.open() as lines:
        for line in lines:
            row = json.loads(line)
            profile, seed, index = row["id"].split(":") if row["id"].count(":") == 2 else ("hard", *row["id"].split(":"))
            yield problem(int(seed), int(index), profile), row["samples"]


def write(file: Path, profile: str, seed: int, first: int, count: int) -> None:
    """Problems as a question set that `agents` reads."""
    with file.open("w") as out:
        for i in range(first, first + count):
            made = problem(seed, i, profile)
            print(json.dumps({"id": f"{profile}:{seed}:{i}", "question": made.question, "gold": str(made.answer)}), file=out)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("what", choices=("problems", "sample"))
    p.add_argument("--profile", choices=PROFILES, default="hard")
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--count", type=int, default=20_000)
    p.add_argument("--first", type=int, default=0)
    p.add_argument("--samples", type=int, default=4)
    p.add_argument("--run", type=Path)
    p.add_argument("--out", type=Path, required=True)
    a = p.parse_args()
    if a.what == "problems":
        write(a.out, a.profile, a.seed, a.first, a.count)
        return
    with a.out.open("w") as out:
        import train

        torch.set_num_threads(1)
        train.keep_freed_memory()
        net, tok = train.restore(a.run)
        generator = torch.Generator().manual_seed(a.seed)
        for start in range(a.first, a.first + a.count, 256):
            asked = [i for i in range(start, min(start + 256, a.first + a.count)) for _ in range(a.samples)]
            said = evaluate.generate(net, tok, [prompts.render("Reasoning/ZeroShotCot", input=problem(a.seed, i, a.profile).question) for i in asked], 1.0, generator=generator)
            for i in dict.fromkeys(asked):
                print(json.dumps({"id": f"{a.profile}:{a.seed}:{i}", "samples": [{"text": t} for j, t in zip(asked, said, strict=True) if i == j]}), file=out, flush=True)


if __name__ == "__main__":
    main()
