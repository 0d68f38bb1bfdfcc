"""Unknown travels as in three-valued logic, on every backend."""

from itertools import product

from wenhou.engine import Book, greatest, household, least, person, unknown, when
from wenhou.engine.run import Rows

THREE = (True, False, None)


def _and(a, b):
    return False if False in (a, b) else None if None in (a, b) else True


def _or(a, b):
    return True if True in (a, b) else None if None in (a, b) else False


def _not(a):
    return None if a is None else not a


def _logic() -> Book:
    book = Book()
    book.fact("a", person, label="甲")
    book.fact("b", person, label="乙")
    book.fact("x", person, unit="fen", label="丙")
    book.fact("y", person, unit="fen", label="丁")
    book.fact("word", person, kind="text", label="字")
    forms = {
        "both": lambda a, b: a & b,
        "either": lambda a, b: a | b,
        "neither": lambda a, b: ~a & ~b,
        "not_both": lambda a, b: ~(a & b),
        "same": lambda a, b: a == b,
        "not_a_is_b": lambda a, b: ~a == b,
        "not_a_known": lambda a: (~a).is_known(),
        "member_known": lambda word: word.isin(["甲", "乙"]).is_known(),
        "filled": lambda a, b: (a & b).fill(True),
        "chosen": lambda a, x, y: when(a, x, y) == 100,
        "chosen_or_unknown": lambda a: when(a, True, unknown),
        "is_in": lambda word: word.isin(["甲", "乙"]),
        "is_not_in": lambda word: ~word.isin(["甲", "乙"]),
        "starts": lambda word: word.startswith("甲", "丁"),
    }
    for name, form in forms.items():
        book.rule(person, name=name, label=name)(form)
    book.rule(person, name="lesser", label="小", unit="fen")(lambda x, y: least(x, y))
    book.rule(person, name="larger", label="大", unit="fen")(lambda x, y: greatest(x, 0, y))
    book.rule(person, name="negative", label="负", unit="fen")(lambda x, y: -(x - y))
    return book


def test_truth_tables(ask):
    amounts, words = (100, -7, None), ("甲", "丁", None)
    several = list(product(THREE, THREE, amounts, amounts, words))
    rows = Rows(
        [
            {"person": at, "household": 1, "a": a, "b": b, "x": x, "y": y, "word": word}
            for at, (a, b, x, y, word) in enumerate(several)
        ],
        [{"household": 1, "county": "640104"}],
    )
    answers = ask(_logic(), rows).persons
    for at, (a, b, x, y, word) in enumerate(several):
        inside = None if word is None else word == "甲"
        chosen = x if a else y
        if a is None:
            chosen = x if x == y else None
        got = {name: value for name, value in answers[at].items() if name not in ("person", "household")}
        assert got == {
            "both": _and(a, b),
            "either": _or(a, b),
            "neither": _and(_not(a), _not(b)),
            "not_both": _not(_and(a, b)),
            "same": None if None in (a, b) else a == b,
            "not_a_is_b": None if None in (a, b) else (not a) == b,
            "not_a_known": a is not None,
            "member_known": word is not None,
            "filled": True if _and(a, b) is None else _and(a, b),
            "chosen": None if chosen is None else chosen == 100,
            "chosen_or_unknown": True if a else None,
            "is_in": inside,
            "is_not_in": _not(inside),
            "starts": None if word is None else word in ("甲", "丁"),
            "lesser": None if None in (x, y) else min(x, y),
            "larger": None if None in (x, y) else max(x, 0, y),
            "negative": None if None in (x, y) else y - x,
        }, (a, b, x, y, word)


def _groups() -> Book:
    book = Book()
    book.fact("a", person, label="甲")
    book.fact("x", person, unit="fen", label="丙")
    forms = {
        "someone": (lambda members: members.a.any(), "bool"),
        "everyone": (lambda members: members.a.all(), "bool"),
        "rich": (lambda members: members.where(members.a).x.sum() > 5, "bool"),
        "someone_rich": (lambda members: (members.where(members.a).x > 5).any(), "bool"),
        "all_rich": (lambda members: (members.where(members.a).x > 5).all(), "bool"),
        "heads": (lambda members: members.count(), "count"),
        "counted": (lambda members: members.a.count(), "count"),
        "among": (lambda members: members.where(members.a).count(), "count"),
        "total": (lambda members: members.x.sum(), "fen"),
        "among_total": (lambda members: members.where(members.a).x.sum(), "fen"),
        "most": (lambda members: members.x.max(), "fen"),
        "most_of_none": (lambda members: members.where(members.a).x.max(empty=0), "fen"),
        "fewest": (lambda members: members.x.min(), "fen"),
    }
    for name, (form, unit) in forms.items():
        book.rule(household, name=name, label=name, unit=unit)(form)
    return book


def _kleene(values, decided, otherwise):
    if decided in values:
        return decided
    return None if None in values else otherwise


def test_aggregates_over_every_pair_of_members(ask):
    """Nobody, and every household of one or two members whose facts may each be unknown."""
    single = list(product(THREE, (9, 2, None)))
    homes = [(), *((one,) for one in single), *product(single, single)]
    people = [
        {"person": home * 10 + at, "household": home, "a": a, "x": x}
        for home, members in enumerate(homes)
        for at, (a, x) in enumerate(members)
    ]
    rows = Rows(people, [{"household": home, "county": "640104"} for home in range(len(homes))])
    answers = ask(_groups(), rows).households
    for home, members in enumerate(homes):
        flags = [a for a, _ in members]
        amounts = [x for _, x in members]
        open_ = None in flags or any(a and x is None for a, x in members)
        held = [x for a, x in members if a]
        total = None if open_ else sum(held)
        over = [None if x is None else x > 5 for _, x in members]
        got = answers[home]
        assert got["someone"] is _kleene(flags, True, False)
        assert got["everyone"] is _kleene(flags, False, True)
        assert got["heads"] == len(members)
        assert got["counted"] == got["among"] == (None if None in flags else flags.count(True))
        assert got["total"] == (None if None in amounts else sum(amounts))
        assert got["among_total"] == total
        assert got["rich"] is (None if total is None else total > 5)
        assert got["someone_rich"] is _kleene(
            [_and(a, o) for a, o in zip(flags, over, strict=True)], True, False
        )
        assert got["all_rich"] is _kleene(
            [_or(_not(a), o) for a, o in zip(flags, over, strict=True)], False, True
        )
        assert got["most"] == (None if None in amounts or not amounts else max(amounts))
        assert got["fewest"] == (None if None in amounts or not amounts else min(amounts))
        assert got["most_of_none"] == (None if open_ else max(held, default=0))
