"""From a department's POST to the alert on the desk's list, on a place of about 115,000 watched people.

    WENHOU_HOME=/a/place/of/its/own python -m benchmarks.latency [--residents 115000] [--times 5] [--comparing]

Fills the place once as `wenhou demo` does, starts the web server and the worker as it does, pushes one row at a time (a death,
a bill, a disability card) with a source's key, and opens the list of the household until the alert stands there. With
`--comparing` the nightly comparison of entitlement is under way meanwhile. Prints JSON.
"""

import argparse
import json
import os
import re
import statistics
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from uuid import uuid4

AS_OF = date(2024, 11, 15)
PORT, PAUSE, PATIENCE = 8951, 0.1, 60
DIBAO = "select id_no, household from register where category = 'DB' and status = '在保' and household is not null"
OUT = "select person as id_no, household from people semi join (from households where not on_register) using (household)"
EVENTS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "death": ("DI03", "A01", DIBAO, {"death_date": AS_OF, "cancel_date": AS_OF, "cancel_reason": "死亡"}),
    "bill": (
        "DI31",
        "D01",
        OUT,
        {
            "year": 2024,
            "aid_paid": "0.00",
            "oop_total": "43186.40",
            "oop_in_policy": "41000.00",
            "updated": AS_OF,
        },
    ),
    "card": (
        "DI41",
        "D10",
        DIBAO,
        {
            "category": "肢体",
            "level": 1,
            "issue_date": date(2024, 9, 2),
            "valid_to": "",
            "guardian_id": "",
            "status": "有效",
        },
    ),
}
"""Contract, indicator, who may be chosen, and the row beside the identity number."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=115_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--comparing", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("WENHOU_HOME", str(Path(tempfile.gettempdir()) / "wenhou-bench-latency"))
    os.environ["WENHOU_TODAY"] = AS_OF.isoformat()
    os.environ["WENHOU_LIMIT_ADDRESS"] = os.environ["WENHOU_LIMIT_ACCOUNT"] = "0"
    os.environ["WENHOU_GAPS_AT"] = "0 0 29 2 *"  # the night's work is not what is measured
    print(
        json.dumps(
            measure(asked.residents, asked.times, comparing=asked.comparing), ensure_ascii=False, indent=1
        )
    )


def measure(residents: int, times: int, *, comparing: bool) -> dict[str, Any]:
    """Seconds from POST to page of each event, sorted, with their median; the first of all by itself."""
    from wenhou.site.cli import start_django

    start_django()
    from wenhou.monitoring.actions import runs
    from wenhou.site.commands import demo

    password = demo.fill(residents)
    base = runs.make_base(as_of=AS_OF, on=AS_OF)
    with _served() as (url, worker):
        if comparing:
            _compare()
        reader, key = _Reader(url, password), _key()
        first = _one("death", reader, key)
        told = {name: _several(name, reader, key, worker, times) for name in EVENTS}
        compared = _comparing()
    return {
        "bar": "a death, a bill or a disability card to its alert on the desk: under 5 s",
        "people": base.persons,
        "load_average": os.getloadavg()[0],
        "first_of_a_worker": first,
        "comparing_to_the_end": comparing and compared,
        **told,
    }


def _several(name: str, reader: "_Reader", key: str, worker: int, times: int) -> dict[str, Any]:
    before = _processor(worker)
    taken = sorted(_one(name, reader, key) for _ in range(times))
    used = (_processor(worker) - before) / times
    return {"p50": statistics.median(taken), "all": taken, "processor_seconds_of_the_worker": round(used, 2)}


def _processor(process: int) -> float:
    """User and system seconds so far."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _served() -> Iterator[tuple[str, int]]:
    from wenhou.site.commands import serve
    from wenhou.site.commands.database import home

    port = serve.free_port(PORT)
    children = serve.start_children("127.0.0.1", port, log=home() / "latency.log")
    try:
        url = f"http://127.0.0.1:{port}"
        serve.wait_until_answering(url + "/sign-in/")
        _wait_for_rest()
        yield url, children[-1].pid
    finally:
        serve.end_children(children)


def _wait_for_rest() -> None:
    """Until the worker has done what it does at its start."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    for _ in range(600):
        if not ProcrastinateJob.objects.filter(status__in=("todo", "doing")).exists():
            return
        time.sleep(0.5)
    raise SystemExit("the worker does not come to rest")


def _compare() -> None:
    """As at night: until everybody is being compared."""
    from wenhou.monitoring.tasks import compare_entitlement

    compare_entitlement.defer(timestamp=0)
    for _ in range(600):
        if _comparing():
            return
        time.sleep(0.5)
    raise SystemExit("the comparison does not begin")


def _comparing() -> bool:
    from wenhou.monitoring.enums import RunState
    from wenhou.monitoring.models import GapRun

    return GapRun.objects.filter(state=RunState.RUNNING).exists()


class _Reader:
    """The county's officer with the list open."""

    def __init__(self, url: str, password: str) -> None:
        self.url = url
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self._get("/sign-in/"))
        assert token
        told = {"username": "county", "password": password, "csrfmiddlewaretoken": token[1], "next": "/"}
        self._browser.open(url + "/sign-in/", urllib.parse.urlencode(told).encode(), timeout=60).close()

    def _get(self, where: str) -> str:
        with self._browser.open(self.url + where, timeout=60) as answer:
            return str(answer.read().decode())

    def shows(self, household: int, indicator: str) -> int:
        """How many alerts of an indicator the household's list has."""
        page = self._get(f"/?household={household}&indicator={indicator}")
        return page.count(f'<span class="code">{indicator}')


def _key() -> str:
    from wenhou.api.actions import keys
    from wenhou.base import clock

    contracts = [contract for contract, *_ in EVENTS.values()]
    return keys.issue(name="量度", contracts=contracts, division="640104", by="benchmarks", on=clock.now())[1]


def _one(name: str, reader: _Reader, key: str) -> float:
    contract, indicator, among, row = EVENTS[name]
    who, household = _somebody(contract, indicator, among)
    before = reader.shows(household, indicator)
    began = time.perf_counter()
    _push(reader.url, key, contract, {"id_no": who, **_numbered(contract, who), **row})
    while reader.shows(household, indicator) == before:
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit(f"{name}: no {indicator} within {PATIENCE} s")
        time.sleep(PAUSE)
    return round(time.perf_counter() - began, 2)


def _numbered(contract: str, who: str) -> dict[str, str]:
    """A card's number: the holder's, the category's and the level's."""
    return {"cert_no": f"{who}41"} if contract == "DI41" else {}


def _somebody(contract: str, indicator: str, among: str) -> tuple[str, int]:
    """Identity number and household of somebody of whom the contract says nothing and no alert stands."""
    from wenhou.exchange import contracts
    from wenhou.lake import parquet, store, vault
    from wenhou.monitoring.models import Alert

    alerted = [
        int(one[1:]) for one in Alert.objects.filter(indicator=indicator).values_list("subject", flat=True)
    ]
    with store.connect(memory="256MB") as connection:
        tables = [contracts.contract(code).table for code in (contract, "DI03", "SA-ARCH")]
        store.views(connection, tables)
        for published in ("people", "households", "register"):
            path = store.published(published, AS_OF)
            connection.execute(f"create view {published} as from {parquet.file(path)}")
        said = " and ".join(f"id_no not in (select id_no from {table.view})" for table in tables[:2])
        query = f"select id_no, household from ({among}) where {said} and not list_contains($alerted, id_no)"
        found = connection.execute(f"{query} order by random() limit 1", {"alerted": alerted}).fetchone()
    assert found, f"nobody is left for {contract}"
    return vault.identity_of([found[0]])[found[0]], found[1]


def _push(url: str, key: str, contract: str, row: dict[str, Any]) -> None:
    """One row, as a department's program sends it."""
    number, name, line = uuid4().hex[:12], f"{contract}.csv", "--" + uuid4().hex
    day = AS_OF.isoformat()
    told = {"contract": contract, "number": number, "division": "640104", "mode": "delta", "file": name}
    manifest = json.dumps(told | {"period": {"from": day, "to": day}})
    text = ",".join(row) + "\n" + ",".join(str(value) for value in row.values()) + "\n"
    body = (
        f'{line}\r\nContent-Disposition: form-data; name="manifest"\r\n\r\n{manifest}\r\n'
        f'{line}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: text/csv\r\n\r\n{text}\r\n{line}--\r\n"
    )
    headers = {"Authorization": f"Bearer {key}", "Content-Type": f"multipart/form-data; boundary={line[2:]}"}
    request = urllib.request.Request(url + "/api/v1/deliveries", body.encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 202, answer.status


if __name__ == "__main__":
    main()
