"""Three doors, one action: the command, the desk's upload and the API leave the same rows."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from exchange.factories import DI31, ON, csv_text, di31_row, manifest, put
from wenhou.api.actions import keys
from wenhou.exchange import queries, tasks
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.exchange.models import Delivery
from wenhou.site import cli
from wenhou.staff.models import Account

pytestmark = pytest.mark.django_db
TEXT = csv_text(DI31, [di31_row(1), di31_row(2, "x"), di31_row(3)])


def by_command(tmp_path: Path) -> None:
    assert cli.main(["exchange", "load", "--json", str(put(tmp_path / "in", TEXT))]) == 0


def by_desk(tmp_path: Path) -> None:
    account = Account.objects.create_user("li", "a long password", full_name="李")
    path = put(tmp_path / "in", TEXT)
    (delivery,) = deliveries.receive(path, by=account, channel=Channel("desk"), on=ON)
    assert delivery.by == account
    work()


def by_api(tmp_path: Path) -> None:
    _, secret = keys.issue(
        name="兴庆区医保局",
        contracts=["DI31"],
        division="640104",
        by="test",
        on=datetime(2026, 11, 1, tzinfo=UTC),
    )
    answer = Client().post(
        "/api/v1/deliveries",
        {"file": SimpleUploadedFile("DI31.csv", TEXT.encode()), "manifest": json.dumps(manifest())},
        headers={"authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 202
    work()


def work() -> None:
    """What a worker does with the one job there is."""
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.queue_name, job.status) == ("exchange.load", "exchange", "todo")
    tasks.load(**job.args)


@pytest.mark.parametrize("door", [by_command, by_desk, by_api])
def test_every_door_leaves_the_same_rows(tmp_path: Path, door: object) -> None:
    door(tmp_path)  # type: ignore[operator]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.rows_read, delivery.rows_loaded, delivery.rows_rejected) == (
        "loaded",
        3,
        2,
        1,
    )
    with queries.open_lake(["DI31"], memory="256MB") as lake:
        kept = lake.execute(
            "select id_no - (select min(id_no) from di31), oop_total, line from di31 order by line"
        )
        assert kept.fetchall() == [(0, 2000000, 2), (1, 2000000, 4)]


def test_the_command_prints_what_was_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    by_command(tmp_path)
    said = json.loads(capsys.readouterr().out)
    assert (said["rows_loaded"], said["rows_rejected"]) == (2, 1)
    assert said["deliveries"][0]["reject_reasons"] == {"不是金额（元，至多两位小数）": 1}
    assert cli.main(["exchange", "load", "--json", str(tmp_path / "in")]) == 0
    assert json.loads(capsys.readouterr().out) == said


def test_a_refused_job_is_done_and_says_why_on_the_delivery(tmp_path: Path) -> None:
    (delivery,) = deliveries.receive(put(tmp_path, b"%PDF"), by=None, channel=Channel("desk"), on=ON)
    work()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.refusal) == ("refused", "文件名说是CSV，内容却是PDF文件。")


@pytest.mark.django_db(transaction=True)
def test_a_page_can_see_how_far_a_load_is_while_it_runs(tmp_path: Path) -> None:
    (delivery,) = deliveries.receive(put(tmp_path, TEXT), by=None, channel=Channel("command"), on=ON)
    page = connection.copy()
    seen: list[tuple[object, ...]] = []

    def look(_: Delivery) -> None:
        with page.cursor() as cursor:
            cursor.execute("select state, stage, progress from exchange_delivery")
            seen.append(cursor.fetchone())

    try:
        deliveries.load(delivery, on=ON, say=look)
    finally:
        page.close()
    assert seen[-3:] == [("loading", "登记人员", 60), ("loading", "写入数据湖", 80), ("loaded", "完成", 100)]
