"""The drill: acts, a backup, more acts, everything destroyed, and the way back; what is lost and how long it takes."""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash.house import House

DELIVER = """
import json, sys
from datetime import date
from pathlib import Path
from wenhou.site.cli import start_django
start_django()
from wenhou.site import database
database.make_ready()
from exchange.factories import DI31, csv_text, di31_row, put
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
told = []
for number in json.loads(sys.argv[1]):
    rows = [di31_row(100 * number + one) for one in range(20)]
    folder = put(Path(sys.argv[2]) / str(number), csv_text(DI31, rows), number=f"k{number}", mode="delta")
    (one,) = deliveries.receive(folder, by=None, channel=Channel.COMMAND, on=date(2026, 11, 1))
    told.append(deliveries.load(one, on=date(2026, 11, 1)).number)
print(json.dumps(told))
"""
READ = """
import json
from wenhou.site.cli import start_django
start_django()
from wenhou.exchange.contracts import contract
from wenhou.exchange.models import Delivery
from wenhou.lake import store, vault
with store.connect() as lake:
    store.views(lake, [contract("DI31").table])
    people = [key for (key,) in lake.execute("select distinct id_no from di31_history").fetchall()]
    rows = lake.execute("select count(*) from di31_history").fetchone()[0]
numbers = vault.identity_of(people)
print(json.dumps({
    "deliveries": sorted(Delivery.objects.values_list("number", flat=True)), "rows": rows, "people": len(numbers),
}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


@pytest.fixture
def again(house: House) -> Iterator[House]:
    """Another home, of the same environment."""
    made = House(house.home.with_name("again"), kept=os.environ, WENHOU_TODAY="2026-11-01")
    yield made
    made.end()


def deliver(house: House, numbers: list[int], where: Path) -> None:
    assert house.do(DELIVER, json.dumps(numbers), str(where)) == [f"k{number}" for number in numbers]


def destroy(house: House) -> None:
    """The machine is gone: the server, its data, the lake, the keys."""
    server = int((house.cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGKILL)
    shutil.rmtree(house.home)


def copied(house: House, to: House) -> None:
    """Keys that somebody kept apart."""
    for name in ("backup_key", "master_key", "audit_key", "audit_key.pub"):
        shutil.copy2(house.home / name, to.home / name)


def test_the_drill(house: House, again: House, folder: Path, tmp_path: Path) -> None:
    house.environment["WENHOU_BACKUP_TO"] = str(folder)
    deliver(house, [1, 2], tmp_path)
    said = json.loads(house.run("backup", str(folder), "--json").stdout)
    assert said["湖里的文件"] >= 4
    assert "另" in said["备份钥匙"] or "抄" in said["备份钥匙"]
    deliver(house, [3], tmp_path)
    with house.database() as database:
        database.execute("select pg_switch_wal()")
    until_spooled(house)
    assert json.loads(house.run("backup", "add", str(folder), "--json").stdout)["日志段"] >= 1
    moment = clock_of(house)
    deliver(house, [4], tmp_path)
    with house.database() as database:
        database.execute("select pg_switch_wal()")
    until_spooled(house)
    house.run("backup", "add", str(folder))
    deliver(house, [5], tmp_path)  # nobody fetched this one
    verified = json.loads(house.run("backup", "verify", str(folder), "--json").stdout)
    assert verified["湖里的文件"] >= 8
    copied(house, again)
    destroy(house)

    begun = time.monotonic()
    restored = json.loads(again.run("restore", str(folder), "--json").stdout)
    print(json.dumps(restored, ensure_ascii=False), time.monotonic() - begun)
    assert again.do(READ) == {"deliveries": ["k1", "k2", "k3", "k4"], "rows": 80, "people": 80}
    assert again.run("audit", "verify", check=False).returncode == 0
    assert again.run("restore", str(folder), check=False).returncode == 2  # not over what is there

    earlier = House(again.home.with_name("earlier"), kept=os.environ, WENHOU_TODAY="2026-11-01")
    try:
        copied(again, earlier)
        told = earlier.run("restore", str(folder), "--until", moment, "--json")
        assert json.loads(told.stdout)["库里不认得而没有放回的"] >= 1
        assert earlier.do(READ) == {"deliveries": ["k1", "k2", "k3"], "rows": 60, "people": 60}
    finally:
        earlier.end()


def clock_of(house: House) -> str:
    with house.database() as database:
        (told,) = database.execute(
            "select to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
        ).fetchone()
        return str(told)


def until_spooled(house: House) -> None:
    with house.database() as database:
        last = "select coalesce(max(name), '') from pg_ls_archive_statusdir() where name like '%.ready'"
        deadline = time.monotonic() + 60
        while database.execute(last).fetchone() != ("",):
            assert time.monotonic() < deadline
            time.sleep(0.2)
