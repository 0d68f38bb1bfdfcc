"""A contract's promises as set-based SQL. Values come as text; what they become is typed, or null with a reason.

Field names are checked against `lake.schema`, values and patterns are written as literals: nothing a sender wrote is
ever part of a statement.
"""

from functools import cache
from pathlib import Path

import duckdb

from wenhou.exchange.contracts import Contract, Field
from wenhou.lake.schema import literal

MISSING = "缺少必填值"
MISFIT = "列数与表头不符"

_TYPED = {
    "id": "id_number({v}, {n})",
    "date": "existing_day({v})",
    "month": "first_of_month({v})",
    "year": "calendar_year({v})",
    "money": "fen({v})",
    "bool": "truth({v})",
    "json": "case when json_valid({v}) then {v} end",
}
_REASONS = {
    "date": "不是存在的日期（YYYY-MM-DD）",
    "month": "不是月份（YYYY-MM）",
    "year": "不是年份（YYYY）",
    "money": "不是金额（元，至多两位小数）",
    "bool": "应为true或false",
    "json": "不是JSON",
}


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Teach a connection our macros."""
    connection.execute(_macros())


@cache
def _macros() -> str:
    return Path(__file__).with_name("macros.sql").read_text(encoding="utf-8")


def value(field: Field) -> str:
    """The text as it counts: nothing for blanks, identity numbers in their 18-character form."""
    if field.kind == "id":
        return f'upgraded(told("{field.name}"))'
    return f'blank("{field.name}")' if field.kind in ("text", "json") else f'told("{field.name}")'


def typed(field: Field, v: str, n: str | None = None) -> str:
    """SQL for the typed value of text `v`; null where it does not hold. `n` is a column holding first17(v)."""
    if field.kind in _TYPED:
        return _TYPED[field.kind].format(v=v, n=n or f"first17({v})")
    if field.kind == "int":
        return _ranged(field, v)
    if field.kind == "num":
        pattern = literal(rf"-?(0|[1-9][0-9]{{0,12}})(\.[0-9]{{1,{field.size}}})?")
        return f"case when regexp_full_match({v}, {pattern}) then try_cast({v} as {field.stored}) end"
    return f"case when {_fits(field, v)} then {v} end"


def reason(field: Field) -> str:
    """What the sender is told where the value does not hold, in Chinese."""
    if field.kind in _REASONS:
        return _REASONS[field.kind]
    if field.kind == "int":
        return _range_reason(field)
    if field.kind == "num":
        return f"不是数（至多{field.size}位小数）"
    if field.kind == "text":
        return f"超过{field.size}字，或有控制字符"
    if field.kind == "enum":
        return "代码不在码表中" if field.codes else "不在允许的取值中"
    return f"应为{field.size}位代码"


def fault(field: Field, v: str, t: str) -> str:
    """SQL for whether the value breaks the promise."""
    return f"({t} is null)" if field.required else f"({v} is not null and {t} is null)"


def fault_reason(field: Field, v: str) -> str:
    """SQL for the reason a faulty value `v` is refused."""
    why = f"id_fault({v})" if field.kind == "id" else literal(reason(field))
    return f"case when {v} is null then {literal(MISSING)} else {why} end"


def shown(field: Field, contract: Contract, v: str) -> str:
    """SQL for the value as the rejects file shows it: masked where it says something about a person."""
    if field.kind == "id":
        return f"masked_id({v})"
    hidden = (
        field.sensitive
        or field.holds_identity
        or (contract.sensitivity == "敏感" and field.kind in ("text", "json", "money"))
    )
    if field.holds_identity and not hidden:
        return f"case when regexp_matches({v}, '[0-9]{{15}}') then masked_text({v}) else for_a_sheet({v}) end"
    return f"masked_text({v})" if hidden else f"for_a_sheet({v})"


def _fits(field: Field, v: str) -> str:
    if field.kind == "enum":
        return f"{v} in ({', '.join(literal(one) for one in field.allowed)})"
    if field.kind == "text":
        return f"length({v}) <= {field.size} and not regexp_matches({v}, '[\\x00-\\x08\\x0b-\\x1f\\x7f]')"
    pattern = field.pattern or f"[!-~]{{{field.size}}}"
    return f"regexp_full_match({v}, {literal(pattern)})"


def _ranged(field: Field, v: str) -> str:
    number = f"whole_number({v})"
    bounds = [
        f"{number} {sign} {bound}"
        for sign, bound in ((">=", field.minimum), ("<=", field.maximum))
        if bound is not None
    ]
    return f"case when {' and '.join(bounds)} then {number} end" if bounds else number


def _range_reason(field: Field) -> str:
    if field.maximum is not None:
        return f"应为{field.minimum or 0}到{field.maximum}的整数"
    return f"应为不小于{field.minimum}的整数" if field.minimum is not None else "不是整数"
