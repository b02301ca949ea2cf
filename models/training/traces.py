"""Training conversations: a problem in one of the shipped prompts, and what the model is to say.

A conversation is a list of (role, text); the last turn is the model's. Solutions are
<think><step>…</step>…</think><answer>…</answer>; judgements solve the problem first and then state the verdict.
"""

import re

import prompts
from problems import FAMILIES, Problem, make

CALC = re.compile(r"(\d+)([+\-*/])(\d+)=(\d+)(?![\d+\-*/])")

# How often each kind of conversation is drawn. The long prompts of judges are few, because they cost many tokens.
MODES = {
    "direct": 12, "zero-shot": 40, "as-asked": 12, "reason": 3, "read-answer": 1.5, "supervised": 8, "supervised-zh": 1.5,
    "judge": 3, "judge-answer": 1, "judge-step": 2.5, "revise": 1.5, "critique": 1.5, "compare": 1,
}  # fmt: skip
LEVELS = {"arith": (2, 2, 3, 4, 5, 4, 2), "expr": (0, 2, 3, 4, 4, 4, 3, 2), "word": (0, 2, 3, 4, 4, 4, 3, 2)}
FAMILY_WEIGHTS = (0.26, 0.32, 0.42)


def draw(rng, family: str | None = None, level: int | None = None) -> Problem:
    """A problem that may be trained on: neither its graph nor its template is held out."""
    while True:
        f = family or rng.choices(FAMILIES, FAMILY_WEIGHTS)[0]
        n = level or rng.choices(range(1, len(LEVELS[f]) + 1), LEVELS[f])[0]
        p = make(rng, f, n)
        if not p.is_held_out() and not p.is_new_template():
            return p


def thought(steps: list[str]) -> str:
    return "<think>" + "".join(f"<step>{s}</step>" for s in steps) + "</think>"


def solution(steps: list[str], answer) -> str:
    return thought(steps) + f"<answer>{answer}</answer>"


def calculate(op: str, a: int, b: int) -> int:
    return {"+": a + b, "-": a - b, "*": a * b, "/": a // b if b else 0}[op]


def slip(rng, value: int) -> int:
    """A result as a slip of the pen leaves it: one digit off, or off by one."""
    if rng.random() < 0.5 or value < 10:
        return max(0, value + rng.choice((-10, -2, -1, 1, 2, 10)))
    text = list(str(value))
    i = rng.randrange(len(text))
    text[i] = str((int(text[i]) + rng.randint(1, 9)) % 10)
    return int("".join(text))


def corrupted(rng, steps: list[str], answer: int):
    """The solution with one slip carried on to the end: (steps, answer, index of the first wrong step)."""
    at = rng.randrange(len(steps))
    changed, out = {}, []
    for i, step in enumerate(steps):
        def again(m):
            a, b = (int(changed.get(m[g], m[g])) for g in (1, 3))
            value = calculate(m[2], a, b)
            if i == at and m is last[-1]:
                value = slip(rng, value)
            if str(value) != m[4]:
                changed[m[4]] = str(value)
            return f"{a}{m[2]}{b}={value}"

        last = []
        for m in CALC.finditer(step):
            last.append(m)
        if not last:
            out.append(re.sub(r"\d+", lambda m: changed.get(m[0], m[0]), step))
            continue
        text, end = "", 0
        for m in last:
            text += re.sub(r"\d+", lambda m: changed.get(m[0], m[0]), step[end : m.start()]) + again(m)
            end = m.end()
        out.append(text + re.sub(r"\d+", lambda m: changed.get(m[0], m[0]), step[end:]))
    wrong = int(changed.get(str(answer), answer))
    return out, wrong, at


def nonce(rng) -> str:
    return f"{rng.getrandbits(64):016x}"


def shown(steps: list[str], answer) -> str:
    """A solution as judges and revisers are shown it: one line a step, then the answer."""
    return "\n".join([*steps, f"<answer>{answer}</answer>"])


def conversation(rng, mode: str, p: Problem) -> list[tuple[str, str]]:
    steps = p.solve(rng)
    q = p.question
    full = solution(steps, p.answer)
    if mode == "direct":
        return [*prompts.render("Reasoning/Direct", input=q), ("assistant", f"<answer>{p.answer}</answer>")]
    if mode == "zero-shot":
        return [*prompts.render("Reasoning/ZeroShotCot", input=q), ("assistant", full)]
    if mode == "as-asked":
        return [("user", q), ("assistant", full)]
    if mode == "reason":
        return [*prompts.render("Reasoning/ZeroShotCotReason", input=q), ("assistant", full)]
    if mode == "read-answer":
        trigger = rng.choice(("the answer (arabic numerals) is", "the answer is"))
        return [*prompts.render("Reasoning/ZeroShotCotAnswer", input=q, reasoning=full, trigger=trigger), ("assistant", f"<answer>{p.answer}</answer>")]
    if mode in ("supervised", "supervised-zh"):
        name = "Reasoning/SupervisedCot" + ("Chinese" if mode.endswith("zh") else "")
        return [*prompts.render(name, input=q), ("assistant", solution([plan(steps), *steps], p.answer))]
    wrong_steps, wrong, at = corrupted(rng, steps, p.answer)
    if mode == "revise":
        found = f"- arithmetic: 0 of 1. The step most in doubt is step {at + 1}." if rng.random() < 0.7 else f"- llm-judge: 0 of 1. Verdict {nonce(rng)}: no"
        return [*prompts.render("Refine/Revise", input=q, draft=shown(wrong_steps, wrong), findings=found), ("assistant", full)]
    right = rng.random() < 0.5 or wrong == p.answer
    if mode == "critique":
        draft = shown(steps, p.answer) if right else shown(wrong_steps, wrong)
        return [*prompts.render("Refine/Critique", input=q, draft=draft), ("assistant", f"{thought(steps)}\nFaults: {'none' if right else 'found'}")]
    if mode == "compare":
        a, b = shown(steps, p.answer), shown(wrong_steps, wrong)
        verdict = "tie" if wrong == p.answer else "1"
        if rng.random() < 0.5:
            a, b, verdict = b, a, {"1": "2"}.get(verdict, verdict)
        return [*prompts.render("Refine/Compare", input=q, first=a, second=b), ("assistant", f"{thought(steps)}\nBetter response: {verdict}")]
    n = nonce(rng)
    form = prompts.render("Verify/FormYesNo", nonce=n)[0][1]
    say = f"\nVerdict {n}: "
    if mode == "judge":
        candidate = shown(steps, p.answer) if right else shown(wrong_steps, wrong)
        return [*prompts.render("Verify/Solution", nonce=n, input=q, candidate=candidate, form=form), ("assistant", thought(steps) + say + ("yes" if right else "no"))]
    if mode == "judge-answer":
        return [*prompts.render("Verify/Answer", nonce=n, input=q, candidate=p.answer if right else wrong, form=form), ("assistant", thought(steps) + say + ("yes" if right else "no"))]
    if mode == "judge-step":
        right = rng.random() < 0.5 or wrong_steps[at] == steps[at]
        candidate = steps[at] if right else wrong_steps[at]
        before = "\n".join(steps[:at])
        return [*prompts.render("Verify/Step", nonce=n, input=q, steps=before, candidate=candidate, form=form), ("assistant", thought([steps[at]]) + say + ("yes" if right else "no"))]
    raise ValueError(mode)


def plan(steps: list[str]) -> str:
    return f"plan: {len(steps)} steps"


def sample(rng) -> list[tuple[str, str]]:
    mode = rng.choices(list(MODES), list(MODES.values()))[0]
    return conversation(rng, mode, draw(rng))
