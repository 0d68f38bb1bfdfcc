"""A corpus of hostile files and requests by the real doors: each is refused in a clear sentence, nothing falls over, nothing
is kept, and none takes more than its time or memory.
"""

import re
import time
from pathlib import Path

import pytest

from hostile import corpus, told
from hostile.attack import CALM, HARMLESS, REFUSED, ROWS, SHUT, Attack
from hostile.doors import Answer, Doors, kept
from wenhou.lake import files
from wenhou.lake.models import Part

SECONDS = 8
"""Of the processor, for one attack; most take hundredths."""
MEGABYTES = 900
"""By which one attack may make the process larger."""
EACH = 12
"""Of a kind `make test` sends so many, spread over all of them; `make prove` sends every one."""
KINDS = {kind: attacks for kind, attacks in corpus.kinds().items() if attacks[0].right != SHUT}


def some(attacks: list[Attack]) -> list[Attack]:
    return attacks[:: max(1, len(attacks) // EACH)]


def fault(attack: Attack, doors: Doors, folder: Path) -> str:
    """What was not right about the answer; empty where all was."""
    doors.prepare(attack)
    before, began = kept(), time.process_time()
    _forget_peak()
    answer = doors.send(attack)
    spent, grown = time.process_time() - began, _peak() - _now()
    wrong = [] if answer.is_safe else [f"not safe: {answer.status} {answer.said[:200]!r}"]
    wrong += _wrong(attack, answer)
    if attack.right in (REFUSED, HARMLESS) and kept() != before:
        wrong.append(f"something was kept: {before} → {kept()}")
    wrong += [f"left {one}" for one in _left(folder)]
    wrong += [f"{spent:.1f} s"] * (spent > SECONDS) + [f"{grown} MB"] * (grown > MEGABYTES)
    return f"{attack}: {'; '.join(wrong)}" if wrong else ""


def _wrong(attack: Attack, answer: Answer) -> list[str]:
    if attack.right == HARMLESS:
        return [] if answer.status == 200 else [f"not taken as text: {answer.status}"]
    if attack.right == ROWS and answer.rows != (0, 0):
        return [] if answer.rows == (1, 1) and answer.said else [f"rows {answer.rows}"]
    if attack.right == CALM and answer.status in (0, 200):
        return []
    wrong = [] if answer.is_refusal else [f"no refusal: {answer.status} {answer.said[:200]!r}"]
    return wrong + [f"says {answer.said[:100]!r}"] * (attack.says not in answer.said)


def _left(folder: Path) -> list[str]:
    """Files in work that nobody took away."""
    places = [folder / "uploads", files.scratch()]
    return [str(one) for place in places if place.exists() for one in place.iterdir()]


def _status(field: str) -> int:
    found = re.search(rf"{field}:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def _now() -> int:
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def swept(attack: Attack) -> None:
    """What a permitted load left goes, so that the next begins as the first."""
    if attack.right in (CALM, ROWS):
        from wenhou.base.models import News
        from wenhou.exchange.models import Delivery

        Part.objects.all().delete()
        News.objects.all().delete()
        Delivery.objects.exclude(number="d-1").delete()


def faults(attacks: list[Attack], doors: Doors, folder: Path) -> list[str]:
    found = []
    for attack in attacks:
        found.append(fault(attack, doors, folder))
        swept(attack)
    return [one for one in found if one]


@pytest.mark.parametrize("kind", KINDS)
def test_some_of_every_kind_are_refused(kind: str, doors: Doors, tmp_path: Path) -> None:
    found = faults(some(KINDS[kind]), doors, tmp_path)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_one_of_every_kind_is_refused(kind: str, doors: Doors, tmp_path: Path) -> None:
    found = faults(KINDS[kind], doors, tmp_path)
    assert not found, "\n".join(found)


def test_each_attack_is_there_once_and_a_thousand_must_be_refused() -> None:
    names = [str(attack) for attack in corpus.every()]
    assert len(set(names)) == len(names)
    assert sum(attack.right == REFUSED for attack in corpus.every()) >= 1_000


def test_the_page_tells_every_kind_and_no_more_than_there_are() -> None:
    """New addresses bring new attacks; the page is written anew from time to time (python -m hostile.told)."""
    there = {" | ".join(row): number for row, number in corpus.counts().items()}
    rows = re.findall(r"^\| (.+) \| (\d+) \|$", told.PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {row for row, _ in rows} == set(there)
    assert [row for row, number in rows if int(number) > there[row]] == []
