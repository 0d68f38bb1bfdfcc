"""Everybody and every household, each with the two places that may have their records."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.sources import Sources


def bases(sources: Sources, division: str | None) -> tuple[ir.Table, ir.Table]:
    """People and households with `place` and `home`. division: only those living, or registered, there."""
    homes = sources.households.mutate(home=ibis.coalesce(sources.households.division, ""))
    households = homes.mutate(place=ibis.coalesce(homes.hukou_county, ""))
    dwelling = homes.select(lives_in="household", home=homes.home)
    people = sources.people.left_join(dwelling, sources.people.household == dwelling.lives_in)
    people = people.drop("lives_in").mutate(
        place=ibis.coalesce(people.place, ""), home=ibis.coalesce(people.home, "")
    )
    if division:
        households = households.filter(households.home.startswith(division))
        people = people.filter(people.home.startswith(division) | people.place.startswith(division))
    return people, households
