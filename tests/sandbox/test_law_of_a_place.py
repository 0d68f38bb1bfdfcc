"""A small place, loaded: what was declared lets the law answer for who stands on the register, and for them alone."""

from datetime import date
from pathlib import Path

import pytest

from sandbox.factories import small
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.lake import files, parquet, store
from wenhou.linkage.actions import arrivals
from wenhou.policy.commands.whatif import question
from wenhou.policy.runs import lawrun, whatif

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 11, 15)
ANSWERS = """
select h.on_register, h.household_category as was, a.category, p.asked
from {homes} h join {answers} a using (household)
join (select household, bool_or(not is_supporter and is_clergy is not null) as asked
    from {people} group by household) p using (household)
"""


@pytest.fixture
def loaded(tmp_path: Path) -> None:
    small(tmp_path / "place", as_of=AS_OF)
    for delivery in deliveries.receive(
        tmp_path / "place" / "deliveries", by=None, channel=Channel("command"), on=AS_OF
    ):
        deliveries.load(delivery, on=AS_OF)
    arrivals.recognise_all(on=AS_OF)


def test_the_law_answers_for_whom_the_bureau_has_asked(loaded: None) -> None:
    report = lawrun.carry_out(as_of=AS_OF, look_into=0)
    folder = files.root() / "published" / "applications" / "2024-11-15"
    with store.connect(memory="256MB") as connection:
        query = ANSWERS.format(
            homes=parquet.file(folder / "households.parquet"),
            people=parquet.file(folder / "persons.parquet"),
            answers=parquet.file(*report.folder.glob("households*.parquet")),
        )
        rows = connection.execute(query).fetchall()
        (faults,) = connection.execute(
            f"select count(*) from {parquet.file(folder / 'faults.parquet')}"
        ).fetchone()
    assert faults == 0
    standing = [(was, category) for on_register, was, category, _ in rows if on_register]
    known = [(was, category) for was, category in standing if category is not None]
    assert len(known) > 0.8 * len(standing) > 100
    assert sum(was == category for was, category in known if was in ("DB", "BY")) > 0.6 * sum(
        was in ("DB", "BY") for was, _ in known
    )
    unasked = [category for on_register, _, category, asked in rows if not on_register and not asked]
    assert len(unasked) > 300
    assert set(unasked) <= {None, "QT"}
    refused = [category for on_register, _, category, asked in rows if not on_register and asked]
    assert refused
    # Refused for property that has gone since, some would be admitted today.
    assert 0 < refused.count("DB") < len(refused) / 2

    asked = question(["dibao_urban=800元"], division="640104", since=date(2024, 12, 1), as_of=AS_OF)
    (effect,) = [one for one in whatif.compare(asked).counties if one.county == "640104"]
    assert effect.gaining >= 20
    assert effect.after - effect.before >= 200_000
    assert effect.households - effect.unknown >= len(known) * 0.8
