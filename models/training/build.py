"""From nothing to the shipped folders: data, model, corrections, verifier, export. Each stage is kept and not repeated.

    python3 build.py --work WORK --models .. [--scale 1.0]

Samples of the model are drawn by the managed engine through the command line (`dotnet run … -- sample`), which is fast.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from command import sample

HERE = Path(__file__).resolve().parent


def python(*arguments) -> None:
    subprocess.run([sys.executable, *map(str, arguments)], cwd=HERE, check=True)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--work", type=Path, required=True, help="for checkpoints, samples and logs")
    p.add_argument("--models", type=Path, required=True, help="where the folders embedded and embedded-verifier are written")
    p.add_argument("--scale", type=float, default=1.0, help="multiplies all token counts; the shipped model has 1")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    a.work, a.models = a.work.resolve(), a.models.resolve()
    tokens = lambda n: str(int(n * a.scale))  # noqa: E731
    base, final, verifier = a.work / "base", a.work / "final", a.work / "verifier"

    stages = [
        (base / "checkpoint.pt", lambda: python("train.py", "--out", base, "--tokens", tokens(20_000_000))),
        (base / "folder/model.onnx", lambda: python("export.py", "--run", base, "--out", base / "folder")),
        (a.work / "hard.jsonl", lambda: python("rollouts.py", "problems", "--profile", "hard", "--seed", 7, "--count", 3000, "--out", a.work / "hard.jsonl")),
        (a.work / "mistakes.jsonl", lambda: sample(a.work / "hard.jsonl", base / "folder", 4, a.work / "mistakes.jsonl")),
        (final / "checkpoint.pt", lambda: python("train.py", "--out", final, "--start", base, "--tokens", tokens(16_000_000), "--schedule", "decay", "--corrections", a.work / "mistakes.jsonl", "--seed", 2)),
        (a.models / "embedded/model.onnx", lambda: python("export.py", "--run", final, "--out", a.models / "embedded")),
        (a.work / "mixed.jsonl", lambda: python("rollouts.py", "problems", "--profile", "mixed", "--seed", 8, "--count", 8_000, "--out", a.work / "mixed.jsonl")),
        (a.work / "rollouts.jsonl", lambda: sample(a.work / "mixed.jsonl", a.models / "embedded", 8, a.work / "rollouts.jsonl")),
        (verifier / "report.json", lambda: python("verifier.py", "--run", final, "--samples", a.work / "rollouts.jsonl", "--out", verifier, "--tokens", tokens(6_000_000))),
    ]  # fmt: skip
    for made, stage in stages:
        done = made.with_name(made.name + ".done")
        if done.exists():
            continue
        print(f"== {made.relative_to(a.work) if made.is_relative_to(a.work) else made}", flush=True)
        made.parent.mkdir(parents=True, exist_ok=True)
        stage()
        if made.is_relative_to(a.work):
            done.touch()
    # The verifier ships only if it tells right from wrong inside a problem better than the model's own log-probability does.
    report = json.loads((verifier / "report.json").read_text())
    own = max(v for k, v in report.items() if k.startswith("log-probability"))
    trained = max(v for k, v in report.items() if k.startswith("verifier"))
    print(f"within-problem AUC: verifier {trained}, log-probability {own}")
    if trained > own:
        python("export.py", "--run", verifier, "--out", a.models / "embedded-verifier")


if __name__ == "__main__":
    main()
