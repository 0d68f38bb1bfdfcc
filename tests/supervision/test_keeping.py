"""What its purpose no longer needs goes by the schedule; what something still rests on stays."""

import json
from datetime import date

import pytest

from desk import factories
from wenhou.base.errors import Refused
from wenhou.monitoring.models import Alert, AlertEvent, Judgement
from wenhou.site import cli
from wenhou.staff.models import Look
from wenhou.supervision.actions import destroying
from wenhou.supervision.models import Destruction
from wenhou.supervision.personal import keeping

pytestmark = pytest.mark.django_db
THEN = date(2027, 11, 16)
"""Three years and a day after what is closed in November 2024."""


@pytest.fixture
def alerts() -> tuple[Alert, Alert]:
    """One closed three years before, one still open."""
    factories.places()
    factories.run()
    closed, still = factories.alert(1), factories.alert(2)
    Alert.objects.filter(pk=closed.pk).update(state="已结", closed_on=factories.TODAY, outcome="不属实")
    return closed, still


def due() -> dict[str, int]:
    return {one.table: len(one.keys) for one in keeping.due(THEN)}


def test_on_the_last_day_nothing_is_due_and_on_the_next_the_whole_matter(alerts: tuple[Alert, Alert]) -> None:
    assert keeping.due(date(2027, 11, 15)) == []
    assert set(due()) == {"monitoring_alert", "monitoring_alert_event", "monitoring_judgement"}
    assert due()["monitoring_alert"] == 1


def test_the_matter_goes_whole_and_that_it_went_is_kept(alerts: tuple[Alert, Alert]) -> None:
    closed, still = alerts
    counts = due()
    made = destroying.destroy(expected=sum(counts.values()), by="王局长批准", on=THEN)
    assert (made.counts, made.left) == (counts, 0)
    assert list(Alert.objects.all()) == [still]
    assert not AlertEvent.objects.filter(alert_id=closed.pk).exists()
    theirs = Judgement.objects.filter(pk__in=[closed.judgement_id, still.judgement_id])
    assert list(theirs) == [still.judgement]
    assert Destruction.objects.get().by == "王局长批准"


def test_what_another_row_still_names_stays(alerts: tuple[Alert, Alert]) -> None:
    closed, still = alerts
    Alert.objects.filter(pk=still.pk).update(judgement=closed.judgement_id)
    total = sum(due().values())
    made = destroying.destroy(expected=total, by="王局长批准", on=THEN)
    assert made.left == 1
    assert Judgement.objects.filter(pk=closed.judgement_id).exists()


def test_another_number_than_was_shown_destroys_nothing(alerts: tuple[Alert, Alert]) -> None:
    with pytest.raises(Refused, match="不是99行"):
        destroying.destroy(expected=99, by="王局长批准", on=THEN)
    assert Alert.objects.count() == 2
    assert not Destruction.objects.exists()


def test_by_command(alerts: tuple[Alert, Alert], capsys: pytest.CaptureFixture[str], tmp_path) -> None:
    assert cli.main(["personal", "due", "--on", "2027-11-16", "--json"]) == 0
    total = json.loads(capsys.readouterr().out)["总行数"]
    assert total == sum(due().values())
    words = ["personal", "destroy", "--on", "2027-11-16", "--by", "王局长", "--json"]
    assert cli.main([*words, "--expect", "1"]) == 2
    capsys.readouterr()
    assert cli.main([*words, "--expect", str(total)]) == 0
    assert json.loads(capsys.readouterr().out)["留下"] == 0
    assert not Look.objects.exists()
    path = tmp_path / "assessment.md"
    assert cli.main(["personal", "assessment", "--to", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert "家庭经济状况核对" in text
    assert "医疗、残疾" in text
    assert cli.main(["personal", "assessment", "--to", str(path)]) == 2
