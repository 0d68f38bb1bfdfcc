"""Who somebody is and where: taken from what the registry publishes; moves and permits from their contracts."""

import ibis
import ibis.expr.types as ir

from wenhou.base.month import months_before
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Sources, dated, fill, told

told("birth_date", "person", "DI01", lambda row: row.birth_date)
told("sex", "person", "DI01", lambda row: row.sex)
told("relation", "person", "DI01", lambda row: row.relation)
told("hukou_type", "person", "DI01", lambda row: row.hukou_type)
told("hukou_division", "person", "DI01", lambda row: row.hukou_division)
told("hukou_county", "person", "DI01", lambda row: row.hukou_division.substr(0, 6))
told("resides_division", "person", "DI04", lambda row: row.resides_division)
told("registered_on", "person", "DI02", lambda row: row.registered_on)

told("on_register", "household", "SA-ARCH", lambda row: row.on_register.nullif(False), none=False)
told("household_category", "household", "SA-ARCH", lambda row: row.category, none="OUT")
told("urban_rural", "household", "SA-ARCH", lambda row: row.urban_rural)
told("household_division", "household", "SA-ARCH", lambda row: row.division)
told("household_county", "household", "SA-ARCH", lambda row: row.county)
told("household_hukou_county", "household", "DI01", lambda row: row.hukou_county)


def _others(sources: Sources, at: At) -> ir.Table:
    """Pairs of a person and an adult of the same household who is neither parent nor sibling."""
    columns = ["person", "household", "father", "mother"]
    me = sources.people.select(*columns)
    adult = sources.people.filter(lambda row: row.birth_date <= months_before(at.as_of, 18 * 12))
    adult = adult.select(**{f"their_{name}": adult[name] for name in columns})
    pairs = me.join(adult, [me.household == adult.their_household, me.person != adult.their_person])
    near = [
        pairs.father == pairs.their_person,
        pairs.mother == pairs.their_person,
        pairs.father == pairs.their_father,
        pairs.mother == pairs.their_mother,
    ]
    relatives = [ibis.coalesce(one, ibis.literal(False)) for one in near]
    return pairs.filter(~(relatives[0] | relatives[1] | relatives[2] | relatives[3]))


fill(
    "other_adults_in_household",
    Reading("people/other_adults", "DI01", "person", "person", _others, also=("DI02",)),
    how="count",
)

dated(
    "hukou_moved_out_on",
    "has_hukou_moved_out",
    "DI02",
    day=lambda row, at: row.move_out_date,
    where=lambda row, at: row.to_division.notnull(),
)
fill(
    "hukou_moved_to_county",
    "DI02",
    how="latest",
    where=lambda row, at: row.to_division.notnull() & (row.move_out_date <= at.as_of),
    value=lambda row, at: row.to_division,
    by=lambda row, at: row.move_out_date,
    none="无",
)
dated(
    "hukou_moved_in_on",
    "has_hukou_moved_in",
    "DI02",
    day=lambda row, at: row.move_in_date,
    where=lambda row, at: row.from_division.notnull(),
)


def _permits(sources: Sources, at: At) -> ir.Table:
    """Permits beside the county that is responsible: the register's, else that of the residence registration."""
    people = sources.people.select(holder="person", home=sources.people.place.substr(0, 6))
    permits = sources["DI04"]
    return permits.join(people, permits.id_no == people.holder)


def _elsewhere(row: Row, at: At) -> ir.BooleanValue:
    in_force = (row.status == "有效") & (row.valid_to >= at.as_of)
    return in_force & (row.division_code.substr(0, 6) != row.home)


dated(
    "permit_elsewhere_since",
    "has_permit_elsewhere",
    Reading("DI04/home", "DI04", "id_no", "person", _permits),
    day=lambda row, at: row.reg_date,
    how="min",
    where=_elsewhere,
)
