"""The alert list at 100,000 open alerts: 20 people at once with two seconds of thinking, beside the page one would write
with the ORM and a template, on the same server.

    python -m benchmarks.desk [--alerts 100000] [--people 20] [--seconds 60]

Uses a database of its own under WENHOU_HOME; prints the ratio first, then p50 and p95 of both, and queries a page.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import date, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

TODAY = date(2024, 11, 15)
PASSWORD = "desk-640104-2024"
PORT = 8931
WORKERS = 2
ROOT = Path(__file__).resolve().parents[1]
PATHS = (
    "/",
    "/?tab=late",
    "/?tab=soon",
    "/?colour=%E7%BA%A2",
    "/?category=D",
    "/?place=640104101",
    "NEXT",
    "NEXT",
    "NEXT",
)


def seed(alerts: int) -> None:
    """A county with this many open alerts over 120 villages, as many closed years ago, and one officer."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from django.db import connection

    from wenhou.monitoring.models import Alert, Judgement, Run
    from wenhou.staff.actions import accounts
    from wenhou.staff.enums import Role
    from wenhou.staff.models import Account

    if Alert.objects.count() >= alerts:
        return
    from wenhou.divisions.models import Division

    codes = {"640000000000": "宁夏", "640100000000": "银川市", "640104000000": "兴庆区"}
    codes |= {f"640104{town}000": f"镇{town}" for town in range(101, 113)}
    villages = {
        f"640104{town}{village}": f"第{village}村" for town in range(101, 113) for village in range(200, 210)
    }
    Division.objects.bulk_create(
        [
            Division(
                code=code,
                level=5 if code in villages else 3,
                name=name,
                parent_code="",
                valid_from=date(2005, 1, 1),
            )
            for code, name in (codes | villages).items()
        ],
        ignore_conflicts=True,
    )
    Division.objects.filter(code__in=[f"640104{town}000" for town in range(101, 113)]).update(
        level=4, parent_code="640104000000"
    )
    if not Account.objects.exists():
        accounts.open_account(
            username="bench",
            full_name="马晓燕",
            password=PASSWORD,
            role=Role.COUNTY_OFFICER,
            division="640104",
            since=TODAY,
        )
    run = Run.objects.create(as_of=TODAY, division="640104", state="done")
    judgement = Judgement.objects.create(
        run=run, indicator="D01", subject="p1", as_of=TODAY, rule_set="bench", tree={}, evidence=[]
    )
    rng = random.Random(20241115)
    places, officer = list(villages), Account.objects.get(username="bench").posts.get()
    rows: list[Alert] = []
    for number in range(alerts):
        severity = rng.randint(10, 99)
        assigned = rng.random() < 0.5
        rows.append(
            Alert(
                number=f"YJ2024{number:06d}", indicator=rng.choice(("A02", "A06", "A14", "D01", "D08", "D12")),
                alert_type=rng.choice(("主动发现", "应退尽退", "救不够")), subject=f"p{number}", person=number,
                division=rng.choice(places), copy_division="", severity=severity,
                colour="红" if severity >= 70 else "黄" if severity >= 40 else "蓝", name_masked="王＊兰",
                id_masked="999****0023", sex="2", age=rng.randint(1, 95), household_size=rng.randint(1, 6),
                standing=rng.choice(("", "低保", "特困")), headline="年度自付43,186.40元，达到20,000.00元",
                state="待核" if assigned else "待派", post=officer if assigned else None,
                assigned_on=TODAY if assigned else None, raised_on=TODAY - timedelta(days=rng.randint(0, 40)),
                due_on=TODAY + timedelta(days=rng.randint(-5, 20)), basis={}, evidence_hash="0" * 64,
                judgement=judgement, run=run,
            )
        )  # fmt: skip
    Alert.objects.bulk_create(rows, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze monitoring_alert")


class Person(threading.Thread):
    """Somebody who opens a page, thinks for two seconds, opens the next."""

    def __init__(self, number: int, base: str, paths: tuple[str, ...], think: float, until: float) -> None:
        super().__init__(daemon=True)
        self.base, self.paths, self.think, self.until = base, paths, think, until
        self.rng = random.Random(number)
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.taken: list[float] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        self._sign_in()
        time.sleep(self.rng.random() * self.think)
        page = ""
        while time.monotonic() < self.until:
            where = self.rng.choice(self.paths)
            if where == "NEXT":
                found = re.search(r'rel="next" href="([^"]+)"', page)
                where = "/" + found[1].replace("&amp;", "&") if found else "/"
            start = time.perf_counter()
            page = self._get(where)
            self.taken.append(time.perf_counter() - start)
            time.sleep(self.think)

    def _get(self, where: str) -> str:
        try:
            with self.browser.open(self.base + where, timeout=30) as answer:
                page: str = answer.read().decode()
        except urllib.error.URLError as wrong:
            self.wrong.append(f"{where}: {wrong}")
            return ""
        if page.count("<tr data-row>") != 50:
            self.wrong.append(f"{where}: {page.count('<tr data-row>')} rows")
        return page

    def _sign_in(self) -> None:
        with self.browser.open(self.base + "/sign-in/", timeout=30) as answer:
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        assert token
        told = {
            "username": "bench",
            "password": PASSWORD,
            "csrfmiddlewaretoken": token[1],
            "next": "/indicators/",
        }
        self.browser.open(self.base + "/sign-in/", urllib.parse.urlencode(told).encode(), timeout=60).close()


def crowd(base: str, paths: tuple[str, ...], people: int, seconds: float) -> dict[str, Any]:
    """The closed loop; gives p50 and p95 in milliseconds."""
    until = time.monotonic() + seconds + 5
    threads = [Person(number, base, paths, 2.0, until) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = sorted(time_ for thread in threads for time_ in thread.taken)
    wrong = [one for thread in threads for one in thread.wrong]
    return {
        "pages": len(taken),
        "p50_ms": round(statistics.median(taken) * 1000, 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)] * 1000, 1),
        "wrong": wrong[:3],
    }


def alone(base: str, where: str, times: int) -> float:
    """Pages a second for one reader without thinking: what the page itself costs."""
    reader = Person(0, base, (where,), 0.0, 0.0)
    reader._sign_in()
    for _ in range(5):
        reader._get(where)
    start = time.perf_counter()
    for _ in range(times):
        reader._get(where)
    assert not reader.wrong, reader.wrong
    return times / (time.perf_counter() - start)


def queries_a_page() -> int:
    """How many statements a list page sends, sign-in with it."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from wenhou.staff.models import Account

    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.force_login(Account.objects.get(username="bench"), backend="wenhou.staff.backend.Accounts")
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get("/")
    return len(seen)


def serve() -> subprocess.Popen[bytes]:
    """granian with two workers, as `wenhou serve` starts it, and the naive page beside; both with row security."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT),
        "--workers", str(WORKERS), "--no-access-log", "benchmarks.desk_server:application",
    ]  # fmt: skip
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "WENHOU_AS": "web"}
    )


def wait(base: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(base + "/sign-in/", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")


def bench(alerts: int, people: int, seconds: float) -> dict[str, Any]:
    import django

    django.setup()
    seed(alerts)
    base = f"http://127.0.0.1:{PORT}"
    server = serve()
    try:
        wait(base)
        ours, tidy, naive = (alone(base, where, 40) for where in ("/", "/tidy/", "/naive/"))
        loop = crowd(base, PATHS, people, seconds)
        naive_loop = crowd(base, ("/naive/",), people, min(seconds, 20))
    finally:
        server.terminate()
        server.wait(20)
    return {
        "bar": "P6: at least 4 × the ORM-and-template page; p95 under 150 ms; at most 10 queries",
        "ratio_to_naive": round(ours / naive, 1),
        "ratio_to_tidy": round(ours / tidy, 1),
        "queries": queries_a_page(),
        "alerts": alerts,
        "people": people,
        "list": loop | {"alone_pages_per_second": round(ours, 1)},
        "tidy": {"alone_pages_per_second": round(tidy, 1)},
        "naive": naive_loop | {"alone_pages_per_second": round(naive, 1)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alerts", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    os.environ.setdefault("WENHOU_HOME", str(Path(tempfile.gettempdir()) / "wenhou-bench-desk"))
    os.environ["WENHOU_TODAY"] = TODAY.isoformat()
    os.environ.setdefault("WENHOU_SECOND_FACTOR", "offered")
    os.environ |= {
        "WENHOU_LIMIT_ADDRESS": "0",
        "WENHOU_LIMIT_ACCOUNT": "0",
    }  # one account asks for two hundred
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenhou.site.settings")
    print(json.dumps(bench(asked.alerts, asked.people, asked.seconds), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
