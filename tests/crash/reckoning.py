"""What must be so after the crashes: what was taken is there once, and nothing is there that nobody asked for."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Any

import psycopg

from crash.clients import Act
from crash.house import House

WAITING = """
select coalesce(string_agg(distinct task_name || ' ' || status, ', '), '') from procrastinate_jobs
where status in ('todo', 'doing') and task_name not like 'site.%'
"""
FAILED = """
select task_name, count(*) from procrastinate_jobs where status = 'failed' and task_name <> all(%s)
group by task_name order by task_name
"""
FORGIVEN = ["site.take_up", "site.seal", "monitoring.watch", "monitoring.make_base"]
"""Jobs of which the next does what one that failed was to do."""
EVENTS = {"dispatch": "dispatched", "visit": "visited", "close": "closed"}


def waiting(house: House) -> str:
    """Jobs that are not done yet, in words; '' where none is."""
    try:
        with house.database() as database:
            return str(_one(database, WAITING))
    except psycopg.OperationalError:
        return "no database"


def reckon(house: House, acts: Sequence[Act]) -> dict[str, int]:
    """Asserts all of it; gives how many of each kind were found."""
    with house.database() as database:
        failed = database.execute(FAILED, [FORGIVEN]).fetchall()
        assert failed == [], f"{failed}\n{house.log()}"
        deliveries = _deliveries(database, [act for act in acts if act.kind == "delivery"])
        events = _events(database, acts)
        sessions = _sessions(database, [act for act in acts if act.kind == "sign-in"])
        files = _files(database, house)
    verified = house.run("audit", "verify", check=False)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    return {"deliveries": deliveries, "events": events, "sessions": sessions, "files": files}


def _deliveries(database: "psycopg.Connection[Any]", acts: Sequence[Act]) -> int:
    """Each loaded, known to the lake, told of and recognised once."""
    asked = [(int(act.about), act.token) for act in acts]
    assert len(set(asked)) == len(asked)
    found = database.execute(
        "select id, number, state from exchange_delivery where number like 'k%' order by id"
    ).fetchall()
    assert sorted(found) == sorted((key, number, "loaded") for key, number in asked)
    told = "select (body->>'delivery')::bigint from base_news where kind = '{}'"
    for query in (
        "select delivery from lake_part",
        told.format("exchange.DeliveryLoaded"),
        told.format("linkage.FactsRecognised"),
    ):
        counted = Counter(key for (key,) in database.execute(query).fetchall())
        wrong = {key: counted[key] for key, _ in asked if counted[key] != 1}
        assert wrong == {}, f"{query}: {wrong}"
    return len(asked)


def _events(database: "psycopg.Connection[Any]", acts: Sequence[Act]) -> int:
    """Each act on an alert is one line of its history; each visit one visit; each state what the last act left."""
    asked = Counter((act.about, EVENTS[act.kind]) for act in acts if act.kind in EVENTS)
    found = database.execute(
        "select number, event.kind from monitoring_alert_event event join monitoring_alert alert on alert.id = alert_id"
        " where event.kind = any(%s) and number = any(%s)",
        [list(EVENTS.values()), [act.about for act in acts]],
    )
    assert Counter(found.fetchall()) == asked
    notes = {act.token for act in acts if act.kind in ("visit", "close")}
    told = database.execute("select note from monitoring_alert_event where kind in ('visited', 'closed')")
    assert notes <= {note.split()[-1] for (note,) in told.fetchall() if note}
    visits = Counter(act.token for act in acts if act.kind == "visit")
    kept = database.execute("select found from fieldwork_visit where found like '入户见到本人 %'").fetchall()
    assert Counter(found.split()[-1] for (found,) in kept) == visits
    closed = {act.about for act in acts if act.kind == "close"}
    states = database.execute("select state from monitoring_alert where number = any(%s)", [list(closed)])
    assert {state for (state,) in states} <= {"销号"}
    return sum(asked.values())


def _sessions(database: "psycopg.Connection[Any]", acts: Sequence[Act]) -> int:
    kept = [hashlib.sha256(act.token.encode()).hexdigest()[:40] for act in acts]
    found = database.execute("select count(*) from django_session where session_key = any(%s)", [kept])
    assert found.fetchone() == (len(set(kept)),)
    return len(kept)


def _files(database: "psycopg.Connection[Any]", house: House) -> int:
    """Every file opens to its end, every part's has its rows; a file that no part knows was left by a death and is swept."""
    house.run("lake", "verify")
    lake = house.home / "lake"
    known = {path for (path,) in database.execute("select path from lake_part").fetchall()}
    assert {str(path.relative_to(lake)) for path in (lake / "facts").rglob("*.parquet")} == known
    return len(known)


def _one(database: "psycopg.Connection[Any]", query: str) -> Any:
    found = database.execute(query).fetchone()
    return found[0] if found else None
