"""What a replaced file of certificates said of somebody with a wrong number is a version of theirs, whichever came first."""

import csv
import io
from pathlib import Path

import pytest

from exchange.factories import deliver, put
from linkage.handing import LATER, ON, WHO, mistyped, recognise, refused_lines
from linkage.people import VILLAGE, number, registered
from wenhou.exchange.models import Delivery
from wenhou.linkage import facts, sources
from wenhou.linkage.actions import arrivals, held
from wenhou.linkage.drawing import made_of
from wenhou.linkage.fills import FILLS
from wenhou.linkage.models import IdentityDoubt
from wenhou.linkage.versions import COMPARED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
HEAD = ["id_no", "cert_no", "category", "level", "issue_date", "status"]
BIRTH = "1985-05-05"
HIS = number(BIRTH, "025")
GOOD = [
    number("1980-05-05", "011"),
    "DI000000000000000002",
    "肢体",
    "3",
    "2020-01-01",
    "有效",
    "",
    "",
    "",
    "",
    "",
]


def card(id_no: str, level: int, issued: str, name: str = "赵文博") -> list[str]:
    return [id_no, "DI000000000000000001", "肢体", str(level), issued, "有效", name, BIRTH, "1", VILLAGE, ""]


def certificates(folder: Path, number: int, row: list[str]) -> Delivery:
    """A full file of DI41: somebody's card, and this one."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEAD + WHO, GOOD, row])
    told = {"contract": "DI41", "number": str(number), "file": "DI41.csv", "mode": "full"}
    path = put(folder / str(number), text.getvalue(), **told)
    return deliver(path)


def has_worsened(person: int) -> bool | None:
    wanted = ["has_disability_worsened"]
    persons = facts.tables(sources.lake(ON), as_of=ON, wanted=wanted).persons.to_pyarrow().to_pylist()
    return next(row["has_disability_worsened"] for row in persons if row["person"] == person)


@pytest.mark.parametrize("is_at_once", [True, False])
def test_a_version_told_under_a_wrong_number_is_compared_with(tmp_path: Path, is_at_once: bool) -> None:
    person = registered("赵文博", BIRTH, "025")
    earlier = certificates(tmp_path, 1, card(mistyped(HIS), 3, "2020-01-01"))
    if not is_at_once:
        recognise(earlier)
    certificates(tmp_path, 2, card(HIS, 2, "2026-10-01"))
    arrivals.recognise_all(on=ON)
    assert has_worsened(person) is True
    assert refused_lines(earlier)[1][4] == "已认到登记的人，这一行另行装入了"
    assert held.link_waiting(on=LATER) == []


def test_who_is_registered_after_it_was_replaced_has_it_too(tmp_path: Path) -> None:
    certificates(tmp_path, 1, card(mistyped(HIS), 3, "2020-01-01"))
    certificates(tmp_path, 2, card(HIS, 2, "2026-10-01"))
    arrivals.recognise_all(on=ON)
    person = registered("赵文博", BIRTH, "025")
    held.link_waiting(on=LATER)
    assert has_worsened(person) is True


def test_nobody_is_asked_about_a_replaced_file(tmp_path: Path) -> None:
    registered("赵文博", BIRTH, "025")
    certificates(tmp_path, 1, card("", 3, "2020-01-01", name="赵文渊"))
    certificates(tmp_path, 2, card(HIS, 2, "2026-10-01"))
    arrivals.recognise_all(on=ON)
    assert IdentityDoubt.objects.count() == 0


def test_the_contracts_whose_versions_are_compared_are_those_that_readings_compare() -> None:
    assert {contract for contract, is_history in made_of(FILLS).tables if is_history} == COMPARED
