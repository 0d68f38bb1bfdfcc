"""What was sealed stays as it was, or is found: each kind of tampering, named at its first entry."""

import json
import stat
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.auditing import entry, tamper, write
from wenhou.base.actions import sealing
from wenhou.base.audit import checking, digests, numbers, proofs, verifying
from wenhou.base.audit.models import AuditEntry, AuditSeal, SealMark
from wenhou.base.errors import WenhouError
from wenhou.lake.models import SamePerson


def _wrong() -> str:
    return verifying.verify().wrong


def test_what_is_committed_is_sealed_and_found_as_it_was(audit: Path) -> None:
    assert sealing.seal() == []
    write(2, 3, 4)
    (seal,) = sealing.seal()
    assert (seal.number, seal.first, seal.last, seal.count, seal.gaps) == (1, 1, 3, 3, "")
    write(5)
    checked = verifying.verify()
    assert (checked.wrong, checked.seals, checked.entries, checked.waiting) == ("", 1, 3, 1)
    assert checked.since == entry(4).at
    assert [one.number for one in sealing.seal()] == [2]
    assert sealing.seal() == []
    assert verifying.verify().waiting == 0


def test_the_key_is_made_once_and_for_its_owner_only(audit: Path) -> None:
    write(2)
    sealing.seal()
    made = audit.read_text()
    assert stat.S_IMODE(audit.stat().st_mode) == 0o600
    write(3)
    sealing.seal()
    assert audit.read_text() == made
    assert len(Path(f"{audit}.pub").read_text().split()) == 1


def test_one_byte_edited_is_named(audit: Path) -> None:
    write(2, 3, 4)
    sealing.seal()
    tamper("update base_audit set change = replace(change, '[null,3]', '[null,8]') where number = 2")
    assert entry(2).changed["absorbed"] == [None, 8]
    assert _wrong() == "第2号记录被改过（第1号封印）。"


@pytest.mark.parametrize(
    "edit",
    [
        "at = at + interval '1 microsecond'", "account = 7", "actor = 'x'", "db_role = 'x'", "act = 'update'",
        "table_name = 'x'", "row_key = '0'", "request = 'x'", "transaction = 3", "change = change || ' '",
    ],
)  # fmt: skip
def test_every_field_is_sealed(audit: Path, edit: str) -> None:
    write(2, 3)
    sealing.seal()
    tamper(f"update base_audit set {edit} where number = 1")
    assert _wrong() == "第1号记录被改过（第1号封印）。"


def test_a_deleted_entry_is_named(audit: Path) -> None:
    write(2, 3, 4)
    sealing.seal()
    tamper("delete from base_audit where number = 3")
    assert _wrong() == "第3号记录不见了（第1号封印）。"


def test_an_entry_put_into_a_gap_is_named(audit: Path) -> None:
    write(2)
    with connection.cursor() as cursor:
        cursor.execute("select nextval('base_audit_number_seq')")
    write(3)
    (seal,) = sealing.seal()
    assert seal.gaps == "2"
    tamper(
        "insert into base_audit (number, at, transaction, actor, db_role, act, table_name, row_key, change, request)"
        " select 2, at, transaction, actor, db_role, act, table_name, '99', change, request"
        " from base_audit where number = 1"
    )
    assert _wrong() == "第2号记录是封存之后多出来的（第1号封印）。"
    tamper("delete from base_audit where number = 2")
    tamper("update base_audit set number = 2 where number = 3")
    assert _wrong() == "第3号记录被挪到了第2号（第1号封印）。"


def test_an_entry_before_the_first_is_named(audit: Path) -> None:
    write(2, 3)
    sealing.seal()
    tamper(
        "insert into base_audit (number, at, transaction, actor, db_role, act, table_name, row_key, change, request)"
        " select -1, at, transaction, actor, db_role, act, table_name, row_key, change, request"
        " from base_audit where number = 1"
    )
    assert _wrong() == "第-1号记录是多出来的：编号从1开始。"


def test_two_entries_that_changed_places_are_named(audit: Path) -> None:
    write(2, 3, 4, 5)
    sealing.seal()
    tamper("update base_audit set number = 1000 where number = 2")
    tamper("update base_audit set number = 2 where number = 4")
    tamper("update base_audit set number = 4 where number = 1000")
    assert _wrong() == "第2号记录被挪到了第4号，次序被换过（第1号封印）。"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ("count = 2", "第1号封印被改过：签名对不上。"),
        ("root = repeat('0', 64)", "第1号封印被改过：签名对不上。"),
        ("gaps = '2'", "第1号封印被改过：签名对不上。"),
        ("sealed_at = sealed_at - interval '1 day'", "第1号封印被改过：签名对不上。"),
        ("leaves = set_byte(leaves, 40, get_byte(leaves, 40) # 1)", "第1号封印被改过：所附的摘要对不上。"),
        ("number = 0", "第1号封印不见了。"),
    ],
)
def test_an_edited_seal_is_named(audit: Path, edit: str, said: str) -> None:
    write(2, 3, 4)
    sealing.seal()
    tamper(f"update base_seal set {edit} where number = 1")
    assert _wrong() == said


def test_a_seal_signed_by_another_key_is_named(audit: Path, settings: Any) -> None:
    write(2)
    sealing.seal()
    theirs = Path(f"{audit}.pub").read_text().strip()
    settings.WENHOU_AUDIT_KEY = audit.with_name("another_key")
    name = AuditSeal.objects.get().key
    assert _wrong() == f"第1号封印是用不认识的钥匙{name}签的。"
    assert verifying.verify(keys=[theirs]).wrong == ""


def test_a_missing_seal_is_named(audit: Path) -> None:
    for key in (2, 3, 4):
        write(key)
        sealing.seal()
    tamper("delete from base_seal where number = 2")
    assert _wrong() == "第2号封印不见了。"


def test_a_tail_cut_off_with_its_seals_is_found_by_a_checkpoint(audit: Path) -> None:
    write(2)
    sealing.seal()
    write(3)
    sealing.seal()
    kept = verifying.read_checkpoint(str(verifying.checkpoint()))
    assert verifying.verify(checkpoints=[kept]).wrong == ""
    tamper("delete from base_audit where number = 2")
    tamper("delete from base_seal where number = 2")
    assert _wrong() == ""
    said = "检查点里记着第2号封印，现在没有了：末尾的记录和封印被删掉了。"
    assert verifying.verify(checkpoints=[kept]).wrong == said


def test_a_tail_written_anew_by_whoever_has_the_key_is_found_by_a_checkpoint(audit: Path) -> None:
    write(2)
    sealing.seal()
    kept = verifying.checkpoint()
    assert kept is not None
    tamper("delete from base_seal")
    tamper("update base_audit set row_key = '5'")
    sealing.seal()
    assert _wrong() == ""
    assert verifying.verify(checkpoints=[kept]).wrong == "第1号封印不是检查点里记下的那一份。"


def test_a_table_whose_trigger_was_switched_off_is_named(audit: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table staff_look disable trigger base_audit_insert")
        said = _wrong()
        cursor.execute("alter table staff_look enable trigger base_audit_insert")
    assert said == "表staff_look的审计触发器不在或被关掉了，它的改动没有记下来。"
    assert _wrong() == ""


def _beside() -> "psycopg.Connection[Any]":
    told = connection.settings_dict
    return psycopg.connect(
        host=told["HOST"],
        port=told["PORT"],
        user=told["USER"],
        password=told["PASSWORD"],
        dbname=told["NAME"],
    )


ONE = "insert into lake_same_person (absorbed, kept) values (%s, 1)"


def test_a_late_commit_waits_for_its_seal_and_is_not_taken_for_tampering(audit: Path) -> None:
    with _beside() as late:
        late.execute(ONE, [50])  # takes number 1 and does not commit
        write(51)  # number 2, committed
        assert sealing.seal() == []
        assert SealMark.objects.get().upto == 2
        late.commit()
    (seal,) = sealing.seal()
    assert (seal.first, seal.last, seal.count, seal.gaps) == (1, 2, 2, "")
    assert SealMark.objects.count() == 0
    assert verifying.verify().wrong == ""


def test_there_is_sealing_although_some_transaction_always_runs(audit: Path) -> None:
    with _beside() as first, _beside() as second:
        first.execute(ONE, [50])
        write(51)
        assert sealing.seal() == []
        second.execute(ONE, [52])
        write(53)
        first.commit()
        (seal,) = sealing.seal()  # what was waited for has ended, though another runs
        assert (seal.first, seal.last, seal.count) == (1, 2, 2)
        second.rollback()
    (seal,) = sealing.seal()
    assert (seal.first, seal.last, seal.count, seal.gaps) == (3, 4, 1, "3")
    assert verifying.verify().wrong == ""


def test_a_transaction_that_writes_nothing_audited_is_not_waited_for(audit: Path) -> None:
    with _beside() as reading:
        reading.execute("select count(*) from lake_same_person")
        reading.execute("update base_news set kind = kind")
        reading.execute("select pg_current_xact_id()")
        write(2)
        assert len(sealing.seal()) == 1


def test_a_mark_of_a_cluster_restored_from_a_dump_is_let_go_of(audit: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into base_seal_mark (id, upto, below) values (1, 9, %s)", [2**40])
    with _beside() as running:
        running.execute(ONE, [50])
        write(51)
        assert sealing.seal() == []
        assert SealMark.objects.get().upto == 2
        running.commit()
    assert len(sealing.seal()) == 1


def test_a_large_heap_is_sealed_in_parts(audit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MOST", 3)
    write(*range(2, 10))
    assert [(seal.first, seal.last, seal.count) for seal in sealing.seal()] == [
        (1, 3, 3),
        (4, 6, 3),
        (7, 8, 2),
    ]
    assert verifying.verify().wrong == ""


def test_sm3_seals_as_well_and_both_stand_in_one_chain(audit: Path, settings: Any) -> None:
    write(2)
    sealing.seal()
    settings.WENHOU_DIGEST = "sm3"
    write(3)
    (seal,) = sealing.seal()
    assert seal.algorithm == "sm3"
    assert verifying.verify().wrong == ""
    tamper("update base_audit set row_key = 'x' where number = 2")
    assert _wrong() == "第2号记录被改过（第2号封印）。"


def test_sm3_is_the_national_standard() -> None:
    """GB/T 32905-2016, example 1."""
    assert (
        digests.digest("sm3", b"abc").hex()
        == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    with pytest.raises(WenhouError, match="sha256或sm3"):
        digests.digest("md5", b"")


def test_the_root_is_that_of_rfc_6962() -> None:
    """Its test vectors as published with Certificate Transparency's reference implementation."""
    given = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [digests.leaf("sha256", bytes.fromhex(one)) for one in given]
    roots = [digests.root("sha256", leaves[:size]).hex() for size in (0, 1, 2, 3, 7, 8)]
    assert roots == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]


def test_an_entry_is_proven_by_the_proof_and_the_public_key_alone(audit: Path) -> None:
    write(*range(2, 15))
    sealing.seal()
    key = Path(f"{audit}.pub").read_text().strip()
    for number in range(1, 14):
        told = proofs.of(number)
        assert told is not None
        assert len(told.path) <= 4
        said = checking.check(json.loads(json.dumps(told.to_json())), key=key)
        assert (said["number"], said["table_name"]) == (number, "lake_same_person")
    forged = {**told.to_json(), "entry": told.entry.replace("insert", "delete")}
    with pytest.raises(WenhouError, match="不在封印之内"):
        checking.check(forged, key=key)
    with pytest.raises(WenhouError, match="签名对不上"):
        checking.check({**told.to_json(), "statement": told.statement.replace("sha256", "sm3")}, key=key)
    with pytest.raises(WenhouError, match="签名对不上"):
        checking.check(told, key="ab" * 32)
    with pytest.raises(WenhouError, match="不在封印之内"):
        checking.check({**told.to_json(), "index": 3}, key=key)
    write(99)
    assert proofs.of(14) is None
    with pytest.raises(WenhouError, match="没有第15号"):
        proofs.of(15)


@given(st.sets(st.integers(1, 60)), st.integers(61, 70))
def test_numbers_and_gaps_are_each_other_s_reverse(there: set[int], last: int) -> None:
    told = sorted(there)
    assert list(numbers.expected(1, last, numbers.gaps(1, last, told))) == told


@given(st.integers(1, 40), st.data())
def test_every_leaf_leads_to_the_root_and_no_other_does(size: int, data: st.DataObject) -> None:
    leaves = [digests.leaf("sha256", bytes([at])) for at in range(size)]
    at = data.draw(st.integers(0, size - 1))
    path, root = digests.path("sha256", leaves, at), digests.root("sha256", leaves)
    assert digests.root_of("sha256", leaves[at], at, size, path) == root
    assert digests.root_of("sha256", digests.leaf("sha256", b"x"), at, size, path) != root
    if path:
        assert digests.root_of("sha256", leaves[at], at, size, path[:-1]) != root


EDITS = {
    "edit": "update base_audit set row_key = row_key || '0' where number = {0}",
    "delete": "delete from base_audit where number = {0}",
    "swap": "update base_audit a set row_key = b.row_key, change = b.change from base_audit b"
    " where a.number = {0} and b.number = {0} % {1} + 1",
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.one_of(st.just("seal"), st.just("lost"), st.integers(1, 4)), min_size=1, max_size=8),
    kind=st.sampled_from(sorted(EDITS)),
    data=st.data(),
)
def test_whatever_was_written_and_sealed_one_edit_is_found_and_none_is_not(
    audit: Path, steps: list[int | str], kind: str, data: st.DataObject
) -> None:
    SamePerson.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("truncate base_audit, base_seal, base_seal_mark restart identity")
    key = 1
    for step in steps:
        if step == "seal":
            sealing.seal()
        elif step == "lost":
            with connection.cursor() as cursor:
                cursor.execute("select nextval('base_audit_number_seq')")
        else:
            write(*range(key + 1, key + 1 + int(step)))
            key += int(step)
    sealing.seal()
    assert _wrong() == ""
    there = list(AuditEntry.objects.order_by("number").values_list("number", flat=True))
    if len(there) < 2:
        return
    chosen = data.draw(st.sampled_from(there))
    other = there[(there.index(chosen) + 1) % len(there)]
    tamper(EDITS[kind].replace("{0} % {1} + 1", str(other)).format(chosen))
    assert _wrong().startswith(f"第{chosen}号记录")


def test_who_signed_is_named_by_the_key() -> None:
    assert checking.name_of(b"") == "e3b0c44298fc1c14"
