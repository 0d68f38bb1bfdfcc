"""The house itself accepts every clean delivery whole."""

from pathlib import Path

import pytest

from sandbox import reading
from sandbox.factories import AS_OF
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel, DeliveryState

pytestmark = pytest.mark.django_db


def test_no_row_of_a_clean_place_is_rejected(place: Path) -> None:
    folder = place / "deliveries"
    received = {}
    for path in (folder, *folder.glob("*.zip")):
        for delivery in deliveries.receive(path, by=None, channel=Channel("command"), on=AS_OF):
            received.setdefault((delivery.contract, delivery.division, delivery.number), delivery)
    told = {(m["contract"], m["division"], m["number"]) for m in reading.manifests(place)}
    assert set(received) == told
    assert len(told) == 64
    first = ("DI01", "DI02", "DI04", "SA-AUTH")
    for key in sorted(told, key=lambda key: (key[0] not in first, key)):
        loaded = deliveries.load(received[key], on=AS_OF)
        assert (loaded.state, loaded.reject_reasons) == (DeliveryState.LOADED, {}), key
