"""Licences of what the product carries: permissive ones, weak copyleft for a library of its own, nothing of the GPL's kind."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

ALLOWED = {
    "MIT",
    "MIT-0",
    "0BSD",
    "BSD",
    "BSD-2-CLAUSE",
    "BSD-3-CLAUSE",
    "APACHE",
    "APACHE-2.0",
    "ISC",
    "ZLIB",
    "CC0-1.0",
    "PSF-2.0",
    "PYTHON-2.0",
    "OFL-1.1",
    "MPL-2.0",
    "LGPL-3.0-ONLY",
    "LGPL-3.0-OR-LATER",
    "CNRI-PYTHON",
    "UNLICENSE",
}
"""LGPL: psycopg, used as the library it is. OFL: the fonts."""
READ_BY_HAND = {"pyarrow-hotfix": "Apache-2.0"}
"""What says nothing in its metadata: what its LICENSE file says."""


def told(component: Mapping[str, Any]) -> list[str]:
    """What a component of the bill of materials says of its licence."""
    by_hand = READ_BY_HAND.get(component["name"])
    if by_hand:
        return [by_hand]
    return [
        str(one.get("expression") or one["license"].get("id") or one["license"].get("name"))
        for one in component.get("licenses", [])
    ]


def faults(components: list[Mapping[str, Any]]) -> Iterator[str]:
    """Components whose licence we may not use or that say none."""
    for component in components:
        said = told(component)
        if not any(_may(one) for one in said):
            yield f"{component['name']} {component['version']}: {' / '.join(said) or 'says no licence'}"


def _may(expression: str) -> bool:
    """Whether one of the alternatives of an expression is made of licences that are allowed."""
    plain = re.sub(r"License :: OSI Approved :: | (?:Software )?License\b", "", expression).strip("()")
    return any(
        all(part.strip(" ()").upper() in ALLOWED for part in re.split(r"\s+AND\s+", either))
        for either in re.split(r"\s+OR\s+", plain)
    )
