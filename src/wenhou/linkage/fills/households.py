"""Readings of what people's records tell of the household they belong to."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Sources, fill


def of_members(contract: str, key: str = "id_no") -> Reading:
    """The current rows of a contract by the household of the person they name."""

    def rows(sources: Sources, at: At) -> ir.Table:
        people = sources.people.select("person", "household")
        told = sources[contract]
        return told.join(people, told[key] == people.person)

    return Reading(f"{contract}/household", contract, "household", "household", rows)


def _numbered(sources: Sources) -> ir.Table:
    """The register's households by their number in a county."""
    register = sources.register
    county = register.division_code.substr(0, 6)
    return register.select("household", register_no="household_no", register_county=county).distinct()


def of_register(contract: str) -> Reading:
    """Rows that name the register's household by its number, and the county by their division."""

    def rows(sources: Sources, at: At) -> ir.Table:
        numbers, told = _numbered(sources), sources[contract]
        return told.join(numbers, _same(told, numbers))

    return Reading(f"{contract}/household", contract, "household", "household", rows)


def _same(told: ir.Table, numbers: ir.Table) -> list[ir.BooleanValue]:
    return [
        told.household_no == numbers.register_no,
        told.division_code.substr(0, 6) == numbers.register_county,
    ]


def owners(sources: Sources, at: At) -> ir.Table:
    """Whose homes are the household's: not of who is declared missing, who is no member by law (审核确认办法 §7)."""
    told = sources["DI03"]
    missing = told.filter((told.cancel_reason == "宣告失踪") & (told.cancel_date <= at.as_of))
    people = sources.people.select("person", "household")
    missing = missing.select(missing="id_no")
    return people.anti_join(missing, people.person == missing.missing)


def homes_of(people: ir.Table, sources: Sources) -> ir.Table:
    """Homes (住宅, 现势) by the owners' household; `first`: the one row of a home that two spouses share."""
    told = sources["DI17"].filter(lambda row: (row.use == "住宅") & (row.status == "现势"))
    told = told.join(people, told.id_no == people.person)
    order = ibis.window(group_by=[told.household, told.unit_no], order_by=[told.delivery, told.line])
    return told.mutate(first=ibis.row_number().over(order) == 0)


def _homes(sources: Sources, at: At) -> ir.Table:
    return homes_of(sources.people.select("person", "household"), sources)


HOMES = Reading("DI17/homes", "DI17", "household", "household", _homes)


def counted(homes: str, area: str, reading: Reading) -> None:
    """Two facts of such homes: how many, and the area by share."""
    fill(homes, reading, how="count", where=lambda row, at: row.first & (row.reg_date <= at.as_of))
    fill(
        area,
        reading,
        how="sum",
        where=lambda row, at: row.reg_date <= at.as_of,
        value=lambda row, at: (row.area * row.share).cast("decimal(18, 4)"),
    )
