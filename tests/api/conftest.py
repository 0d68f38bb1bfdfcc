import pytest

from wenhou.base import outbox


@pytest.fixture(autouse=True)
def no_reactions(monkeypatch: pytest.MonkeyPatch) -> None:
    """News is kept; what follows it is other rooms' business."""
    monkeypatch.setattr(outbox, "_forward", [])
