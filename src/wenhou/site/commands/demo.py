"""`wenhou demo`: from nothing to a served place with alerts to work on."""

import argparse
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base.errors import WenhouError
from wenhou.site.commands import demo_season, serve
from wenhou.site.commands.database import home

DIVISION = "640104"
SEED = 20241115
AS_OF = date(2024, 11, 15)  # the last autumn for which 上年度人均可支配收入 is known (facts §18)
MATTERS = ("minor", "mental")
"""What the county's and the town's officers may look behind: somebody must be able to take up every alert."""
ACCOUNTS = (
    ("county", "马晓燕", "county_officer", DIVISION),
    ("town", "纳建国", "town_officer", None),
    ("neighbour", "田小雨", "county_officer", "640105"),
    ("analyst", "丁文静", "analyst", "64"),
    ("exchange", "何建平", "exchange_operator", DIVISION),
    ("policy", "郑海", "policy_officer", DIVISION),
    ("checker", "沈玉", "policy_officer", "64"),
    ("system", "海霞", "system_admin", DIVISION),
    ("security", "金波", "security_admin", DIVISION),
    ("audit", "罗静", "audit_admin", DIVISION),
)


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("demo", help="从无到有，起一个有预警可办的地方")
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--stop", action="store_true", help="停下演示的网页、后台任务和数据库")
    parser.set_defaults(handler=demo)


def demo(arguments: argparse.Namespace) -> dict[str, Any]:
    """Build, load, watch, serve. Running it again serves what is there."""
    os.environ["WENHOU_TODAY"] = AS_OF.isoformat()
    os.environ.setdefault("WENHOU_SECOND_FACTOR", "offered")
    end_servers()
    if arguments.stop:
        from wenhou.site import launcher

        launcher.stop(launcher.cluster_at(home()))
        return {"stopped": True}
    from wenhou.site.cli import start_django

    start_django()
    password = fill(arguments.residents)
    port = serve.free_port(arguments.port)
    children = serve.start_children("127.0.0.1", port, log=home() / "serve.log")
    _pids().write_text(json.dumps([child.pid for child in children]))
    url = f"http://127.0.0.1:{port}/"
    serve.wait_until_answering(f"{url}sign-in/")
    who = "、".join(name for name, *_ in ACCOUNTS)
    return {"账号": who, "密码": password, "停下": "make stop", "地址": url}


def fill(residents: int) -> str:
    """The place in the database, once; its accounts' password."""
    kept = home() / f"demo-{residents}.json"
    if kept.exists():
        return str(json.loads(kept.read_text())["password"])
    from django.core.management import call_command

    with step("迁移数据库"):
        call_command("migrate", verbosity=0, interactive=False)
    with step("装入区划"):
        _divisions()
    with step(f"造{residents}人的虚拟兴庆区"):
        place = _sandbox(residents)
    with step("装入部门来件"):
        _load(place)
    with step("开账号"):
        password = _accounts(place)
    with step(f"{demo_season.BEGUN.month}月跑监测，入户，办结"):
        closed = demo_season.play(place, username="county", until=AS_OF)
    with step("跑监测"):
        said = _watch()
    print(f"  {said['persons']}人，办结{closed}条，新报{said['raised']}条预警", file=sys.stderr, flush=True)
    with step("比对应享与已享"):
        gaps = _compare()
    print(f"  {gaps}件", file=sys.stderr, flush=True)
    kept.touch(mode=0o600)
    kept.write_text(json.dumps({"password": password}))
    return password


@contextmanager
def step(what: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"{what}……", file=sys.stderr, end="", flush=True)
    yield
    print(f" {time.monotonic() - started:.1f}秒", file=sys.stderr, flush=True)


def _divisions() -> None:
    from django.conf import settings

    from wenhou.divisions.actions import places

    places.seed_own(on=AS_OF)
    node_modules = Path(settings.WENHOU_ROOT) / "frontend" / "node_modules"
    if node_modules.is_dir():
        places.load_seed(node_modules, on=AS_OF)


def _sandbox(residents: int) -> Path:
    from wenhou.divisions import queries
    from wenhou.sandbox import build

    place = home() / f"sandbox-{residents}"
    shutil.rmtree(place, ignore_errors=True)
    towns = [(town.prefix, town.name) for town in queries.children_of(DIVISION, AS_OF)]
    build.build(place, division=DIVISION, residents=residents, seed=SEED, as_of=AS_OF, towns=towns or None)
    return place


def _load(place: Path) -> None:
    from wenhou.divisions.actions import places
    from wenhou.exchange.actions import deliveries
    from wenhou.exchange.enums import Channel
    from wenhou.linkage.actions import arrivals

    places.load_official(place / "divisions.csv", on=AS_OF)
    for delivery in deliveries.receive(
        place / "deliveries", by=None, channel=Channel.COMMAND.value, on=AS_OF
    ):
        deliveries.load(delivery, on=AS_OF)
    arrivals.recognise_all(on=AS_OF)


def _accounts(place: Path) -> str:
    from wenhou.registry.models import PersonRecord
    from wenhou.staff import passwords
    from wenhou.staff.actions import accounts
    from wenhou.staff.enums import Matter, Role
    from wenhou.staff.models import Account

    town = PersonRecord.objects.order_by("hukou_division").values_list("hukou_division", flat=True).first()
    if town is None:
        raise WenhouError("演示数据里没有人，请删掉 WENHOU_HOME 重来。")
    password = passwords.invent()
    for username, full_name, role, division in ACCOUNTS:
        if not Account.objects.filter(username=username).exists():
            accounts.open_account(
                username=username,
                full_name=full_name,
                password=password,
                role=Role(role),
                division=division or town[:9],
                since=date(2024, 1, 1),
                matters=[Matter(one) for one in MATTERS]
                if role in ("county_officer", "town_officer")
                else (),
            )
    return password


def _watch() -> dict[str, int]:
    from wenhou.monitoring.actions import ordering, runs

    run = runs.run(as_of=AS_OF, by=None, on=AS_OF)
    ordering.refresh(on=AS_OF)
    return {"persons": run.persons, "raised": run.raised}


def _compare() -> int:
    from wenhou.monitoring.gaps.actions import nightly

    return nightly.run(as_of=AS_OF, on=AS_OF).opened


def _pids() -> Path:
    return home() / "demo.pids"


def end_servers() -> None:
    """End the servers an earlier demo of this home started; nothing else."""
    if not _pids().exists():
        return
    for pid in json.loads(_pids().read_text()):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if b"granian" in command or b"wenhou.site" in command:
            os.kill(pid, signal.SIGTERM)
    _pids().unlink()
