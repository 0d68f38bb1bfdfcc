"""What is wrong with a declaration is said when the module is imported, with the nearest known name."""

import pytest

from wenhou.engine import (
    Book,
    ceil_to,
    days,
    floor_div,
    full_years,
    household,
    least,
    months,
    person,
    quantity,
    round_half_up,
    unknown,
    when,
)
from wenhou.engine.faults import DeclarationFault


@pytest.fixture
def book() -> Book:
    book = Book()
    book.fact("birth_date", person, kind="date", label="出生日期")
    book.fact("medical", person, unit="fen", label="自付")
    book.fact("is_dead", person, label="死亡")
    book.fact("word", person, kind="text", label="字")
    book.fact("income", household, unit="fen", label="收入")
    book.fact("area", household, unit="sqm", label="面积")
    book.fact("wait", household, unit="days", label="天数")
    book.standard("dibao", unit="fen/month", label="低保标准")
    book.standard("rate", unit="percent", label="比例")
    book.link("father", label="父亲")
    book.link("spouse", label="配偶")
    book.link("children", label="子女", inverse_of=("father",))
    return book


HOUSEHOLD_FORMULAS = {
    "income + wait": "单位不合：fen + days",
    "income > wait": "单位不合：fen > days",
    "income > members.count()": "单位不合：fen > count",
    "income + dibao > 0": "单位不合：fen + fen/month",
    "income * income > 0": "单位不合：fen × fen",
    "income * 0.1 > 5": "不能与小数同算",
    "income > 1.5": "不能与小数同算",
    "income / 12 > 5": "floor_div",
    "income and True": "不能用 and、or、not、if",
    "not income": "不能用 and、or、not、if",
    "1 < income < 3": "连续比较",
    "income > 1 & wait > 2": "比较要加括号",
    "income == None": ".is_known()",
    "members.income.sum() > 0": "直接把它写进参数",
    "members.medcal.sum() > 0": "您是否想写“medical”？",
    "members.medical > 0": "逐人的值",
    "members.father.is_dead.any()": "先立一条 person 的规则",
    "members.medical.any()": "any 需要 bool",
    "members.word.max() == '甲'": "max 需要数或日期",
    "income.sum() > 0": "只能用于 members",
    "any(members)": "不能逐个取用",
    "bool(members)": "members.count() > 0",
    "when(income, 1, 2) > 1": "when 需要 bool",
    "when(income > 0, income, wait) > 1": "单位不合：fen when days",
    "least(income) > 0": "至少要两个值",
    "floor_div(area, 2) > 1": "只用于整数",
    "ceil_to(income, 0) > 1": "正整数",
    "full_years(income, income) > 1": "full_years 需要 date",
    "members.birth_date.min() + 3 > 1": "单位不合",
    "income.isin([])": "不能有 None",
    "income.startswith('甲')": "startswith 需要 text",
    "members.where(income > 0).where(members.is_dead).medical + members.where(~members.is_dead).medical": "不同的 where",
    "income.fill(None) > 1": ".is_known()",
    "quantity(3, 'feet') > 1": "不认识",
    "5": "要返回一个式子",
    "income": "声明的单位是 bool，公式算出来是 fen",
}


@pytest.mark.parametrize("formula", HOUSEHOLD_FORMULAS)
def test_a_wrong_formula_is_refused_at_declaration(book: Book, formula: str) -> None:
    words = {
        "when": when,
        "least": least,
        "floor_div": floor_div,
        "ceil_to": ceil_to,
        "full_years": full_years,
        "quantity": quantity,
    }
    parameters = [name for name in ("members", "income", "area", "wait", "dibao") if name in formula] or [
        "members"
    ]
    written = eval(f"lambda {', '.join(parameters)}: {formula}", words)
    with pytest.raises(DeclarationFault) as fault:
        book.rule(household, name="wrong", label="错")(written)
    assert fault.value.message.startswith("“wrong”")
    assert HOUSEHOLD_FORMULAS[formula] in fault.value.message
    assert "wrong" not in book


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (lambda members: members.count() > 1, "person 的规则不能用 members，请用 housemates"),
        (lambda birthdate: birthdate.is_known(), "您是否想写“birth_date”？"),
        (lambda father: father.spouse.is_dead, "先立一条 person 的规则"),
        (lambda father: father, "要返回一个式子"),
        (lambda father: ~father.is_dead if father else father.is_dead, "请用 father.is_known()"),
        (lambda children, housemates: (children.medical > housemates.medical).any(), "不同的人群"),
        (lambda housemates: housemates.same_household().any(), "本来就同住"),
    ],
)
def test_a_wrong_formula_about_a_person(book: Book, formula, said: str) -> None:
    with pytest.raises(DeclarationFault, match="“wrong”") as fault:
        book.rule(person, name="wrong", label="错")(formula)
    assert said in fault.value.message


def test_a_household_rule_asks_for_a_person_value_through_members(book: Book) -> None:
    with pytest.raises(DeclarationFault, match=r"请写 members\.medical"):
        book.rule(household, name="wrong", label="错")(lambda medical: medical > 0)
    with pytest.raises(DeclarationFault, match="只能用于 person 的规则"):
        book.rule(household, name="wrong", label="错")(lambda father: father.is_dead)


def test_units_that_do_go_together(book: Book) -> None:
    forms = {
        "fen": lambda income, dibao: least(income, dibao * months(3)),
        "fen/month": lambda income, dibao: floor_div(income, months(12)) - dibao,
        "sqm": lambda members: quantity(30, "sqm/person") * members.count(),
        "count": lambda income: floor_div(income, income),
        "days": lambda wait: wait + days(3) + 2,
        "ratio": lambda income: income / income,
        "percent": lambda rate: rate + 5,
        "years": lambda members, as_of: members.birth_date.min().fill(as_of).isin([as_of]) & False | False,
    }
    for at, (unit, form) in enumerate(list(forms.items())[:-1]):
        book.rule(household, name=f"right_{at}", label="对", unit=unit)(form)
    book.rule(household, name="taxed", label="税", unit="fen")(
        lambda income, rate: round_half_up(income * rate, 100)
    )
    book.rule(household, name="open", label="待核", unit="fen")(lambda: unknown)
    book.rule(household, name="plain", label="定数", unit="fen")(lambda income: when(income > 0, 500, 700))
    assert [rule.unit for rule in book.rules][-3:] == ["fen", "fen", "fen"]


def test_names_are_one_namespace(book: Book) -> None:
    with pytest.raises(DeclarationFault, match="已经声明过"):
        book.fact("income", person, unit="fen", label="收入")
    with pytest.raises(DeclarationFault, match="请注明 since 或 region"):
        book.rule(household, name="income", label="收入", unit="fen")(lambda income: income * 0)
    with pytest.raises(DeclarationFault, match="不能用作名称"):
        book.fact("members", household, label="成员")
    with pytest.raises(DeclarationFault, match="没有中文说明"):
        book.rule(household, name="silent")(lambda area: area > 1)
    with pytest.raises(DeclarationFault, match="种类 fen 与单位 sqm 不合"):
        book.fact("odd", person, kind="fen", unit="sqm", label="怪")
    with pytest.raises(DeclarationFault, match="不是一条直接的关系"):
        book.link("kin", label="亲", inverse_of=("children",))


def test_an_indicator_carries_what_must_follow(book: Book) -> None:
    @book.indicator(
        "D01",
        person,
        type="主动发现",
        weight=40,
        basis=("medical", "income"),
        answer_within=10,
        sources=("DI31",),
    )
    def is_burdened(medical, dibao):
        """自付高.

        说明。
        """
        return medical > 3 * (dibao * months(1))

    rule = book.indicators["D01"]
    assert (rule.name, rule.label, rule.unit) == ("is_burdened", "自付高", "bool")
    assert rule.watch is not None
    assert (rule.watch.type, rule.watch.weight, rule.watch.answer_within) == ("主动发现", 40, 10)
    assert rule.watch.basis == ("medical", "income")
    with pytest.raises(DeclarationFault, match=r"指标 D01 已由“is_burdened”占用"):
        book.indicator("D01", person, type="", weight=1, basis=(), name="other", label="又")(
            lambda is_dead: is_dead
        )
    with pytest.raises(DeclarationFault, match="依据“medical”却是个人的"):
        book.indicator("D02", household, type="", weight=1, basis=("medical",), name="o", label="又")(
            lambda income: income > 1
        )
    with pytest.raises(DeclarationFault, match="您是否想写“medical”？"):
        book.indicator("D02", person, type="", weight=1, basis=("medicl",), name="o", label="又")(
            lambda medical: medical > 1
        )


def test_a_new_version_may_not_lead_back_to_itself(book: Book) -> None:
    book.rule(household, name="first", label="一")(lambda income: income > 1)
    book.rule(household, name="second", label="二")(lambda first: ~first)
    with pytest.raises(DeclarationFault, match="绕回了它自己"):
        book.rule(household, name="first", label="一", since="2026-01")(lambda second: ~second)
    with pytest.raises(DeclarationFault, match="主体或单位不同"):
        book.rule(household, name="first", label="一", since="2026-01", unit="fen")(lambda income: income)
    book.rule(household, name="first", label="一", since="2026-01")(lambda income: income > 2)
    with pytest.raises(DeclarationFault, match="同一日期和地区"):
        book.rule(household, name="first", label="一", since="2026-01-01")(lambda income: income > 3)
