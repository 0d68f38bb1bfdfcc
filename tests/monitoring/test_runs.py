"""A run from rows in the lake to alerts: raising, keeping, clearing, and what a human conclusion holds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection

from lake.known import know
from monitoring import factories
from monitoring.factories import NOTE
from registry.lake_rows import deliver, entry, member, resident
from wenhou.base.errors import NotAllowed, Refused
from wenhou.base.models import News
from wenhou.divisions.calendar import NotCovered
from wenhou.fieldwork.actions import visits
from wenhou.fieldwork.enums import Purpose
from wenhou.lake import files
from wenhou.monitoring import alone, tasks
from wenhou.monitoring.actions import alerts, runs
from wenhou.monitoring.enums import AlertState, Outcome, RunState
from wenhou.monitoring.models import Alert, Judgement, Run
from wenhou.staff.enums import Role

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 10, 31)
ON = date(2026, 11, 2)
CARED = 1, 2  # 马秀英, out of the register; 丁某, on 低保


@pytest.fixture(autouse=True)
def known() -> None:
    """Two people of two households, everything quiet."""
    for key in CARED:
        know(key, f"99010119800501000{key}")
    deliver("DI01", [resident(1), resident(2, household_no="H2", sex="1", name="丁小明")])
    deliver("DI02", [member(1, "H1"), member(2, "H2")])
    deliver("DI04", [])
    deliver("SA-ARCH", [entry(2)])
    for contract in ("DI03", "DI29", "DI30", "DI33", "DI45", "SA-PAY"):
        deliver(contract, [])
    spend(0)


def spend(fen: int, key: int = 1) -> None:
    deliver("DI31", [{"id_no": key, "year": 2026, "oop_total": fen}])


def watch(on: date = ON, **more: Any) -> Run:
    """A run that asks D01 alone, unless told otherwise: the whole watch takes seconds."""
    return runs.run(as_of=AS_OF, by=None, on=on, **({"indicators": ["D01"]} | more))


def test_a_line_of_a_file_becomes_an_alert_on_a_list() -> None:
    village = factories.post(Role.VILLAGE_ASSISTANT)
    spend(4_318_640)
    done = watch()
    alert = Alert.objects.get()
    assert (done.state, done.raised, done.persons, done.households) == (RunState.DONE, 1, 2, 2)
    assert done.counts["D01"] == {"yes": 1, "no": 1, "unknown": 0, "raised": 1, "cleared": 0}
    assert (alert.number, alert.indicator, alert.subject) == ("YJ2026000001", "D01", "p1")
    assert alert.headline == "自付43,186.40元，达到20,000.00元"
    assert (alert.name_masked, alert.id_masked, alert.sex, alert.age) == ("马＊英", "990****0001", "2", 46)
    assert (alert.division, alert.copy_division) == ("640104001001", "")
    assert (alert.post_id, alert.state, alert.due_on) == (village.pk, AlertState.ASSIGNED, date(2026, 11, 16))
    assert (alert.severity, alert.colour, alert.standing) == (40, "黄", "")
    assert alert.basis == {"own_medical_cost": 4_318_640}
    assert [event.kind for event in alert.events.order_by("id")] == ["raised", "dispatched"]
    assert (files.root() / "judgements" / f"{done.pk:08d}" / "persons.parquet").exists()
    assert News.objects.filter(kind="monitoring.RunFinished", body__run=done.pk).count() == 1


def test_the_judgement_keeps_the_tree_and_the_very_row() -> None:
    spend(4_318_640)
    watch()
    judgement = Judgement.objects.get()
    assert judgement.tree["answer"] == "yes"
    assert judgement.tree["law"].startswith("《宁夏因病致贫重病患者认定办法》")
    row = next(row for row in judgement.evidence if row["contract"] == "DI31")
    assert (row["line"], row["person"], row["fields"]["oop_total"]) == (2, 1, 4_318_640)
    assert "id_no" not in row["fields"]
    assert len(judgement.rule_set) == 64


def test_twice_raises_nothing_new() -> None:
    spend(4_318_640)
    watch()
    again = watch()
    assert (again.raised, again.kept, again.cleared) == (0, 1, 0)
    assert Alert.objects.count() == Judgement.objects.count() == 1


def test_a_verdict_that_turned_no_clears() -> None:
    spend(4_318_640)
    watch()
    spend(1_999_999)
    done = watch()
    alert = Alert.objects.get()
    assert (done.cleared, alert.state, alert.closed_on, alert.outcome) == (1, "销号", ON, "")
    assert alert.cleared_by_id == done.pk
    assert done.counts["D01"]["cleared"] == 1


def test_unknown_neither_raises_nor_clears() -> None:
    spend(4_318_640)
    watch()
    deliver("DI31", [], period=(date(2026, 1, 1), date(2026, 10, 31)), division="640105")
    from wenhou.lake.models import Part

    Part.objects.filter(contract="DI31", division="640104").update(superseded_by=99)
    done = watch()
    assert (done.counts["D01"]["unknown"], done.raised, done.cleared) == (1, 0, 0)
    assert Alert.objects.get().state == AlertState.WAITING


def concluded(fen: int = 2_000_000, outcome: Outcome = Outcome.TEMPORARY_RELIEF) -> Alert:
    """An alert raised on that amount and closed by a town officer the same day."""
    spend(fen)
    watch()
    officer = factories.post(Role.TOWN_OFFICER).account
    return alerts.close(Alert.objects.get(), outcome=outcome, note=NOTE, by=officer, on=ON)


@pytest.mark.parametrize(("fen", "raised"), [(2_000_000, 0), (2_399_999, 0), (2_400_000, 1)])
def test_a_conclusion_holds_until_the_amount_has_grown_by_a_fifth(fen: int, raised: int) -> None:
    concluded()
    spend(fen)
    done = watch(on=ON + timedelta(days=40))
    assert (done.raised, done.held) == (raised, 1 - raised)


def test_a_reason_that_had_gone_and_came_back_is_raised_again() -> None:
    alert = concluded()
    spend(0)
    watch(on=ON + timedelta(days=31))
    alert.refresh_from_db()
    assert alert.vanished_on == AS_OF
    spend(2_000_000)
    assert watch(on=ON + timedelta(days=32)).raised == 1


def test_the_same_evidence_within_thirty_days_of_the_answer_is_not() -> None:
    concluded()
    spend(0)
    watch(on=ON + timedelta(days=1))
    spend(2_000_000)
    done = watch(on=ON + timedelta(days=30))
    assert (done.raised, done.held) == (0, 1)


def test_an_open_alert_whose_evidence_grew_is_judged_anew_and_woken() -> None:
    spend(2_000_000)
    watch()
    officer = factories.post(Role.TOWN_OFFICER).account
    asleep = ON + timedelta(days=40)
    alerts.snooze(Alert.objects.get(), until=asleep, reason="等待出院结算", by=officer, on=ON)
    watch(on=ON + timedelta(days=1))
    assert Alert.objects.get().state == AlertState.SNOOZED
    spend(3_000_000)
    done = watch(on=ON + timedelta(days=2))
    alert = Alert.objects.get()
    assert (done.raised, done.kept, alert.state) == (0, 1, AlertState.WAITING)
    assert alert.headline == "自付30,000.00元，达到20,000.00元"
    assert alert.judgement.run_id == done.pk
    assert alert.events.get(kind="changed").detail["before"] == {"own_medical_cost": 2_000_000}


def test_a_snooze_ends_on_its_day() -> None:
    spend(2_000_000)
    watch()
    officer = factories.post(Role.TOWN_OFFICER).account
    until = ON + timedelta(days=10)
    alerts.snooze(Alert.objects.get(), until=until, reason="等待出院结算", by=officer, on=ON)
    watch(on=until)
    assert Alert.objects.get().state == AlertState.WAITING


def test_it_belongs_where_the_residence_permit_is_and_the_other_place_has_a_copy() -> None:
    permit = {
        "id_no": 1,
        "permit_no": "P1",
        "division_code": "640105002003",
        "reg_date": date(2025, 1, 1),
        "valid_to": date(2027, 1, 1),
        "status": "有效",
    }
    deliver("DI04", [permit])
    spend(2_000_000)
    watch()
    alert = Alert.objects.get()
    assert (alert.division, alert.copy_division) == ("640105002003", "640104001001")


def test_without_a_permit_the_last_visit_says_where() -> None:
    spend(2_000_000)
    watch()
    alert = Alert.objects.get()
    town = factories.post(Role.TOWN_OFFICER).account
    alerts.record_visit(alert, visited_on=AS_OF, met=True, found="现住邻村女儿家。", by=town, on=ON)
    alert.events.all().delete()
    Alert.objects.all().delete()
    from wenhou.fieldwork.models import Visit

    Visit.objects.update(division="640104001007")
    watch()
    alert = Alert.objects.get()
    assert (alert.division, alert.copy_division) == ("640104001007", "640104001001")


def test_a_household_is_shown_by_its_head_and_the_dead_by_name() -> None:
    died = {
        "id_no": 2,
        "death_date": date(2026, 7, 1),
        "cancel_date": date(2026, 7, 2),
        "cancel_reason": "死亡",
    }
    deliver("DI03", [died])
    deliver("SA-CASE", [])
    watch(indicators=["A01", "A03"])
    found = {alert.indicator: alert for alert in Alert.objects.all()}
    assert set(found) == {"A01", "A03"}
    assert found["A01"].headline == "2026年7月1日死亡或被宣告失踪，仍为在保"
    assert (found["A01"].severity, found["A03"].severity) == (50, 15)
    assert (found["A03"].person, found["A03"].subject[0], found["A03"].standing) == (2, "h", "低保")
    assert found["A03"].headline == "成员2026年7月1日死亡，超过3个月未办结增减停"


def test_a_run_of_one_place_leaves_others_alone() -> None:
    spend(2_000_000)
    watch()
    spend(0)
    done = watch(division="640105")
    assert (done.persons, done.cleared, Alert.objects.get().state) == (0, 0, AlertState.WAITING)


@pytest.mark.parametrize(("father", "yes"), [(None, 1), (2, 0)])
def test_a_run_of_one_place_still_knows_the_child_elsewhere(father: int | None, yes: int) -> None:
    """A08: an able daughter registered in the next county is no less a supporter."""
    daughter = resident(3, father_id=father, household_no="H3", division_code="640105001001")
    deliver("DI01", [resident(2, birth_date=date(1950, 1, 1)), daughter])
    deliver("DI02", [member(2, "H2"), member(3, "H3")])
    for contract in ("DI08", "DI11", "DI12", "DI26", "DI32", "DI41", "DI44"):
        deliver(contract, [], division="64")
    deliver("SA-ARCH", [entry(2)], division="64")
    for contract in ("DI03", "DI33", "DI45"):
        deliver(contract, [], division="64")
    found = watch(division="640104001", indicators=["A08"])
    assert found.counts["A08"] == {"yes": yes, "no": 1 - yes, "unknown": 0, "raised": yes, "cleared": 0}


def test_who_may_run_it() -> None:
    town = factories.post(Role.TOWN_OFFICER).account
    with pytest.raises(NotAllowed):
        runs.run(as_of=AS_OF, by=town, on=ON, division="640104001")
    assert Run.objects.count() == 0


def test_in_a_year_without_working_days_nothing_begins() -> None:
    with pytest.raises(NotCovered, match="2027年"):
        watch(on=date(2026, 12, 28))
    failed = Run.objects.get()
    assert (failed.state, failed.persons) == (RunState.FAILED, 0)
    assert failed.failure.startswith("2027年的放假调休安排尚未载入")


def test_a_run_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wenhou.monitoring.actions.runs.comparing.compare", None)
    with pytest.raises(TypeError):
        watch()
    failed = Run.objects.get()
    assert (failed.state, failed.failure) == (RunState.FAILED, "运行出错，已记入日志，请联系运维。")
    assert Alert.objects.count() == 0


def test_a_queued_run_is_one_job() -> None:
    officer = factories.post(Role.COUNTY_OFFICER).account
    queued = runs.request(as_of=AS_OF, division="640104", by=officer, on=ON)
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.get(task_name="monitoring.run")
    assert (job.queue_name, job.args, queued.state) == ("engine", {"run": queued.pk}, RunState.QUEUED)


def test_what_a_worker_wrote_down_is_a_fact_of_the_next_run() -> None:
    worker = factories.post(Role.TOWN_OFFICER).account
    deliver("SA-VISIT", [])
    watch(indicators=["A16"])
    assert not Alert.objects.exists()
    for day in (12, 26):
        visits.record(
            purpose=Purpose.CALL, division=factories.VILLAGE, household=None, person=2, visited_on=date(2026, 10, day),
            met=False, found="敲门无人应答，邻居说外出", by=worker, on=ON,
        )  # fmt: skip
    watch(indicators=["A16"])
    alert = Alert.objects.get()
    assert (alert.indicator, alert.person) == ("A16", 2)
    seen = [row["fields"]["visited_on"] for row in alert.judgement.evidence if row["contract"] == "SA-VISIT"]
    assert seen == ["2026-10-12", "2026-10-26"]


def test_a_day_that_has_not_come_is_refused() -> None:
    with pytest.raises(Refused, match="数据截至日2026-11-03晚于办理日2026-11-02"):
        runs.run(as_of=ON + timedelta(days=1), by=None, on=ON)
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("seen", "asked"), [("", "640104"), ("640104", ""), ("6401", "640104001"), ("640104001", "640104000000")]
)
def test_a_run_does_not_go_back_behind_what_was_seen_there(seen: str, asked: str) -> None:
    factories.run(division=seen)
    sentence = "这个地方已按2026-10-31的数据判断过，不能再退回2026-10-30；请用2026-10-31或以后的日期。"
    with pytest.raises(Refused) as refusal:
        runs.request(as_of=AS_OF - timedelta(days=1), division=asked, by=None, on=ON)
    assert refusal.value.message == sentence
    assert Run.objects.count() == 1


def test_elsewhere_and_before_a_failed_run_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.run(division="640105")
    factories.run(division="640104", state=RunState.FAILED)
    done = runs.run(as_of=AS_OF - timedelta(days=1), by=None, on=ON, division="640104", indicators=["D01"])
    assert (done.state, done.division) == (RunState.DONE, "640104")


def test_a_queued_run_that_was_overtaken_writes_nothing() -> None:
    spend(2_000_000)
    queued = runs.request(as_of=AS_OF - timedelta(days=1), by=None, on=ON)
    watch()
    spend(0)
    with pytest.raises(Refused):
        runs.carry_out(queued, on=ON)
    assert (queued.state, Alert.objects.get().state) == (RunState.FAILED, AlertState.WAITING)
    tasks.watch(as_of="2026-10-30")  # the job of an arrival before midnight
    assert Run.objects.filter(as_of=date(2026, 10, 30)).count() == 1


def test_a_place_that_is_no_place_is_refused() -> None:
    with pytest.raises(Refused, match="“abc”不是区划代码"):
        watch(division="abc")
    assert not Run.objects.exists()


def test_what_is_done_is_not_done_again() -> None:
    spend(2_000_000)
    done = watch()
    assert runs.carry_out(done, on=ON).finished_at == Run.objects.get().finished_at
    assert runs.carry_out(done, on=ON).raised == 1


def test_runs_of_a_dead_process_are_failed_by_the_next_and_can_be_carried_out_again() -> None:
    dead = factories.run(state=RunState.RUNNING, as_of=AS_OF)
    watch()
    dead.refresh_from_db()
    assert (dead.state, dead.failure) == (RunState.FAILED, runs.DIED)
    again = runs.carry_out(dead, on=ON, indicators=["D01"])
    assert (again.state, again.failure) == (RunState.DONE, "")


def test_while_a_run_is_under_way_nobody_is_called_dead() -> None:
    running = factories.run(state=RunState.RUNNING)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("select pg_advisory_lock(%s)", [alone.LOCK])
        assert runs.end_dead() == 0
        other.execute("select pg_advisory_unlock(%s)", [alone.LOCK])
    assert runs.end_dead() == 1
    running.refresh_from_db()
    assert running.failure == runs.DIED


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_after_the_other() -> None:
    spend(2_000_000)

    def one(_: int) -> tuple[int, int]:
        try:
            done = watch()
            return done.raised, done.kept
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(one, range(2))) == [(0, 1), (1, 0)]
    assert [run.state for run in Run.objects.all()] == [RunState.DONE, RunState.DONE]
