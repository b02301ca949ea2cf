"""Word problems of two to eight operations, put together from sentence forms.

Every kind tells a story whose quantities form the operation graph; the forms used are the problem's template. Distractors
are numbers that no operation uses. A step is one calculation, with the owner of the result where the story has several.
"""

from problems import Node, Problem, apply, num

NAMES = (
    ("Tom", "he", "his"), ("Ben", "he", "his"), ("Sam", "he", "his"), ("Leo", "he", "his"), ("Max", "he", "his"), ("Paul", "he", "his"),
    ("Anna", "she", "her"), ("Mia", "she", "her"), ("Lisa", "she", "her"), ("Emma", "she", "her"), ("Nora", "she", "her"), ("Kate", "she", "her"),
)
THINGS = ("apples", "books", "cards", "coins", "stamps", "marbles", "shells", "pencils", "stickers", "cookies", "eggs", "flowers", "balls", "stones")
PACKS = (("bag", "bags"), ("box", "boxes"), ("pack", "packs"), ("basket", "baskets"))
PARTS = ((2, "half"), (3, "a third"), (4, "a quarter"), (5, "a fifth"))
TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"}


class Story:
    """Collects sentences, the forms they have, and the calculations in the order in which they can be made."""

    def __init__(self, rng, level: int):
        self.rng, self.level = rng, level
        self.text, self.forms, self.done = [], [], []

    def pick(self, *forms: str) -> str:
        i = self.rng.randrange(len(forms))
        self.forms.append(str(i))
        return forms[i]

    def say(self, sentence: str) -> None:
        self.text.append(sentence[0].upper() + sentence[1:])

    def calc(self, op: str, a: Node, b: Node, who: str = "") -> Node:
        node = apply(op, a, b)
        if not 0 <= node.value <= 99999:
            raise ArithmeticError
        self.done.append((f"{who} has " if who else "") + f"{a.value}{op}{b.value}={node.value}")
        self.forms.append(op)
        return node

    def number(self, low: int, high: int) -> Node:
        return num(self.rng.randint(low, high))

    def small(self) -> Node:
        return self.number(2, 6 + self.level)

    def amount(self) -> Node:
        return self.number(3, (0, 10, 20, 30, 40, 60, 80, 99, 150)[self.level])

    @property
    def ops(self) -> int:
        return len(self.done)


def make_word(rng, level: int) -> Problem:
    while True:
        kind = rng.choice(KINDS)
        story = Story(rng, level)
        try:
            root = kind(story)
        except ArithmeticError:
            continue
        if len(story.done) == level:
            break
    question = " ".join(story.text)
    done = list(story.done)
    return Problem("word", level, question, root, template=f"{kind.__name__} {' '.join(story.forms)}", solve=lambda r: list(done))


def distract(s: Story, who) -> None:
    name, he, his = who
    if s.level >= 3 and s.rng.random() < 0.2:
        n = s.rng.randint(2, 60)
        s.say(s.pick(f"{his} sister is {n} years old.", f"{name} lives {n} miles away.", f"{he} has {n} friends.", f"it is {n} degrees outside."))


def part(s: Story, have: Node) -> tuple[Node, str]:
    """A share of what is there that leaves no remainder, and its name."""
    fits = [(k, said) for k, said in PARTS if have.value and have.value % k == 0]
    if not fits:
        raise ArithmeticError
    k, said = s.rng.choice(fits)
    return num(k), said


def chain(s: Story) -> Node:
    """One owner, one heap, one change after the other."""
    (name, he, his), (other, _, _) = s.rng.sample(NAMES, 2)
    things = s.rng.choice(THINGS)
    have = s.amount()
    s.say(s.pick(f"{name} has {have.value} {things}.", f"{name} starts with {have.value} {things}.", f"there are {have.value} {things} on {name}'s table."))
    distract(s, (name, he, his))
    while s.ops < s.level:
        room = s.level - s.ops
        kinds = ["gain", "loss", "give"] + (["packs", "eaten"] if room >= 2 else []) + (["part"] if have.value > 5 else []) + (["double"] if have.value < 200 else [])
        change = s.rng.choice(kinds)
        s.forms.append(change)
        if change == "gain":
            n = s.amount()
            s.say(s.pick(f"{he} buys {n.value} more.", f"then {he} finds {n.value} more {things}.", f"{other} gives {name} {n.value} {things}.", f"{he} gets {n.value} new ones."))
            have = s.calc("+", have, n)
        elif change in ("loss", "give"):
            n = s.number(1, max(1, have.value - 1))
            said = s.pick(f"{he} gives {n.value} to {other}.", f"then {he} sells {n.value} of them.") if change == "give" else s.pick(f"{he} loses {n.value} of them.", f"then {n.value} of them break.", f"{he} uses {n.value}.")
            s.say(said)
            have = s.calc("-", have, n)
        elif change == "packs":
            k, n = s.small(), s.small()
            one, many = s.rng.choice(PACKS)
            s.say(s.pick(f"{he} buys {k.value} {many} with {n.value} {things} each.", f"{other} brings {k.value} {many} of {n.value} {things}."))
            have = s.calc("+", have, s.calc("*", k, n))
        elif change == "eaten":
            k, n = s.small(), s.small()
            s.say(s.pick(f"{he} gives {k.value} friends {n.value} {things} each.", f"every day for {k.value} days {he} uses {n.value} of them."))
            have = s.calc("-", have, s.calc("*", k, n))
        elif change == "part":
            k, said = part(s, have)
            if room >= 2 and s.rng.random() < 0.6:
                s.say(s.pick(f"{he} gives {said} of them to {other}.", f"then {he} loses {said} of {his} {things}."))
                have = s.calc("-", have, s.calc("/", have, k))
            else:
                s.say(s.pick(f"{he} keeps only {said} of them.", f"only {said} of the {things} are left the next day."))
                have = s.calc("/", have, k)
        else:
            k = s.number(2, 4)
            s.say(s.pick(f"the next week {he} has {TIMES[k.value]} as many.", f"then the number of {his} {things} grows to {TIMES[k.value]} what it was."))
            have = s.calc("*", have, k)
    s.say(s.pick(f"how many {things} does {name} have now?", f"how many {things} are left in the end?", f"how many does {he} have in the end?"))
    return have


def compare(s: Story) -> Node:
    """Several owners, each compared with an earlier one; asked for one, a total or a difference."""
    people = s.rng.sample(NAMES, min(5, max(2, (s.level + 3) // 2)))
    things = s.rng.choice(THINGS)
    have = {people[0][0]: s.amount()}
    s.say(f"{people[0][0]} has {have[people[0][0]].value} {things}.")
    order = [people[0][0]]
    for name, he, his in people[1:]:
        base = s.rng.choice(order) if s.rng.random() < 0.4 else order[-1]
        s.forms.append(str(order.index(base)))
        form = s.rng.choice(("times", "more", "fewer", "half") + (("timesmore",) if s.level - s.ops >= 3 else ()))
        s.forms.append(form)
        if form == "times":
            k = s.number(2, 6)
            s.say(f"{name} has {TIMES[k.value]} as many {things} as {base}.")
            have[name] = s.calc("*", have[base], k, name)
        elif form == "more":
            n = s.amount()
            s.say(s.pick(f"{name} has {n.value} more {things} than {base}.", f"{name} has {n.value} more than {base}."))
            have[name] = s.calc("+", have[base], n, name)
        elif form == "fewer":
            n = s.number(1, max(1, have[base].value - 1))
            s.say(s.pick(f"{name} has {n.value} fewer {things} than {base}.", f"{name} has {n.value} fewer than {base}."))
            have[name] = s.calc("-", have[base], n, name)
        elif form == "half":
            k, said = part(s, have[base])
            s.say(f"{name} has {said} as many {things} as {base}.")
            have[name] = s.calc("/", have[base], k, name)
        else:
            k, n = s.number(2, 4), s.amount()
            s.say(f"{name} has {n.value} more than {TIMES[k.value]} as many {things} as {base}.")
            have[name] = s.calc("+", s.calc("*", have[base], k), n, name)
        order.append(name)
    distract(s, people[0])
    left = s.level - s.ops
    if left == 0:
        s.say(f"how many {things} does {order[-1]} have?")
        return have[order[-1]]
    if left == 1 and len(order) >= 2 and s.rng.random() < 0.4:
        a, b = order[-1], s.rng.choice(order[:-1])
        a, b = (a, b) if have[a].value >= have[b].value else (b, a)
        s.forms.append("difference")
        s.say(s.pick(f"how many more {things} does {a} have than {b}?", f"by how many {things} is {a} ahead of {b}?"))
        return s.calc("-", have[a], have[b])
    summed = order[-(left + 1):]
    if len(summed) < left + 1:
        raise ArithmeticError
    if len(summed) == len(order):
        s.say(s.pick(f"how many {things} do they have together?", f"how many {things} do all of them have in total?"))
    else:
        s.say(f"how many {things} do {' and '.join(summed)} have together?")
    total = have[summed[0]]
    for name in summed[1:]:
        total = s.calc("+", total, have[name])
    return total


def shop(s: Story) -> Node:
    """Prices and counts, then the total, the change or what is missing."""
    name, he, his = who = s.rng.choice(NAMES)
    goods = s.rng.sample((("pen", "pens"), ("book", "books"), ("cake", "cakes"), ("shirt", "shirts"), ("ball", "balls"), ("cup", "cups"), ("lamp", "lamps"), ("ticket", "tickets")), 4)
    kinds = max(1, min(4, (s.level + 1) // 2))
    bought = []
    for one, many in goods[:kinds]:
        k, price = s.number(2, 4 + s.level), s.number(2, 8 + 3 * s.level)
        bought.append((k, price, one, many))
    if s.rng.random() < 0.5:
        s.forms.append("prices")
        for k, price, one, many in bought:
            s.say(s.pick(f"a {one} costs {price.value} dollars.", f"the price of a {one} is {price.value} dollars."))
        s.say(f"{name} buys " + " and ".join(f"{k.value} {many}" for k, _, _, many in bought) + ".")
    else:
        for i, (k, price, one, many) in enumerate(bought):
            s.say(s.pick(f"{name if i == 0 else he} buys {k.value} {many} for {price.value} dollars each.", f"{name if i == 0 else he} buys {k.value} {many} at {price.value} dollars a {one}."))
    distract(s, who)
    total = None
    for k, price, _, _ in bought:
        cost = s.calc("*", k, price)
        total = cost if total is None else s.calc("+", total, cost)
    while s.ops < s.level:
        room = s.level - s.ops
        extra = s.rng.choice(("fee", "coupon", "change") if room == 1 else ("fee", "coupon", "split"))
        s.forms.append(extra)
        if extra == "fee":
            n = s.number(2, 20)
            s.say(s.pick(f"the delivery costs {n.value} dollars more.", f"{he} also pays {n.value} dollars for wrapping."))
            total = s.calc("+", total, n)
        elif extra == "coupon":
            n = s.number(1, max(1, total.value // 2))
            s.say(s.pick(f"{he} has a coupon for {n.value} dollars off.", f"the shop takes {n.value} dollars off the total."))
            total = s.calc("-", total, n)
        elif extra == "split":
            k, _ = part(s, total)
            s.say(f"the cost is shared equally by {k.value} people.")
            total = s.calc("/", total, k)
            s.say("how many dollars does each of them pay?")
            return finish(s, total)
        else:
            paid = num(s.rng.choice([v for v in (10, 20, 50, 100, 200, 500, 1000, 2000) if v > total.value] or [total.value + 5]))
            s.say(s.pick(f"{he} pays with {paid.value} dollars. How many dollars does {he} get back?", f"{he} has {paid.value} dollars. How many dollars are left?"))
            return s.calc("-", paid, total)
    s.say(s.pick(f"how many dollars does {name} pay?", "how much does it cost in total?", f"what does {he} pay in dollars?"))
    return total


def finish(s: Story, node: Node) -> Node:
    if s.ops != s.level:
        raise ArithmeticError
    return node


def rate(s: Story) -> Node:
    """So many an hour, so many hours, so many days, and what happens to the result."""
    worker, made = s.rng.choice((("a machine", "parts"), ("a bakery", "cakes"), ("a printer", "pages"), ("a farm", "eggs"), ("a factory", "lamps"), ("a worker", "boxes")))
    r, h = s.number(3, 8 + 4 * s.level), s.number(2, 12)
    s.say(s.pick(f"{worker} makes {r.value} {made} an hour.", f"every hour {worker} makes {r.value} {made}."))
    total = None
    if s.level >= 3 and s.rng.random() < 0.7:
        d = s.number(2, 9)
        s.say(s.pick(f"it runs {h.value} hours a day for {d.value} days.", f"on each of {d.value} days it works {h.value} hours."))
        s.forms.append("days")
        total = s.calc("*", s.calc("*", r, h), d)
    else:
        s.say(s.pick(f"it runs for {h.value} hours.", f"it works {h.value} hours."))
        total = s.calc("*", r, h)
    if s.level - s.ops >= 2 and s.rng.random() < 0.5:
        s.forms.append("second")
        r2 = s.number(3, 8 + 4 * s.level)
        s.say(s.pick(f"a second one makes {r2.value} {made} an hour for {h.value} hours.", f"next to it another one makes {r2.value} an hour, also for {h.value} hours."))
        total = s.calc("+", total, s.calc("*", r2, h))
    while s.ops < s.level:
        change = s.rng.choice(("bad", "stock", "part", "packed") if s.level - s.ops > 1 else ("bad", "stock", "keep", "packed"))
        s.forms.append(change)
        if change == "bad":
            n = s.number(1, max(1, total.value - 1))
            s.say(s.pick(f"{n.value} of the {made} are bad and are thrown away.", f"{n.value} of them are sold."))
            total = s.calc("-", total, n)
        elif change == "stock":
            n = s.amount()
            s.say(s.pick(f"there were {n.value} {made} before.", f"{n.value} more {made} come from another place."))
            total = s.calc("+", total, n)
        elif change == "part":
            k, said = part(s, total)
            s.say(f"{said} of the {made} are sold.")
            total = s.calc("-", total, s.calc("/", total, k))
        elif change == "keep":
            k, said = part(s, total)
            s.say(f"only {said} of the {made} can be used.")
            total = s.calc("/", total, k)
        else:
            fits = [k for k in range(2, 13) if total.value and total.value % k == 0]
            if not fits or s.level - s.ops != 1:
                raise ArithmeticError
            k = num(s.rng.choice(fits))
            s.say(f"the {made} are put into boxes of {k.value}. How many boxes are filled?")
            return s.calc("/", total, k)
    s.say(s.pick(f"how many {made} are there in the end?", f"how many {made} are left?"))
    return total


def shelves(s: Story) -> Node:
    """Rows and boxes, some loose, some taken, shared out in the end."""
    place, things = s.rng.choice((("shelf", "books"), ("row", "flowers"), ("box", "stones"), ("table", "cups"), ("bag", "coins"), ("page", "stamps")))
    places = {"shelf": "shelves", "box": "boxes"}.get(place, place + "s")
    total = None
    groups = max(1, min(3, s.level // 2))
    for i in range(groups):
        k, n = s.small(), s.small()
        again = "" if i == 0 else "other "
        s.say(s.pick(f"there are {k.value} {again}{places} with {n.value} {things} each.", f"each of {k.value} {again}{places} holds {n.value} {things}."))
        part_total = s.calc("*", k, n)
        total = part_total if total is None else s.calc("+", total, part_total)
    while s.ops < s.level:
        change = s.rng.choice(("loose", "taken", "shared" if s.level - s.ops == 1 else "taken"))
        s.forms.append(change)
        if change == "loose":
            n = s.amount()
            s.say(s.pick(f"{n.value} {things} lie on the floor.", f"there are {n.value} more {things} outside."))
            total = s.calc("+", total, n)
        elif change == "taken":
            n = s.number(1, max(1, total.value - 1))
            s.say(s.pick(f"{n.value} {things} are taken away.", f"someone takes {n.value} of the {things}."))
            total = s.calc("-", total, n)
        else:
            fits = [k for k in range(2, 13) if total.value and total.value % k == 0]
            if not fits:
                raise ArithmeticError
            k = num(s.rng.choice(fits))
            s.say(s.pick(f"{k.value} children share all the {things} equally. How many does each child get?", f"all {things} are put into {k.value} equal heaps. How many are in each heap?"))
            return s.calc("/", total, k)
    s.say(s.pick(f"how many {things} are there in all?", f"how many {things} are there now?"))
    return total


def ages(s: Story) -> Node:
    """Ages compared, years passing, a sum."""
    people = s.rng.sample(NAMES, max(2, min(4, (s.level + 2) // 2)))
    age = {people[0][0]: s.number(4, 12 + 3 * s.level)}
    s.say(f"{people[0][0]} is {age[people[0][0]].value} years old.")
    order = [people[0][0]]
    for name, _, _ in people[1:]:
        base = order[-1] if s.rng.random() < 0.7 else s.rng.choice(order)
        s.forms.append(str(order.index(base)))
        form = s.rng.choice(("older", "younger", "times"))
        s.forms.append(form)
        if form == "older":
            n = s.number(1, 20)
            s.say(f"{name} is {n.value} years older than {base}.")
            age[name] = s.calc("+", age[base], n)
        elif form == "younger":
            n = s.number(1, max(1, age[base].value - 1))
            s.say(f"{name} is {n.value} years younger than {base}.")
            age[name] = s.calc("-", age[base], n)
        else:
            k = s.number(2, 3)
            s.say(f"{name} is {TIMES[k.value]} as old as {base}.")
            age[name] = s.calc("*", age[base], k)
        order.append(name)
    left = s.level - s.ops
    if left == 0:
        s.say(f"how old is {order[-1]}?")
        return age[order[-1]]
    if left == 1 and s.rng.random() < 0.5:
        n = s.number(2, 15)
        s.say(s.pick(f"how old will {order[-1]} be in {n.value} years?", f"what will be the age of {order[-1]} {n.value} years from now?"))
        return s.calc("+", age[order[-1]], n)
    summed = order[-(left + 1):]
    if len(summed) != left + 1:
        raise ArithmeticError
    s.say(f"how old are {' and '.join(summed)} together?")
    total = age[summed[0]]
    for name in summed[1:]:
        total = s.calc("+", total, age[name])
    return total


def savings(s: Story) -> Node:
    """Money earned in weeks, spent, and a goal."""
    name, he, his = who = s.rng.choice(NAMES)
    have = None
    if s.rng.random() < 0.5:
        have = s.amount()
        s.say(f"{name} has {have.value} dollars.")
        s.forms.append("start")
    n, w = s.number(2, 6 + 3 * s.level), s.number(2, 12)
    s.say(s.pick(f"{name} saves {n.value} dollars a week for {w.value} weeks.", f"for {w.value} weeks {name} earns {n.value} dollars each week."))
    got = s.calc("*", n, w)
    have = got if have is None else s.calc("+", have, got)
    distract(s, who)
    while s.ops < s.level:
        room = s.level - s.ops
        change = s.rng.choice(("spend", "gift", "each" if room >= 2 else "spend", "goal" if room == 1 else "gift"))
        s.forms.append(change)
        if change == "spend":
            m = s.number(1, max(1, have.value - 1))
            s.say(s.pick(f"{he} spends {m.value} dollars.", f"then {he} buys a game for {m.value} dollars."))
            have = s.calc("-", have, m)
        elif change == "gift":
            m = s.amount()
            s.say(s.pick(f"{his} mother gives {name} {m.value} dollars.", f"{he} finds {m.value} dollars."))
            have = s.calc("+", have, m)
        elif change == "each":
            k, m = s.small(), s.number(2, 5 + s.level)
            s.say(s.pick(f"{he} buys {k.value} gifts for {m.value} dollars each.", f"{he} pays {m.value} dollars on each of {k.value} days."))
            have = s.calc("-", have, s.calc("*", k, m))
        else:
            goal = num(have.value + s.rng.randint(1, 200))
            s.say(s.pick(f"a bike costs {goal.value} dollars. How many dollars are missing?", f"{he} wants to have {goal.value} dollars. How many more dollars does {he} need?"))
            return s.calc("-", goal, have)
    s.say(s.pick(f"how many dollars does {name} have now?", f"how much money is left?"))
    return have


KINDS = (chain, chain, compare, compare, shop, rate, shelves, ages, savings)
