"""What the product is made of is checked by what would notice: an unpinned line, a licence, an advisory; and silence is said."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from supply import advisories, bill, licences, locks

GOOD = "a==1 \\\n    --hash=sha256:ab\n    # via b\nb==2 ; python_version < '3.12' \\\n    --hash=sha256:cd\n"


def test_our_own_locks_are_whole() -> None:
    assert list(locks.faults()) == []
    assert {lock.name for lock in locks.LOCKS} >= {"app.txt", "test.txt", "supply.txt"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD, []),
        (GOOD + "c>=3 \\\n    --hash=sha256:ab\n", ["x.txt: c> is not pinned to one version"]),
        (GOOD + "c==3\n", ["x.txt: c has no hash"]),
        (GOOD + "c==3 --hash=sha256:ab --index-url=https://a\n", ["x.txt: c names an address"]),
    ],
)
def test_a_lock_that_is_not_whole_is_noticed(tmp_path: Path, text: str, said: list[str]) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text)
    assert list(locks._of_lock(path)) == said
    assert locks.pins(path) | {"a": {"1"}, "b": {"2"}} == locks.pins(path)


def component(name: str, *said: str) -> dict[str, Any]:
    return {"name": name, "version": "1", "licenses": [{"license": {"name": one}} for one in said]}


@pytest.mark.parametrize(
    ("said", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND GPL-2.0-only", False),
        ("AGPL-3.0-only", False),
        ("GPL-3.0-or-later", False),
        ("License :: OSI Approved :: BSD License", True),
        ("SSPL-1.0", False),
        ("(MIT AND Zlib)", True),
        ("License :: OSI Approved :: Apache Software License", True),
        ("LGPL-3.0-only", True),
        ("Proprietary", False),
        ("BUSL-1.1", False),
    ],
)
def test_licences(said: str, may: bool) -> None:
    assert (list(licences.faults([component("x", said)])) == []) is may


def test_who_says_nothing_is_noticed_unless_it_was_read_by_hand() -> None:
    assert list(licences.faults([component("x")])) == ["x 1: says no licence"]
    assert list(licences.faults([component("pyarrow-hotfix")])) == []


def tool(folder: Path, told: object) -> Path:
    path = folder / "pip-audit"
    path.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(told)}\nEND\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_an_advisory_is_told_and_silence_is_not_taken_for_health(tmp_path: Path) -> None:
    known = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
    unknown = {"name": "b", "skip_reason": "not found"}
    said, found = advisories.asked(tool(tmp_path, {"dependencies": [known, unknown]}))
    assert (said, found) == (
        "advisories: 1 of 2 packages asked about, 1 known",
        ["a 1: PYSEC-1, mended in 2"],
    )
    assert advisories.asked(tool(tmp_path, {"dependencies": [unknown]}))[0].startswith(
        "advisories: NOT ASKED"
    )
    assert advisories.asked(tool(tmp_path, "nothing"))[0].startswith("advisories: NOT ASKED")
    assert advisories.asked(tmp_path / "nowhere")[0].startswith("advisories: NOT ASKED")


def test_the_bill_has_what_the_product_carries_and_no_tool_of_the_suite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {
        "components": [component("Django") | {"bom-ref": "d"}, component("djlint") | {"bom-ref": "l"}],
        "dependencies": [{"ref": "d", "dependsOn": ["l"]}, {"ref": "l"}],
    }
    (tmp_path / "installed.json").write_text(json.dumps(told))
    monkeypatch.setattr(bill, "INSTALLED", tmp_path / "installed.json")
    monkeypatch.setattr(bill, "BILL", tmp_path / "sbom.json")
    names = {one["name"] for one in bill.written()}
    assert {"Django", "htmx.org"} <= names
    assert not names & {"djlint", "esbuild"}
    assert json.loads((tmp_path / "sbom.json").read_text())["dependencies"] == [{"ref": "d", "dependsOn": []}]
