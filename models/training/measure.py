"""Single-sample accuracy of a model folder on the demo set, and paired differences between folders.

Accuracy at temperature 0.7 is counted on several samples a question; the question is the unit of every interval, because samples
of one question are alike.
"""

import json
from math import sqrt
from pathlib import Path

from command import sample

HERE = Path(__file__).resolve().parent
DEMO = HERE / "demo.jsonl"
# Two-sided 95 % points of Student's t by degrees of freedom, for intervals over seeds.
T95 = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
SAMPLES = 8


def shares(file: Path) -> dict[str, float]:
    """The share of right samples of each question."""
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {r["id"]: sum(bool(s.get("correct")) for s in r["samples"]) / len(r["samples"]) for r in rows if r["samples"]}


def record(folder: Path, out: Path, questions: Path) -> dict[str, dict[str, float]]:
    """{"sampled", "greedy"}: the share right of each question, recorded once and read back afterwards."""
    out.mkdir(parents=True, exist_ok=True)
    sample(questions, folder, SAMPLES, out / "sampled.jsonl", temperature=0.7, seed=1)
    sample(questions, folder, 1, out / "greedy.jsonl", temperature=0)
    return {name: shares(out / f"{name}.jsonl") for name in ("sampled", "greedy")}


def mean(values) -> float:
    values = list(values)
    return sum(values) / len(values)


def interval(values, point: float | None = None) -> tuple[float, float, float]:
    """(mean, low, high): 95 % by the normal law, or by the given point of Student's t."""
    values = list(values)
    m = mean(values)
    if len(values) < 2:
        return m, float("nan"), float("nan")
    error = sqrt(sum((v - m) ** 2 for v in values) / (len(values) - 1) / len(values))
    half = (point or 1.96) * error
    return m, m - half, m + half


def difference(student: dict[str, float], teacher: dict[str, float]) -> tuple[float, float, float]:
    """Student minus teacher, paired by question."""
    if student.keys() != teacher.keys():
        raise ValueError(f"{len(student.keys() ^ teacher.keys())} questions were answered by one of the two only")
    return interval(student[i] - teacher[i] for i in student)


def compare(students: list[dict[str, dict[str, float]]], teacher: dict[str, dict[str, float]]) -> dict:
    """What the students of one kind gained, each and over their seeds. All in percent or points."""
    report = {}
    for name in ("sampled", "greedy"):
        gained = [difference(s[name], teacher[name]) for s in students]
        report[name] = {
            "accuracy": [percent(mean(s[name].values())) for s in students],
            "gained": [[percent(v) for v in g] for g in gained],
            # Two variances meet: that of the questions, which all seeds share, and that of the seeds.
            "over_questions": [percent(v) for v in difference({i: mean(s[name][i] for s in students) for i in teacher[name]}, teacher[name])],
            "over_seeds": [percent(v) for v in interval((g[0] for g in gained), T95.get(len(gained) - 1, 1.96))],
        }
    return report


def percent(value: float) -> float:
    return round(100 * value, 2)


def table(report: dict) -> str:
    """The report as Markdown rows: one a kind of student."""
    lines = ["| | one sample, temperature 0.7 | against the teacher | greedy | against the teacher |", "|---|---|---|---|---|"]
    lines.append(f"| teacher | {report['teacher']['sampled']:.1f} % | | {report['teacher']['greedy']:.1f} % | |")
    for name, kind in report["students"].items():
        cells = []
        for way in ("sampled", "greedy"):
            m, low, high = kind[way]["over_questions"]
            cells += [f"{mean(kind[way]['accuracy']):.1f} % ({', '.join(f'{a:.1f}' for a in kind[way]['accuracy'])})", f"{m:+.1f} ({low:+.1f} to {high:+.1f})"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)
