"""Where a solution first goes wrong, exactly: by the calculations of its steps and the problem's operation graph.

Other orders, commuted operands and re-associated sums and products are accepted. A solution with the right answer is never
called wrong: an unexpected way to the right end is a way.
"""

import random
import re
from fractions import Fraction
from itertools import combinations

from problems import Node, Problem

STEP = re.compile(r"<step>(.*?)</step>", re.S)
ANSWER = re.compile(r"<answer>(-?\d+)</answer>\s*$")
EQUALITY = re.compile(r"([\d+\-*/()]+)=([\d+\-*/()]+)")
CALCULATION = re.compile(r"(\d+)([+\-*/])(\d+)=")
SAFE = re.compile(r"[\d+\-*/()]+")


def parse(text: str):
    """(step texts, answer or None) of what a model wrote."""
    found = ANSWER.search(text)
    return STEP.findall(text), int(found[1]) if found else None


def value(expression: str):
    """The exact value, or None for what is no expression."""
    if not SAFE.fullmatch(expression) or len(expression) > 200:
        return None
    try:
        return eval(re.sub(r"\d+", lambda m: f"F({int(m[0])})", expression), {"__builtins__": {}, "F": Fraction})  # noqa: S307 - digits and signs only
    except (SyntaxError, ZeroDivisionError, TypeError, OverflowError):
        return None


def first_wrong(p: Problem, steps: list[str], answer) -> int | None:
    """Index of the first wrong step; len(steps) when only the answer is wrong or missing; None for a right solution."""
    if answer == p.answer:
        return None
    known = expected(p)
    for i, step in enumerate(steps):
        if not holds(p, step, known):
            return i
    return len(steps)


def holds(p: Problem, step: str, known: set) -> bool:
    for left, right in EQUALITY.findall(step):
        a, b = value(left), value(right)
        if a is None or b is None or a != b:
            return False
        if p.family != "expr" and b.denominator == 1 and re.fullmatch(r"\d+", right) and not matches(left, known):
            return False
    if p.family == "expr":
        rest = re.search(r"so ([\d+\-*/()]+)$", step)
        if rest:
            return value(rest[1]) == p.answer
        done = EQUALITY.search(step)
        return done is None or value(done[2]) == p.answer or step.startswith("plan")
    return bool(EQUALITY.search(step)) or step.startswith("plan")


def matches(left: str, known: set) -> bool:
    m = re.fullmatch(r"(\d+)([+\-*/])(\d+)", left)
    return bool(m) and key(m[2], int(m[1]), int(m[3])) in known


def key(op: str, a: int, b: int):
    return (op, *sorted((a, b))) if op in "+*" else (op, a, b)


def expected(p: Problem) -> set:
    """Every calculation of two numbers that belongs to some way of working the graph out."""
    known: set = set()
    if p.family == "arith":
        a, b = (n.value for n in p.root.args)
        known.add(key(p.root.op, a, b))
        if p.root.op == "*":
            for x, y in ((a, b), (b, a)):
                parts = [int(d) * 10**i for i, d in enumerate(reversed(str(y))) if d != "0"]
                known |= {key("*", x, part) for part in parts}
                known |= sums([x * part for part in parts], "+")
        elif p.root.op == "/":
            left = 0
            for d in str(a):
                left = left * 10 + int(d)
                q = left // b
                known |= {key("*", q, b), key("-", left, q * b)}
                left -= q * b
        return known
    collect(p.root, known)
    # A story may hold quantities that nobody asks for; working them out is no mistake.
    known |= {key(m[2], int(m[1]), int(m[3])) for step in p.solve(random.Random(0)) for m in CALCULATION.finditer(step)}
    return known


def collect(node: Node, known: set) -> None:
    if node.op is None:
        return
    known.add(key(node.op, *(a.value for a in node.args)))
    for op in "+*":
        terms = flat(node, op)
        if 2 < len(terms) <= 6:
            known |= sums(terms, op)
    for a in node.args:
        collect(a, known)


def flat(node: Node, op: str) -> list[int]:
    return [t for a in node.args for t in flat(a, op)] if node.op == op else [node.value]


def sums(terms: list[int], op: str) -> set:
    """All pairs of disjoint partial results."""
    join = sum if op == "+" else product
    index, found = range(len(terms)), set()
    groups = [g for n in range(1, len(terms)) for g in combinations(index, n)]
    for a in groups:
        for b in groups:
            if not set(a) & set(b):
                found.add(key(op, join(terms[i] for i in a), join(terms[i] for i in b)))
    return found


def product(values) -> int:
    total = 1
    for v in values:
        total *= v
    return total
