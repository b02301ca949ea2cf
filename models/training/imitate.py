"""Imitation: the shipped model learns from its own verified solutions. One command:

    python3 imitate.py --work WORK

For each seed the teacher, the model under sampling, answers freshly drawn training problems; `agents distill` keeps what each
recipe keeps; a student, the same model, is trained on it. All students see equally many tokens. The arm `unfiltered` is the
control: what it gains comes from training on one's own samples at all, only what the others gain over it comes from the filter.
Measured on the demo set, whose operation graphs are in no training. Interrupted, the same command goes on.
"""

import argparse
import json
from pathlib import Path

import finetune
import measure
import rollouts
from command import agents, sample

HERE = Path(__file__).resolve().parent
ARMS = ("unfiltered", "verified", "right")


def student(arm: str, samples: Path, teacher: Path, work: Path, tokens: int, seed: int, rate: float) -> Path:
    folder = work / arm
    if not (folder / "model.onnx").exists():
        agents("distill", samples.resolve(), "--recipe", HERE / f"recipes/{arm}.yaml", "--out", (work / f"data-{arm}").resolve(), quiet=True)
        print(f"  {arm}", flush=True)
        finetune.finetune(teacher, work / f"data-{arm}/trl-messages.train.jsonl", folder, tokens, seed, rate=rate)
    return folder


def kept(report: Path) -> dict:
    """What of the teacher's solutions the student saw, and how many of them are right."""
    last = json.loads(report.read_text(encoding="utf-8"))["stages"][-1]["parts"][-1]["steps"][-1]
    return {name: last[name] for name in ("kept", "judged", "right")}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--work", type=Path, required=True)
    p.add_argument("--teacher", type=Path, default=HERE.parent / "embedded", help="the model folder that teaches and is taught")
    p.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    p.add_argument("--questions", type=int, default=6_000)
    p.add_argument("--samples", type=int, default=8)
    p.add_argument("--temperature", type=float, default=0.85)
    p.add_argument("--tokens", type=int, default=1_000_000, help="training tokens of each student, padding included")
    p.add_argument("--rate", type=float, default=0.1, help="learning rate, as a share of the first training's")
    p.add_argument("--measured-on", type=Path, default=measure.DEMO, help="the question set that counts; choose settings on another one")
    p.add_argument("--out", type=Path, default=HERE / "runs/imitation.json")
    a = p.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    teacher = measure.record(a.teacher, a.work / "teacher", a.measured_on)
    students: dict[str, list] = {arm: [] for arm in ARMS}
    data: dict[str, list] = {arm: [] for arm in ARMS}
    for seed in a.seeds:
        work = a.work / f"seed-{seed}"
        work.mkdir(exist_ok=True)
        print(f"seed {seed}", flush=True)
        questions, samples = work / "questions.jsonl", work / "samples.jsonl"
        rollouts.write(questions, "hard", 1000 + seed, 0, a.questions)
        sample(questions, a.teacher, a.samples, samples, a.temperature, seed)
        for arm in ARMS:
            folder = student(arm, samples, a.teacher, work, a.tokens, seed, a.rate)
            students[arm].append(measure.record(folder, work / f"measured-{arm}", a.measured_on))
            data[arm].append(kept(work / f"data-{arm}/report.json"))
    report = {
        "settings": {n: getattr(a, n) for n in ("seeds", "questions", "samples", "temperature", "tokens", "rate")},
        "teacher": {way: measure.percent(measure.mean(of.values())) for way, of in teacher.items()},
        "students": {arm: {"data": data[arm], **measure.compare(of, teacher)} for arm, of in students.items()},
    }
    a.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(measure.table(report))


if __name__ == "__main__":
    main()
