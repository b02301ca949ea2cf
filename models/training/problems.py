"""The task family of the embedded model: problems with exact answers, their operation graphs and the held-out split.

A problem is a directed acyclic graph of integer operations. Held out are graphs, not texts: the canonical form of the graph
(operands of + and * sorted, names and wording left out) is hashed, and a fixed share of the hashes is never trained on, in
any wording. Word problems are also held out by template: the combination of sentence forms is hashed in the same way.
"""

import hashlib
from dataclasses import dataclass, field

HELD_OUT_SHARE = 0.03
HELD_OUT_TEMPLATES = 0.06
FAMILIES = ("arith", "expr", "word")


@dataclass(frozen=True)
class Node:
    """A number given in the problem (op is None) or the result of an operation on earlier nodes."""

    value: int
    op: str | None = None
    args: tuple = ()

    def canonical(self) -> str:
        if self.op is None:
            return str(self.value)
        parts = [a.canonical() for a in self.args]
        if self.op in "+*":
            parts.sort()
        return "(" + self.op.join(parts) + ")"


@dataclass
class Problem:
    family: str
    level: int
    question: str
    root: Node
    template: str = ""
    solve: object = field(default=None, repr=False)  # rng -> list of step texts

    @property
    def answer(self) -> int:
        return self.root.value

    @property
    def key(self) -> str:
        return self.family[0] + self.root.canonical()

    def is_held_out(self) -> bool:
        return share(self.key) < HELD_OUT_SHARE

    def is_new_template(self) -> bool:
        return bool(self.template) and share("template " + self.template) < HELD_OUT_TEMPLATES


def share(text: str) -> float:
    """A number in [0, 1) that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48


def num(value: int) -> Node:
    return Node(value)


def apply(op: str, *args: Node) -> Node:
    value = args[0].value
    for a in args[1:]:
        if op == "+":
            value += a.value
        elif op == "-":
            value -= a.value
        elif op == "*":
            value *= a.value
        else:
            if a.value == 0 or value % a.value:
                raise ArithmeticError("not exact")
            value //= a.value
    return Node(value, op, args)


def make(rng, family: str, level: int) -> Problem:
    """Draws one problem; level counts operations (expr, word: 2-8) or digits (arith: 1-7)."""
    from arith import make_arith
    from expr import make_expr
    from word import make_word

    return {"arith": make_arith, "expr": make_expr, "word": make_word}[family](rng, level)
