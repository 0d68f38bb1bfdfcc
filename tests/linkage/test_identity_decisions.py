"""Doubts in the queue, what people decide of them, how it is remembered and taken back; merges with their history."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from linkage.people import VILLAGE, number, registered
from monitoring import factories
from wenhou.base.errors import NotAllowed, Refused
from wenhou.lake import parquet, store
from wenhou.linkage import cli, queries
from wenhou.linkage.actions import identities, merges
from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.identities import files
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, Mention
from wenhou.staff.enums import Role
from wenhou.staff.models import Account
from wenhou.staff.queries import visible_to

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 2)
LATER = date(2026, 11, 9)
HEAD = "身份证号,姓名,出生日期,性别,区划代码,联系电话\n"
TWIN = f",赵文渊,2015-05-05,1,{VILLAGE},13609510014\n"


@pytest.fixture
def twin() -> int:
    return registered("赵文博", "2015-05-05", "025")


@pytest.fixture
def officer() -> Account:
    return factories.post(Role.TOWN_OFFICER, "640104002").account


def match(
    folder: Path, text: str, source: str = "visit", on: date = ON
) -> tuple[identities.Recognised, list[Any]]:
    """What became of a file, and its links as published."""
    path = folder / f"{source}.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    with store.connect(memory="512MB") as connection:
        files.read(connection, path, contract=None, into="told")
        done = identities.recognise(connection=connection, records="told", source=source, by=None, on=on)
        published = store.published(f"identity_links_{source}", on)
        assert published is not None
        links = connection.execute(
            f"select record, person, method from {parquet.file(published)} order by record"
        ).fetchall()
    return done, links


def test_a_doubt_waits_with_its_words_and_levels(twin: int, tmp_path: Path, officer: Account) -> None:
    done, links = match(tmp_path, TWIN)
    assert (done.matched.doubtful, done.raised, links) == (1, 1, [])
    (waits,) = queries.waiting(scope=visible_to(officer, on=ON))
    (doubt,) = queries.candidates(mention=waits.mention.pk, scope=visible_to(officer, on=ON))
    assert (doubt.person, doubt.place, doubt.division, doubt.raised_on) == (twin, 1, VILLAGE, ON)
    assert doubt.levels == {
        "number": "unknown",
        "name": "close",
        "birth": "same",
        "sex": "same",
        "division": "village",
        "phone": "unknown",
    }
    told = doubt.mention
    assert (told.name, told.birth, told.sex, told.division) == ("赵文渊", "20150505", "1", "640104002")
    assert (told.number, told.phone, told.source) == ("", "136****0014", "visit")


def test_the_same_words_wait_once_and_out_of_sight_of_others(twin: int, tmp_path: Path) -> None:
    match(tmp_path, TWIN)
    done, _ = match(tmp_path, TWIN + TWIN, source="again")
    assert (done.matched.doubtful, done.raised) == (2, 0)
    assert (Mention.objects.count(), IdentityDoubt.objects.count()) == (1, 1)
    stranger = factories.post(Role.TOWN_OFFICER, "640106").account
    assert queries.waiting(scope=visible_to(stranger, on=ON)) == []


def test_numbers_are_linked_published_and_kept_nowhere_else(twin: int, tmp_path: Path) -> None:
    text = number("2015-05-05", "025")
    mistyped = text[:8] + str((int(text[8]) + 1) % 10) + text[9:]
    short = text[:6] + text[8:17]
    lines = f"{text},赵文博,,,,\n{mistyped},赵文博,,,,\n{short},赵文博,,,,\n,钱某,,,,\n"
    done, links = match(tmp_path, lines)
    assert links == [(2, twin, "number"), (3, twin, "model")]  # a 15-digit number is of the last century
    assert (done.matched.links, done.matched.doubtful, done.matched.apart) == (2, 0, 2)
    assert Mention.objects.count() == 0


def test_not_the_same_is_never_proposed_again(twin: int, tmp_path: Path, officer: Account) -> None:
    match(tmp_path, TWIN)
    mention = Mention.objects.get()
    identities.decide(mention=mention, person=twin, same=False, reason="是没登记的弟弟", by=officer, on=ON)
    assert queries.waiting(scope=visible_to(officer, on=ON)) == []
    done, _ = match(tmp_path, TWIN, on=LATER)
    assert (done.matched.apart, done.raised) == (1, 0)


def test_a_note_behind_the_name_makes_other_words(twin: int, tmp_path: Path, officer: Account) -> None:
    match(tmp_path, TWIN)
    mention = Mention.objects.get()
    identities.decide(mention=mention, person=twin, same=True, reason="入户看过户口本", by=officer, on=ON)
    _, links = match(tmp_path, TWIN.replace("赵文渊", "赵文渊（之子）") + TWIN, on=LATER)
    assert links == [(3, twin, "decided")]
    noted = Mention.objects.get(name="赵文渊（之子）")
    assert IdentityDoubt.objects.filter(mention=noted, person=twin, closed_on=None).count() == 1
    assert match(tmp_path, TWIN.replace("赵文渊", "赵文渊( 之子 )"), on=LATER)[0].raised == 0
    assert Mention.objects.count() == 2


def test_the_same_links_and_taken_back_parts(twin: int, tmp_path: Path, officer: Account) -> None:
    match(tmp_path, TWIN)
    mention = Mention.objects.get()
    identities.decide(mention=mention, person=twin, same=True, reason="入户看过户口本", by=officer, on=ON)
    assert match(tmp_path, TWIN, on=LATER)[1] == [(2, twin, "decided")]
    identities.take_back(mention=mention, person=twin, reason="户口本看错了", by=officer, on=LATER)
    done, links = match(tmp_path, TWIN, on=LATER)
    assert (links, done.raised) == ([], 1)
    kept = [(one.verdict, one.decided_on, one.by) for one in queries.decisions(mention=mention)]
    assert kept == [(IdentityVerdict.SAME, ON, officer), (IdentityVerdict.UNDONE, LATER, officer)]


def test_one_mention_is_one_person_and_reasons_are_told(twin: int, tmp_path: Path, officer: Account) -> None:
    other = registered("赵文清", "2015-05-05", "027")
    match(tmp_path, TWIN)
    mention = Mention.objects.get()
    said = {"mention": mention, "by": officer, "on": ON}
    with pytest.raises(Refused, match="没有可以撤回的认定"):
        identities.take_back(person=twin, reason="户口本看错了", **said)
    with pytest.raises(Refused, match="至少5个字"):
        identities.decide(person=twin, same=True, reason=" 是他 ", **said)
    identities.decide(person=twin, same=True, reason="入户看过户口本", **said)
    assert IdentityDoubt.objects.filter(closed_on=None).count() == 0
    with pytest.raises(Refused, match="已认定为另一人"):
        identities.decide(person=other, same=True, reason="入户看过户口本", **said)
    decision = IdentityDecision.objects.get()
    with pytest.raises(Refused, match="不能改"):
        decision.save()
    with pytest.raises(Refused, match="不能删"):
        decision.delete()


def test_only_officers_of_the_place_decide(twin: int, tmp_path: Path) -> None:
    match(tmp_path, TWIN)
    mention = Mention.objects.get()
    for role, place in (
        (Role.TOWN_OFFICER, "640106"),
        (Role.VILLAGE_ASSISTANT, VILLAGE),
        (Role.AUDITOR, "64"),
    ):
        by = factories.post(role, place).account
        with pytest.raises(NotAllowed):
            identities.decide(mention=mention, person=twin, same=True, reason="入户看过户口本", by=by, on=ON)
    assert IdentityDecision.objects.count() == 0


def test_two_keys_are_merged_read_as_one_and_parted(twin: int, tmp_path: Path, officer: Account) -> None:
    second = registered("赵文博", "2015-05-05", "027")
    unnumbered = f",赵文博,2015-05-05,1,{VILLAGE},\n"
    assert match(tmp_path, unnumbered)[0].matched.doubtful == 1
    merged = merges.merge(kept=twin, absorbed=second, reason="换过一次证号", by=officer, on=ON)
    assert store.same_people() == {second: twin}
    lines = unnumbered + f"{number('2015-05-05', '027')},赵文博,,,,\n"
    assert match(tmp_path, lines, on=LATER)[1] == [(2, twin, "model"), (3, twin, "number")]
    with pytest.raises(Refused, match="已经合并过"):
        merges.merge(kept=second, absorbed=twin, reason="换过一次证号", by=officer, on=LATER)
    merges.part(merge=merged, reason="原来是双生子", by=officer, on=LATER)
    assert store.same_people() == {}
    (kept,) = queries.merges_of(second)
    assert (kept.merged_on, kept.reason, kept.undone_on, kept.undone_reason) == (
        ON,
        "换过一次证号",
        LATER,
        "原来是双生子",
    )
    with pytest.raises(Refused, match="已经撤销过"):
        merges.part(merge=merged, reason="原来是双生子", by=officer, on=LATER)


def test_nobody_merges_with_themselves_or_with_strangers(twin: int, officer: Account) -> None:
    with pytest.raises(Refused, match="同一个人"):
        merges.merge(kept=twin, absorbed=twin, reason="换过一次证号", by=officer, on=ON)
    with pytest.raises(Refused, match="没有这个人"):
        merges.merge(kept=twin, absorbed=twin + 1, reason="换过一次证号", by=officer, on=ON)


def test_a_file_that_names_nobody_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with store.connect(memory="256MB") as connection:
        for text, why in (
            ("区划\n64\n", "既没有身份证号也没有姓名"),
            ("姓名,性别\n马,1,2\n", "各行列数不一"),
        ):
            path.write_text(text, encoding="utf-8")
            with pytest.raises(Refused, match=why):
                files.read(connection, path, contract=None, into="told")
        with pytest.raises(Refused, match="读不到"):
            files.read(connection, tmp_path / "none.csv", contract=None, into="told")


def test_the_command_says_what_became_of_every_record(twin: int, tmp_path: Path) -> None:
    path = tmp_path / "visit.csv"
    path.write_text("﻿" + HEAD + f"{number('2015-05-05', '025')},,,,,\n" + TWIN, encoding="utf-8")
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers())
    arguments = parser.parse_args(["linkage", "match", str(path), "--on", "2026-11-02"])
    assert arguments.handler(arguments) == {
        "source": "visit",
        "records": 2,
        "links": 1,
        "methods": {"number": 1},
        "doubtful": 1,
        "apart": 0,
        "weighed": 1,
        "queued": 1,
    }


def test_the_tables_are_as_the_models_say() -> None:
    call_command("makemigrations", "linkage", check=True, dry_run=True, verbosity=0)
