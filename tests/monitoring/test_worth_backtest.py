"""Another threshold on days that are past: exactly whom it raises and drops, and nothing is written."""

from datetime import date

import pytest

from lake.known import know
from monitoring import factories
from monitoring.test_runs import known, watch
from monitoring.worth_outcomes import visit
from registry.lake_rows import deliver, entry, member, resident
from wenhou.base.errors import NotAllowed, Refused
from wenhou.lake import store
from wenhou.linkage.actions import arrivals
from wenhou.monitoring.actions import alerts, trials
from wenhou.monitoring.enums import Outcome
from wenhou.monitoring.models import Alert, Run, ThresholdTrial
from wenhou.monitoring.worth import backtest, cli, told
from wenhou.monitoring.worth.shares import Share
from wenhou.policy.models import PublishedSet
from wenhou.registry.actions import publications
from wenhou.registry.models import Publication
from wenhou.staff.enums import Role

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 10, 31)
ON = date(2026, 11, 2)
SPENT = {1: 1_500_000, 3: 2_500_000, 4: 3_500_000, 5: None}
__all__ = ["known"]


@pytest.fixture
def four(known: None) -> None:
    """Out of the register they spent 15,000, 25,000 and 35,000 yuan; of one nothing is known to the source."""
    for key in (3, 4, 5):
        know(key, f"99010119800501000{key}")
    people = [resident(1), resident(2, household_no="H2", sex="1", name="丁小明")]
    people += [resident(key, household_no=f"H{key}", name="王某") for key in (3, 4, 5)]
    deliver("DI01", people)
    deliver("DI02", [member(key, f"H{key}") for key in (1, 2, 3, 4, 5)])
    deliver("SA-ARCH", [entry(2)])
    spent = [{"id_no": key, "year": 2026, "oop_total": fen} for key, fen in SPENT.items() if fen]
    deliver("DI31", spent)
    arrivals.recognise_all(on=ON)
    for day in (date(2026, 9, 30), AS_OF):
        publications.publish(as_of=day)


def asked(value: str, **more: object) -> backtest.BackTest:
    given = {"division": "", "since": date(2026, 10, 1), "until": AS_OF} | more
    tried = cli.whatif.row(f"medical_oop_line={value}", "00", date(2026, 10, 1))
    return backtest.compare(backtest.Question("D01", tried, **given))  # type: ignore[arg-type]


def test_a_lower_and_a_higher_line_on_the_end_of_a_month(four: None) -> None:
    lower = asked("15000")
    assert lower.days == (AS_OF,)
    assert lower.total == backtest.Line("", before=2, after=3, added=1, removed=0)
    assert lower.counties == (backtest.Line("640104", 2, 3, 1, 0),)
    higher = asked("30000")
    assert higher.total == backtest.Line("", before=2, after=1, added=0, removed=1)
    assert asked("15000.01").total.added == 0  # a fen more than was spent
    assert asked("15000", division="640105").total == backtest.Line("", 0, 0, 0, 0)


def test_what_was_concluded_of_them_is_told_and_nothing_is_written(four: None) -> None:
    watch()
    post = factories.post()
    for alert, outcome in zip(
        Alert.objects.order_by("subject"), (Outcome.NOT_SO, Outcome.COVERED), strict=True
    ):
        visit(alert, ON)
        alerts.close(alert, outcome=outcome, note=factories.NOTE, by=post.account, on=ON)
    counted = (Run.objects.count(), Alert.objects.count(), PublishedSet.objects.count())
    found = asked("30000", since=date(2026, 10, 31))
    assert found.removed == backtest.Settled(1, Share(0, 1))  # 25,000 yuan was not so
    assert found.kept == backtest.Settled(1, Share(1, 1))
    assert found.added == backtest.Settled(0, Share(0, 0))
    assert (Run.objects.count(), Alert.objects.count(), PublishedSet.objects.count()) == counted


def test_a_past_day_is_read_as_it_lies_there(four: None) -> None:
    """The registry has learnt something since; it is not published anew, and a day without any is refused."""
    path = store.published("people", AS_OF)
    assert path is not None
    kept = (
        path.read_bytes(),
        path.stat().st_mtime_ns,
        list(Publication.objects.values_list("as_of", "mark")),
    )
    Publication.objects.update(mark="older")
    asked("15000")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == kept[:2]
    assert set(Publication.objects.values_list("mark", flat=True)) == {"older"}
    with pytest.raises(Refused, match="2026-08-31没有留下当日的名册"):
        asked("15000", since=date(2026, 8, 31), until=date(2026, 9, 29))
    assert Publication.objects.count() == len(kept[2])


def test_a_trial_is_kept_as_it_was_seen_and_the_next_question_takes_its_place(four: None) -> None:
    by = factories.post(Role.COUNTY_OFFICER).account
    given = {"indicator": "D01", "name": "medical_oop_line", "division": "640104"}
    span = {"since": date(2026, 10, 1), "until": AS_OF}
    first, is_new = trials.request(asked=ThresholdTrial(**given, **span, value="15000元"), by=by, on=ON)
    assert (first.state, is_new) == ("queued", True)
    again, is_new = trials.request(asked=ThresholdTrial(**given, **span, value="15000元"), by=by, on=ON)
    assert (again.pk, is_new) == (first.pk, False)
    second, _ = trials.request(asked=ThresholdTrial(**given, **span, value="30000元"), by=by, on=ON)
    assert trials.carry_out(trial=first.pk).why == "又试了别的，这一次不算了。"
    done = trials.carry_out(trial=second.pk)
    assert (done.state, done.why) == ("done", "")
    assert told.from_json(done.found) == asked("30000", division="640104")
    assert trials.carry_out(trial=second.pk).finished_at == done.finished_at


def test_what_cannot_be_tried_says_so_in_one_sentence(four: None) -> None:
    by = factories.post(Role.COUNTY_OFFICER).account
    given = {"indicator": "D01", "name": "medical_oop_line", "division": "640104", "value": "15000元"}
    span = {"since": date(2026, 8, 31), "until": date(2026, 8, 31)}
    made, _ = trials.request(asked=ThresholdTrial(**given, **span), by=by, on=ON)
    assert trials.carry_out(trial=made.pk).why.startswith("2026-08-31没有留下当日的名册")
    for wrong, why in (({"value": "9" * 41}, "新值太长"), ({"name": "dibao_urban"}, "D01不看“城市低保标准”")):
        with pytest.raises(Refused, match=why):
            trials.request(asked=ThresholdTrial(**(given | span | wrong)), by=by, on=ON)
    with pytest.raises(NotAllowed):
        trials.request(asked=ThresholdTrial(**(given | span | {"division": "640105"})), by=by, on=ON)


def test_the_command_and_its_refusals(four: None) -> None:
    line = cli.argparse.Namespace(
        indicator="D01",
        standard="medical_oop_line=15000元",
        since=date(2026, 9, 1),
        until=AS_OF,
        division="6401",
    )
    told = cli.run_backtest(line)
    assert (told["before"], told["after"], told["added"]) == (2, 3, 1)
    assert told["days"] == ["2026-09-30", "2026-10-31"]
    assert told["value"] == 1_500_000
    line.standard = "dibao_urban=800元"
    with pytest.raises(Refused, match="D01不看“城市低保标准”，可以试的有：“年度个人自付线”。"):
        cli.run_backtest(line)
    line.since = date(2026, 11, 1)
    line.standard = "medical_oop_line=15000元"
    with pytest.raises(Refused, match="请对调"):
        cli.run_backtest(line)
    line.since, line.until = date(2026, 10, 3), date(2026, 10, 5)
    with pytest.raises(Refused, match="没有月末可算"):
        cli.run_backtest(line)
