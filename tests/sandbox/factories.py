"""A small place built on the spot."""

from datetime import date
from pathlib import Path
from typing import Any

from wenhou.sandbox.build import Summary, build

AS_OF = date(2026, 10, 31)


def small(directory: Path, **changed: Any) -> Summary:
    told: dict[str, Any] = {"division": "640104", "residents": 2000, "seed": 7, "as_of": AS_OF}
    return build(directory, **(told | changed))
