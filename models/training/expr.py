"""Expressions of several operations, reduced one operation at a time with the expression rewritten."""

from problems import Node, Problem, apply, num

PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2}
ASKED = ("Compute {e}.", "What is {e}?", "{e} =", "Evaluate {e}.", "Work out {e}.", "Calculate {e}.", "{e}")


def make_expr(rng, level: int) -> Problem:
    """level operations on numbers that grow with the level; every intermediate result is a whole number from 0 to 9,999."""
    top = (0, 12, 15, 20, 30, 40, 60, 80, 99)[level]
    while True:
        try:
            root = grow(rng, level, top)
        except ArithmeticError:
            continue
        if root.value > 0 or rng.random() < 0.1:
            break
    sign = rng.choice(("*", "*", "x", "×"))
    spaced = sign == "x" or rng.random() < 0.6
    return Problem("expr", level, rng.choice(ASKED).format(e=show(root, sign, spaced)), root, solve=lambda r: steps(r, root))


def grow(rng, ops: int, top: int) -> Node:
    if ops == 0:
        return num(rng.randint(1, top))
    left = rng.randint(0, ops - 1) if rng.random() < 0.6 else ops - 1
    a, b = grow(rng, left, top), grow(rng, ops - 1 - left, top)
    op = rng.choices("+-*/", (4, 3.5, 3.5, 0.8))[0]
    if op == "*" and (min(a.value, b.value) > max(9, top // 3) or a.value * b.value > 9999):
        raise ArithmeticError
    node = apply(op, a, b)
    if not 0 <= node.value <= 9999 or op == "/" and b.value == 1:
        raise ArithmeticError
    return node


def show(node: Node, sign: str = "*", spaced: bool = False, outer: int = 0, right: bool = False) -> str:
    if node.op is None:
        return str(node.value)
    level = PRECEDENCE[node.op]
    said = {"*": sign, "/": "/"}.get(node.op, node.op)
    gap = " " if spaced else ""
    text = show(node.args[0], sign, spaced, level) + gap + said + gap + show(node.args[1], sign, spaced, level, right=True)
    return f"({text})" if level < outer or right and level == outer else text


def steps(rng, root: Node) -> list[str]:
    """One reduction a step, mostly the leftmost one that is ready, sometimes another."""
    out = []
    while root.op is not None:
        ready = list(ready_nodes(root))
        node = ready[0] if rng.random() < 0.75 else rng.choice(ready)
        done = f"{node.args[0].value}{node.op}{node.args[1].value}={node.value}"
        root = replace(root, node)
        out.append(done if root.op is None else f"{done}, so {show(root)}")
    return out


def ready_nodes(node: Node):
    if node.op is None:
        return
    if all(a.op is None for a in node.args):
        yield node
    for a in node.args:
        yield from ready_nodes(a)


def replace(node: Node, done: Node) -> Node:
    if node is done:
        return num(done.value)
    if node.op is None:
        return node
    return Node(node.value, node.op, tuple(replace(a, done) for a in node.args))
