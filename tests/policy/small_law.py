"""A law in small, in a book of its own: one category, one amount, two standards, one item; to be changed by tests."""

from datetime import date
from typing import Any

from wenhou.engine import Book, ceil_to, household, least, months, person, when
from wenhou.policy.applications import reader
from wenhou.policy.asking.determinations import Determination, Screen, determine
from wenhou.policy.standards import Row

DAY = date(2025, 10, 15)
LINE = 76500


def book(*, line_percent: int = 100) -> Book:
    """Facts, standards and rules under the names of the real law. line_percent: of the standard, for a changed formula."""
    law = Book()
    _facts(law)
    _means(law)
    _categories(law, line_percent)
    return law


def _facts(law: Book) -> None:
    for name, kind, label, source in (
        ("kinship", "text", "与申请人关系", "申报"),
        ("sex", "text", "性别", "DI01"),
        ("birth_date", "date", "出生日期", "DI01"),
        ("is_supporter", "bool", "是义务人", "申报"),
        ("is_authorised", "bool", "有有效授权书", "SA-AUTH"),
        ("wages_12m", "fen", "近12个月工资性收入", "DI26"),
        ("deposits", "fen", "存款", "DI47"),
        ("is_severely_disabled", "bool", "残疾一二级", "DI41"),
    ):
        law.fact(name, person, kind=kind, label=label, sources=(source,))
    law.fact("supporter_rank", person, kind="int", label="义务人序号", sources=("申报",))
    for name in ("supports_first", "supports_second", "supports_third"):
        law.link(name, label=name)
    law.link("spouse", label="配偶")
    law.fact("urban_rural", household, kind="text", label="城乡", sources=("申报",))
    law.fact("has_vehicle", household, kind="bool", label="有汽车", sources=("DI06",))
    law.fact("vehicle_exemption", household, kind="text", label="汽车豁免理由", sources=("申报",))
    law.standard("dibao_urban", unit="fen/month", label="城市低保标准")
    law.standard("dibao_rural", unit="fen/month", label="农村低保标准")


def _means(law: Book) -> None:
    @law.rule(person)
    def counts(is_supporter: Any) -> Any:
        """计入共同生活成员."""
        return ~is_supporter

    @law.rule(household, unit="count")
    def family_size(members: Any) -> Any:
        """共同生活成员数."""
        return members.where(members.counts).count()

    @law.rule(household)
    def is_authorised_household(members: Any) -> Any:
        """计入的成员都已授权."""
        return members.where(members.counts).is_authorised.all()

    @law.rule(household, unit="fen/month")
    def dibao_standard(urban_rural: Any, dibao_urban: Any, dibao_rural: Any) -> Any:
        """当地低保标准."""
        return when(urban_rural == "城市", dibao_urban, dibao_rural)

    @law.rule(household, unit="fen")
    def wage_income_12m(members: Any) -> Any:
        """工资性收入."""
        return members.where(members.counts).wages_12m.sum()

    @law.rule(household)
    def vehicle_is_barred(has_vehicle: Any, vehicle_exemption: Any) -> Any:
        """汽车超限."""
        return has_vehicle & (vehicle_exemption == "无")


def _categories(law: Book, percent: int) -> None:
    @law.rule(household, law="办法第9条", determines=True)
    def qualifies_for_dibao(
        wage_income_12m: Any, family_size: Any, dibao_standard: Any, vehicle_is_barred: Any
    ) -> Any:
        """低保."""
        line = months(12) * dibao_standard * family_size
        return (wage_income_12m * 100 < line * percent) & ~vehicle_is_barred

    @law.rule(household, unit="text", determines=True)
    def category(qualifies_for_dibao: Any) -> Any:
        """类别."""
        return when(qualifies_for_dibao, "DB", "QT")

    @law.rule(household, unit="fen/month", determines=True)
    def dibao_amount(
        qualifies_for_dibao: Any, wage_income_12m: Any, family_size: Any, dibao_standard: Any
    ) -> Any:
        """补差."""
        gap = (months(12) * dibao_standard * family_size - wage_income_12m) // months(12)
        return when(qualifies_for_dibao, ceil_to(gap, 100), least(dibao_standard, 0))

    @law.rule(household)
    def item_yl01(qualifies_for_dibao: Any) -> Any:
        """低保审核确认."""
        return qualifies_for_dibao

    @law.rule(household, unit="fen", screen=True)
    def seen_income_12m(members: Any) -> Any:
        """可见收入."""
        return members.wages_12m.sum()


def row(name: str = "dibao_urban", value: int = LINE, **changed: Any) -> Row:
    """A standard in force, of 银川."""
    told: dict[str, Any] = {
        "name": name, "division": "6401", "since": date(2025, 10, 1), "until": None, "value": value,
        "unit": "fen/month", "document": "银川市低保标准", "article": "低保标准", "provisional": False,
        "review_by": None, "note": "",
    }  # fmt: skip
    return Row(**{**told, **changed})


def document(**changed: Any) -> dict[str, Any]:
    """Two adults, all authorised, wages of 1,000.00 yuan a year, every source asked."""
    return {
        "日期": DAY,
        "区划": "640104",
        "城乡": "城市",
        "已核对": "全部",
        "授权": "是",
        "本户": {"有汽车": "否"},
        "人员": {
            "王某": {
                "与申请人关系": "申请人",
                "出生日期": date(1970, 1, 1),
                "近12个月工资性收入": "1000.00元",
            },
            "李某": {"与申请人关系": "配偶", "出生日期": date(1972, 1, 1)},
        },
    } | changed


def ask(
    law: Book | None = None, *, known: tuple[Row, ...] = (row(),), **changed: Any
) -> Determination | Screen:
    """Determine the small household under the small law."""
    law = law or book()
    return determine(reader.read(document(**changed), book=law), known=known, book=law)


def determination(law: Book | None = None, **changed: Any) -> Determination:
    """The same, where it must be a determination."""
    found = ask(law, **changed)
    assert isinstance(found, Determination)
    return found


def with_wages(amount: str, **more: Any) -> dict[str, Any]:
    """People of whom the first earns so much."""
    told = document()["人员"]
    return {"人员": told | {"王某": told["王某"] | {"近12个月工资性收入": amount} | more}}
