"""Other people in a formula: parents, spouses, children, housemates."""

from wenhou.engine import Book, household, person
from wenhou.engine.run import Rows


def _kin() -> Book:
    book = Book()
    book.fact("age", person, unit="years", label="年龄")
    book.fact("is_dead", person, label="死亡")
    book.fact("income", household, unit="fen", label="家庭收入")
    book.link("father", label="父亲")
    book.link("mother", label="母亲")
    book.link("spouse", label="配偶")
    book.link("children", label="子女", inverse_of=("father", "mother"))
    forms = {
        "orphan": lambda father, mother: father.is_dead & mother.is_dead,
        "has_father": lambda father: father.is_known(),
        "apart": lambda spouse: ~spouse.same_household(),
        "poor_father": lambda father: father.income < 100,
        "grown": lambda children: (children.age >= 18).any(),
        "elder_child": lambda children, age: (children.age > age).any(),
        "childless": lambda children: children.where(~children.is_dead).count() == 0,
        "rich_child": lambda children, income: (children.income > income).any(),
        "child_here": lambda children: children.same_household().any(),
        "alone": lambda housemates: housemates.count() == 0,
        "with_parents_only": lambda housemates, father, mother: (
            housemates.are(father) | housemates.are(mother)
        ).all(),
        "oldest_here": lambda housemates, age: (housemates.age < age).all(),
        "poor_with_old": lambda housemates, income: (
            (housemates.where(housemates.age >= 60).count() > 0) & (income < 100)
        ),
    }
    for name, form in forms.items():
        book.rule(person, name=name, label=name)(form)
    book.rule(person, name="grandfather_dead", label="祖父死亡")(lambda father: father.orphan)
    book.rule(household, name="has_orphan", label="有孤儿")(lambda members: members.orphan.any())
    book.rule(person, name="orphan_home", label="户有孤儿")(lambda has_orphan, alone: has_orphan & ~alone)
    return book


def _person(key, home, age, dead, father=None, mother=None, spouse=None):
    return {
        "person": key, "household": home, "age": age, "is_dead": dead,
        "father": father, "mother": mother, "spouse": spouse,
    }  # fmt: skip


ROWS = Rows(
    [
        _person(1, 1, 70, True),
        _person(2, 1, 65, True, spouse=1),
        _person(3, 2, 40, False, father=1, mother=2, spouse=4),
        _person(4, 3, 39, None, father=777, spouse=3),
        _person(5, 2, 15, False, father=3, mother=4),
        _person(6, 2, None, False, father=3, mother=3),
        _person(7, 4, 30, True, father=5, mother=4),
    ],
    [
        {"household": 1, "county": "1", "income": 50},
        {"household": 2, "county": "1", "income": 80},
        {"household": 3, "county": "1", "income": 500},
        {"household": 4, "county": "1"},
    ],
)
Y, N, U = True, False, None
EXPECTED = {
    "orphan": {1: U, 2: U, 3: Y, 4: U, 5: N, 6: N, 7: N},
    "has_father": {1: N, 2: N, 3: Y, 4: N, 5: Y, 6: Y, 7: Y},
    "apart": {1: U, 2: N, 3: Y, 4: Y, 5: U, 6: U, 7: U},
    "poor_father": {1: U, 2: U, 3: Y, 4: U, 5: Y, 6: Y, 7: Y},
    "grown": {1: Y, 2: Y, 3: U, 4: Y, 5: Y, 6: N, 7: N},
    "elder_child": {1: N, 2: N, 3: U, 4: N, 5: Y, 6: N, 7: N},
    "childless": {1: N, 2: N, 3: N, 4: N, 5: Y, 6: Y, 7: Y},
    "rich_child": {1: Y, 2: Y, 3: N, 4: U, 5: U, 6: N, 7: N},
    "child_here": {1: N, 2: N, 3: Y, 4: N, 5: N, 6: N, 7: N},
    "alone": {1: N, 2: N, 3: N, 4: Y, 5: N, 6: N, 7: Y},
    "with_parents_only": {1: U, 2: U, 3: N, 4: Y, 5: N, 6: N, 7: Y},
    "oldest_here": {1: Y, 2: N, 3: U, 4: Y, 5: N, 6: U, 7: Y},
    "poor_with_old": {1: Y, 2: Y, 3: U, 4: N, 5: U, 6: N, 7: N},
    "grandfather_dead": {1: U, 2: U, 3: U, 4: U, 5: Y, 6: Y, 7: N},
    "orphan_home": {1: U, 2: U, 3: Y, 4: N, 5: Y, 6: Y, 7: N},
}


def test_other_people(ask) -> None:
    answers = ask(_kin(), ROWS)
    got = {name: {key: row[name] for key, row in answers.persons.items()} for name in EXPECTED}
    assert got == EXPECTED
    assert {key: row["has_orphan"] for key, row in answers.households.items()} == {1: U, 2: Y, 3: U, 4: N}
