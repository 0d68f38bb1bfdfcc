"""Numbers go on past a million: they are counted, not read as text."""

import pytest
from django.db import transaction

from monitoring import factories
from wenhou.base.numbers import next_numbers
from wenhou.monitoring.models import Alert, Gap, GapReview

pytestmark = pytest.mark.django_db


def test_the_first_of_a_year_and_of_each_kind() -> None:
    with transaction.atomic():
        assert next_numbers(Alert, 2026, 2) == ["YJ2026000001", "YJ2026000002"]
        assert next_numbers(Gap, 2026) == ["QK2026000001"]
        assert next_numbers(GapReview, 2026) == ["HC2026000001"]


@pytest.mark.parametrize(
    ("there", "following"),
    [
        ([999_998], ["YJ2026999999", "YJ20261000000"]),
        ([999_999], ["YJ20261000000", "YJ20261000001"]),
        ([999_999, 1_000_000], ["YJ20261000001", "YJ20261000002"]),
    ],
)
def test_a_million_is_more_than_its_nines(there: list[int], following: list[str]) -> None:
    for number in there:
        factories.alert(number)
    with transaction.atomic():
        assert next_numbers(Alert, 2026, 2) == following
        assert next_numbers(Alert, 2027, 1) == ["YJ2027000001"]
