"""D07–D12: disability, who keeps whom, and the allowances."""

from datetime import timedelta

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.props import disabled, not_yet, stay, this_year, wage, yuan

BOTH = frozenset({"困难残疾人生活补贴", "重度残疾人护理补贴"})


def near_dibao_disabled(cast: Cast, count: int) -> None:
    """D07: severely disabled people, minors and frail elders of near-Dibao families."""
    local = "yes" if cast.standards.protects_minors_and_frail else "no"
    for number in range(count):
        head, wife = cast.house().couple(44)
        kind = number % 4
        if kind == 0:
            disabled(cast, wife, 2)
        elif kind == 1:
            disabled(cast, wife, 3, "智力")
        elif kind == 2:
            wife = head.house.child(9, head, wife)
        else:
            wife = head.house.add(2, 72, c.MOTHER)
        care = (
            {"self_care": {wife: "完全丧失"}, "self_care_on": {wife: cast.clock.date_back(6)}}
            if kind == 3
            else {}
        )
        cast.register("BY", *head.house.people, **care)
        why = ("二级残疾", "三级智力残疾", "未成年人（地方第四类）", "失能老年人（地方第四类）")[kind]
        cast.expect("D07", wife, "yes" if kind < 2 else local, "disability", f"边缘家庭{why}，未单人保")
    for number in range(max(5, count // 2)):
        person = cast.single(59)
        if number % 5 == 4:
            person.born = cast.clock.date_back(18 * 12)
        certificate = ((3, "肢体"), (4, "智力"), (2, "听力"), None, None)[number % 5]
        if certificate:
            disabled(cast, person, *certificate, status="注销" if number % 5 == 2 else "有效")
        cast.register("DB" if number % 5 == 3 else "BY", person)
        why = ("三级肢体", "四级智力", "二级但已注销", "已是低保", "当日满18周岁，不再是未成年人")[number % 5]
        cast.expect("D07", person, "no", "disability", why)


def severe_without_work(cast: Cast, count: int) -> None:
    """D08: level one or two, adult, without work."""
    for number in range(count):
        person = cast.single(33)
        if number % 3 == 1:
            person.born = cast.clock.date_back(18 * 12)
        if number % 3 == 2:
            wage(cast, person, yuan(3200), until=6)
        disabled(cast, person, 1 + number % 2)
        cast.expect(
            "D08", person, "yes", "disability", ("无业", "当日满18周岁", "工资与参保止于六个月前")[number % 3]
        )
    for number in range(max(5, count // 2)):
        person = cast.single(33)
        kind = number % 5
        if kind == 1:
            person.born = months_after(cast.clock.as_of, -18 * 12) + timedelta(days=1)
        if kind == 2:
            wage(cast, person, yuan(3200), until=5)
        if kind == 3:
            cast.register("DB", person)
        disabled(cast, person, 3 if kind == 0 else 2, status="冻结" if kind == 4 else "有效")
        why = ("三级残疾", "差一日满18周岁", "第六个月仍有工资", "已是低保", "残疾证冻结")[kind]
        cast.expect("D08", person, "no", "disability", why)


def kept_by_family(cast: Cast, count: int) -> None:
    """D09: only parents of sixty or more, or siblings, in the household."""
    for number in range(count):
        house = cast.house(rural=number % 2 == 0)
        father, mother = house.couple(66 + number % 10, wife_age=60)
        if number % 2 == 0:
            mother.born = cast.clock.date_back(60 * 12)
        person = house.child(34, father, mother)
        if number % 3 == 2:
            house.child(30, father, mother, 2)
        disabled(cast, person, 2)
        if number % 3 == 1:
            cast.register("BY", father, mother, person)
        cast.expect("D09", person, "yes", "disability", "成年重残，同户供养人仅为60岁以上父母或兄弟姐妹")
    for number in range(max(4, count // 2)):
        house = cast.house()
        father, mother = house.couple(64, wife_age=62)
        person = house.child(34, father, mother)
        kind = number % 4
        if kind == 0:
            mother.born = months_after(cast.clock.as_of, -60 * 12) + timedelta(days=1)
        if kind == 1:
            house.add(2, 32, c.OTHER)
        if kind == 2:
            disabled(cast, person, 3)
        else:
            disabled(cast, person, 1)
        if kind == 3:
            wage(cast, person, yuan(2600))
        why = ("母亲差一日满60周岁", "户内另有成年人", "三级残疾", "本人有工作")[kind]
        cast.expect("D09", person, "no", "disability", why)
    alone = cast.single(34)
    disabled(cast, alone, 1)
    cast.expect("D09", alone, "no", "disability", "独居，无同户供养人")


def allowances_missed(cast: Cast, count: int) -> None:
    """D10: the two allowances for the disabled."""
    month_ago = cast.clock.date_back(1)
    for number in range(count):
        person = cast.single(41)
        person.refused = BOTH
        kind = number % 3
        if kind == 0:
            cast.register("DB", person)
        disabled(cast, person, 4 if kind == 0 else 2, issued=month_ago if kind == 2 else None)
        cast.expect(
            "D10",
            person,
            "yes",
            "disability",
            ("低保四级，无生活补贴", "二级，无护理补贴", "发证恰满1个月")[kind],
        )
    for number in range(max(5, count // 2)):
        person = cast.single(41)
        kind = number % 5
        person.refused = frozenset() if kind == 3 else BOTH
        if kind in (1, 3):
            cast.register("TK" if kind == 1 else "DB", person)
        issued = not_yet(cast, 1) if kind == 0 else None
        disabled(cast, person, 3 if kind == 2 else 2, issued=issued, status="冻结" if kind == 4 else "有效")
        why = ("发证差一日满1个月", "特困不重复", "三级且非低保", "两项均已享受", "残疾证冻结")[kind]
        cast.expect("D10", person, "no", "disability", why)


def grown_worse(cast: Cast, count: int) -> None:
    """D11: a graver level or another category than in the earlier delivery."""
    recent = cast.clock.date_back(2)
    for number in range(count):
        person = cast.single(57)
        cast.register(("DB", "BY", "JC", "GX")[number % 4], person)
        if number % 3 == 2:
            disabled(cast, person, 3, "多重", issued=recent, before=(3, "肢体"))
        else:
            disabled(cast, person, 2, issued=recent, before=(3, "肢体"))
        cast.expect("D11", person, "yes", "disability", "等级加重" if number % 3 != 2 else "新增残疾类别")
    for number in range(max(3, count // 2)):
        person = cast.single(57)
        kind = number % 3
        if kind < 2:
            cast.register("DB", person)
        before = ((3, "肢体"), (2, "肢体"), (4, "肢体"))[kind]
        disabled(cast, person, 3, issued=recent, before=before)
        cast.expect("D11", person, "no", "disability", ("等级未变", "等级减轻", "不在册")[kind])


def several_disabled(cast: Cast, count: int) -> None:
    """D12: two certificates, one of them severe, in a household below one and a half lines."""
    edge = cast.standards.line(False) * 3  # 1.5 L for two people, a month
    for number in range(count):
        one, two = cast.house().couple(51)
        _two_certificates(cast, one, two, 1 + number % 2)
        if number % 2:
            wage(cast, one, edge - 1)
        cast.expect(
            "D12",
            one.house,
            "yes",
            "disability",
            "一户两残，人均差一分到1.5倍" if number % 2 else "一户两残，无收入",
        )
    for number in range(max(4, count // 2)):
        one, two = cast.house().couple(51)
        kind = number % 4
        if kind == 0:
            wage(cast, one, edge)
        if kind == 2:
            disabled(cast, two, 1)
        else:
            _two_certificates(cast, one, two, 3 if kind == 1 else 2)
        if kind == 3:
            cast.register("BY", one, two)
        why = ("人均恰为1.5倍低保标准", "无一二级残疾", "只有一人持证", "已在库")[kind]
        cast.expect("D12", one if kind == 3 else one.house, "no", "disability", why)


def _two_certificates(cast: Cast, one: Person, two: Person, level: int) -> None:
    disabled(cast, one, 3)
    disabled(cast, two, level, "视力")


def spent_without_relief(cast: Cast, count: int) -> None:
    """A severely disabled person off the register with a stay: several needs at once."""
    for _ in range(max(2, count // 4)):
        person = cast.single(39)
        disabled(cast, person, 1)
        stay(cast, person, this_year(cast), yuan(25000))
        cast.expect("D08", person, "yes", "disability", "重残且大额自付")
        cast.expect("D01", person, "yes", "illness", "重残且大额自付")


PLANTS = (
    near_dibao_disabled,
    severe_without_work,
    kept_by_family,
    allowances_missed,
    grown_worse,
    several_disabled,
    spent_without_relief,
)
