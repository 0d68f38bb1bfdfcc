"""A difference made small: what is not needed for it is set to none or taken away."""

from dataclasses import replace
from typing import Any

from oracle.case import Application
from oracle.compare import Difference, differences
from oracle.worlds import KEPT, World, plain

SHAPE = {
    "birth_date",
    "supporter_household",
    "supporter_household_size",
    "supporter_household_income_12m",
    "supported_people",
    "supporter_kinship",
    "judged_support",
}


def smallest(found: Difference) -> Difference:
    """The same name told in two ways by a smaller application."""
    for key in sorted(found.world.application.persons, reverse=True):
        found = _same(found, _without_person(found.world.application, key)) or found
    for tried in _facts_gone(found):
        found = _same(found, tried(found)) or found
    return found


def _same(found: Difference, tried: Application | None) -> Difference | None:
    if tried is None:
        return None
    again = differences(World(found.world.seed, tried))
    return next((one for one in again if one.name == found.name and _kind(one) == _kind(found)), None)


def _kind(found: Difference) -> tuple[str, str]:
    """How each told it: an amount is as good as another, a verdict is not."""
    return tuple("amount" if type(told) is int and told else str(told) for told in (found.rule, found.oracle))


def _without_person(application: Application, key: Any) -> Application:
    return replace(application, persons={k: v for k, v in application.persons.items() if k != key})


def _facts_gone(found: Difference):
    application = found.world.application
    for name in application.standards:
        yield lambda now, name=name: _without_standard(now.world.application, name)
    for key, facts in application.persons.items():
        for name in facts:
            yield lambda now, key=key, name=name: _plain_person(now.world.application, key, name)
    for name in application.household:
        yield lambda now, name=name: _plain_home(now.world.application, name)


def _without_standard(application: Application, name: str) -> Application:
    return replace(application, standards={k: v for k, v in application.standards.items() if k != name})


def _plain_person(application: Application, key: Any, name: str) -> Application | None:
    facts = application.persons.get(key)
    if (
        facts is None
        or facts[name] == plain("person").get(name)
        or name in KEPT - {"father", "mother"} | SHAPE | {"person", "household"}
    ):
        return None
    return replace(
        application, persons={**application.persons, key: {**facts, name: plain("person").get(name)}}
    )


def _plain_home(application: Application, name: str) -> Application | None:
    if application.household[name] == plain("household").get(name) or name in (
        "urban_rural",
        "household",
        "county",
    ):
        return None
    return replace(application, household={**application.household, name: plain("household").get(name)})


def told(found: Difference) -> str:
    """What is not none in it."""
    application = found.world.application
    lines = [str(found), f"  standards {dict(application.standards)}"]
    home = {k: v for k, v in application.household.items() if v != plain("household").get(k)}
    lines.append(f"  household {home}")
    for key, facts in application.persons.items():
        lines.append(f"  {key}: { {k: v for k, v in facts.items() if v != plain('person').get(k)} }")
    return "\n".join(lines)
