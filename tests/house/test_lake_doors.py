"""Rows of the lake reach a page, a machine or an export by doors that ask what the reader may see, and by no other way."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "wenhou"
FRONT = ("desk", "portal", "api")
DOORS = {
    "door": None,  # asks the reader
    "erasing": None,  # says of whom nothing is said any more
    "vault": None,  # numbers, which pages mask or reveal with a purpose
    "sealed": {
        "desk/uploads.py",
        "api/deliveries.py",
        "desk/views/deliveries.py",
    },  # files sent and given back to their sender
    "files": {"api/deliveries.py", "desk/state.py"},  # a folder for an upload; room on the disk
}
"""What the front rooms take from the lake, and which of their modules alone."""
BEHIND = re.compile(
    r"\bduckdb\b|open_lake|store\.(?:connect|evidence|views)|parquet\.|explaining\.trees|batches\.opened|bases\.facts"
)
"""Ways to the lake that ask nobody."""


def front() -> dict[str, str]:
    return {
        str(path.relative_to(SOURCE)): path.read_text("utf-8")
        for room in FRONT
        for path in sorted((SOURCE / room).rglob("*.py"))
    }


def test_the_front_rooms_come_to_the_lake_by_its_doors() -> None:
    wrong = []
    for name, text in front().items():
        for told in re.findall(r"^\s*from wenhou\.lake(?:\.(\w+))? import (.+)$", text, re.MULTILINE):
            taken = [told[0]] if told[0] else [one.strip() for one in told[1].split(",")]
            wrong += [
                f"{name}: {one}"
                for one in taken
                if one not in DOORS or (DOORS[one] is not None and name not in (DOORS[one] or ()))
            ]
        assert "import wenhou.lake" not in text, name
    assert wrong == []


def test_the_front_rooms_know_no_way_that_asks_nobody() -> None:
    assert {name: BEHIND.findall(text) for name, text in front().items() if BEHIND.search(text)} == {}


def test_every_reading_for_a_page_names_who_reads_and_where_it_belongs() -> None:
    calls = [
        (str(path.relative_to(SOURCE)), told.split(",")[0].strip(), told.count(","))
        for path in SOURCE.rglob("*.py")
        for told in re.findall(r"door\.(?:reading|ask)\(([^)]*)\)", path.read_text("utf-8"))
    ]
    assert {(name, who) for name, who, _ in calls} == {
        ("desk/also.py", "scope"),
        ("monitoring/gaps/explaining.py", "reader"),
        ("supervision/personal/holdings.py", "reader"),
    }
    assert all(places >= 1 for *_, places in calls)
