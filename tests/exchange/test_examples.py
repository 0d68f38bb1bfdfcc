"""Every contract's own examples: the good one is accepted whole, the bad one rejected with the named reasons."""

import csv
import io

import pytest
import yaml

from exchange.factories import deliver
from wenhou.base.models import News
from wenhou.exchange import queries
from wenhou.exchange.contracts import Contract, all_contracts, contract
from wenhou.exchange.enums import DeliveryState
from wenhou.lake import sealed

pytestmark = pytest.mark.django_db
every_contract = pytest.mark.parametrize("promised", all_contracts(), ids=lambda one: one.code)


def authorise(promised: Contract) -> None:
    if promised.authorisation:
        deliver(contract("SA-AUTH").folder / "good.csv")


@every_contract
def test_the_good_example_is_accepted_whole(promised: Contract) -> None:
    authorise(promised)
    delivery = deliver(promised.folder / "good.csv")
    assert (delivery.state, delivery.rows_read, delivery.rows_loaded) == (DeliveryState.LOADED, 3, 3)
    assert delivery.reject_reasons == {}
    assert queries.rejects_path(delivery) is None
    with queries.open_lake([promised.code], memory="256MB") as lake:
        rows = lake.execute(f"select * from {promised.table.view} order by line")
        described = {column[0]: str(column[1]) for column in rows.description}
        assert [row[-1] for row in rows.fetchall()] == [2, 3, 4]
    assert described == {column.name: column.type for column in promised.table.stored}
    assert News.objects.filter(kind="exchange.DeliveryLoaded", body__delivery=delivery.pk).count() == 1


@every_contract
def test_the_bad_example_is_rejected_with_the_named_reasons(promised: Contract) -> None:
    authorise(promised)
    expected = yaml.safe_load((promised.folder / "bad.expected.yaml").read_text(encoding="utf-8"))
    delivery = deliver(promised.folder / "bad.csv")
    path = queries.rejects_path(delivery)
    assert path is not None
    with io.TextIOWrapper(sealed.open_file(path), encoding="utf-8-sig", newline="") as lines:
        told = [(int(row["行号"]), row["字段"], row["原因"]) for row in csv.DictReader(lines)]
    assert told == [(one["line"], one["field"], one["reason"]) for one in expected]
    assert (delivery.rows_loaded, delivery.rows_rejected) == (1, len(expected))


@every_contract
def test_the_bad_example_breaks_every_field_that_can_be_broken(promised: Contract) -> None:
    expected = yaml.safe_load((promised.folder / "bad.expected.yaml").read_text(encoding="utf-8"))
    assert {one["field"] for one in expected} == {field.name for field in promised.fields}
