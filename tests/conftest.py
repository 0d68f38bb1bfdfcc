"""The suite's ground rules: own lake per test, no sockets but loopback, a clock that stands still when told."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_lake(settings, tmp_path: Path) -> Path:
    """Every test has a lake of its own."""
    settings.WENHOU_LAKE = tmp_path / "lake"
    settings.WENHOU_UPLOADS = tmp_path / "uploads"
    return settings.WENHOU_LAKE


@pytest.fixture(autouse=True)
def undefined_variables_fail(settings) -> None:
    """A template that names what is not there is a mistake, not an empty string."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "⟦%s is undefined⟧"
