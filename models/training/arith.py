"""One operation on multi-digit numbers, worked out in steps as on paper."""

from problems import Problem, apply, num

# level -> digits of the two operands
ADD = {1: (1, 2), 2: (2, 2), 3: (3, 3), 4: (4, 3), 5: (4, 4), 6: (5, 5), 7: (6, 6)}
MUL = {1: (1, 1), 2: (2, 1), 3: (2, 2), 4: (3, 2), 5: (3, 3), 6: (4, 3), 7: (4, 4)}
DIV = {1: (2, 1), 2: (2, 1), 3: (3, 1), 4: (4, 1), 5: (4, 2), 6: (5, 2), 7: (6, 2)}

SAID = {
    "+": ("{a} plus {b}", "Add {a} and {b}.", "the sum of {a} and {b}"),
    "-": ("{a} minus {b}", "Subtract {b} from {a}.", "the difference of {a} and {b}"),
    "*": ("{a} times {b}", "Multiply {a} by {b}.", "the product of {a} and {b}"),
    "/": ("{a} divided by {b}", "Divide {a} by {b}.", "the quotient of {a} and {b}"),
}
SIGNS = {"+": ("+",), "-": ("-",), "*": ("x", "*", "×"), "/": ("/", "÷")}
ASKED = ("{e} =", "{e} = ?", "What is {e}?", "Compute {e}.", "Calculate {e}.", "{e}", "How much is {e}?", "Work out {e}.")


def digits(rng, n: int) -> int:
    return rng.randint(10 ** (n - 1) if n > 1 else 1, 10**n - 1)


def make_arith(rng, level: int) -> Problem:
    op = rng.choices("+-*/", (2, 2, 5, 2))[0]
    if op == "/":
        n, m = DIV[level]
        b = rng.randint(2, 9) if m == 1 else rng.randint(11, 99)
        q = max(1, digits(rng, n) // b)
        a = q * b
    else:
        n, m = (MUL if op == "*" else ADD)[level]
        a, b = digits(rng, n), digits(rng, m)
        if op == "-" and b > a or rng.random() < 0.5 and op != "-":
            a, b = b, a
    root = apply(op, num(a), num(b))
    return Problem("arith", level, ask(rng, op, a, b), root, solve=lambda r: steps(r, op, a, b))


def ask(rng, op: str, a: int, b: int) -> str:
    if rng.random() < 0.3:
        said = rng.choice(SAID[op]).format(a=a, b=b)
        if said.endswith("."):
            return said
        return rng.choice(("What is {e}?", "Compute {e}.", "How much is {e}?", "Find {e}.")).format(e=said)
    sign = rng.choice(SIGNS[op])
    e = f"{a} {sign} {b}" if sign == "x" or rng.random() < 0.75 else f"{a}{sign}{b}"
    return rng.choice(ASKED).format(e=e)


def steps(rng, op: str, a: int, b: int) -> list[str]:
    if op == "*" and min(a, b) >= 10:
        return long_multiplication(rng, a, b)
    if op == "/" and a >= 100:
        return long_division(a, b)
    return [f"{a}{op}{b}={apply(op, num(a), num(b)).value}"]


def long_multiplication(rng, a: int, b: int) -> list[str]:
    """Parts of the shorter factor times the other, then a running sum."""
    if len(str(b)) > len(str(a)):
        a, b = b, a
    text = str(b)
    parts = [int(d) * 10 ** (len(text) - 1 - i) for i, d in enumerate(text) if d != "0"]
    if len(parts) == 1:
        return [f"{a}*{b}={a * b}"]
    if rng.random() < 0.15:
        parts.reverse()
    out = [f"{a}*{b}=" + "+".join(f"{a}*{p}" for p in parts)]
    out += [f"{a}*{p}={a * p}" for p in parts]
    total = a * parts[0]
    for p in parts[1:]:
        out.append(f"{total}+{a * p}={total + a * p}")
        total += a * p
    return out


def long_division(a: int, b: int) -> list[str]:
    """Digit by digit: the multiple that fits, and what is left."""
    out, left, started = [], 0, False
    for d in str(a):
        left = left * 10 + int(d)
        q = left // b
        if q or started:
            started = True
            out.append(f"{q}*{b}={q * b}, {left}-{q * b}={left - q * b}")
            left -= q * b
    out.append(f"so {a}/{b}={a // b}")
    return out
