"""What tests of held and linked lines share."""

import pytest

from monitoring import factories
from wenhou.base import outbox
from wenhou.staff.enums import Role
from wenhou.staff.models import Account


@pytest.fixture
def no_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """News wakes nobody: the test follows it by itself."""
    monkeypatch.setattr(outbox, "_forward", [])


@pytest.fixture
def officer() -> Account:
    """Of a town, who may say whose a line is."""
    return factories.post(Role.TOWN_OFFICER, "640104002").account
